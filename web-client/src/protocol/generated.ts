// Generated from the C++ types in protocol/ by bin/generate. Do not edit.

export type ErrorCode =
  | 'bad_json'
  | 'too_deep'
  | 'bad_frame'
  | 'too_large'
  | 'unknown_operation'
  | 'missing_field'
  | 'unknown_field'
  | 'wrong_type'
  | 'out_of_range'
  | 'empty'
  | 'too_long'
  | 'forbidden_character'
  | 'bad_emoji'
  | 'too_many_emojis'
  | 'too_many_questions'
  | 'hello_required'
  | 'hello_repeated'
  | 'socket_only'
  | 'http_only'
  | 'too_many_channels'
  | 'too_many_requests'
  | 'not_subscribed'
  | 'bad_token'
  | 'bad_origin'
  | 'sign_in_required'
  | 'forbidden'
  | 'not_found'
  | 'key_required'
  | 'bad_key'
  | 'key_reused'
  | 'reason_required'
  | 'not_live'
  | 'already_removed'
  | 'questions_closed'
  | 'already_appealed'
  | 'appeal_closed'
  | 'not_eligible'
  | 'state_changed'
  | 'rate_limited'
  | 'overloaded'
  | 'storage_full'
  | 'unavailable'
  | 'stopping';

export interface Error {
  code: ErrorCode;
  field?: string;
  retryAfterMs?: number;
}

export interface LocalText {
  en: string;
  fr: string;
}

export type WebinarState = 'scheduled' | 'live' | 'ended';

export type Visibility = 'public' | 'members';

export type PeopleVisible = 'count' | 'names';

export type WebinarRole = 'attendee' | 'host';

export interface PersonRef {
  id: number;
  name: string;
  role?: WebinarRole;
}

export type QuestionNames = 'named' | 'optional' | 'anonymous';

export interface QuestionRules {
  open: boolean;
  review: boolean;
  names: QuestionNames;
}

export interface WebinarRecord {
  type: 'webinar';
  id: number;
  rev: number;
  pos?: number;
  title: LocalText;
  state: WebinarState;
  visibility: Visibility;
  peopleVisible: PeopleVisible;
  language?: string;
  hosts: PersonRef[];
  questions: QuestionRules;
  createdAt: number;
  openedAt?: number;
  closedAt?: number;
}

export type NodeKind =
  | 'paragraph'
  | 'quote'
  | 'list'
  | 'item'
  | 'code_block'
  | 'text'
  | 'strong'
  | 'emphasis'
  | 'struck'
  | 'code'
  | 'link'
  | 'line_break';

export interface Node {
  kind: NodeKind;
  text?: string;
  href?: string;
  ordered?: boolean;
  start?: number;
  children?: Node[];
}

export interface MessageRecord {
  type: 'message';
  id: number;
  rev: number;
  pos?: number;
  author: PersonRef;
  text: string;
  body: Node[];
  lang: string;
  at: number;
  editedAt?: number;
  replyTo?: number;
  replyToPos?: number;
}

export type MessageState = 'removed';

export type RemovedBy = 'author' | 'host' | 'moderator';

export interface RemovedMessageRecord {
  type: 'message';
  id: number;
  rev: number;
  pos?: number;
  state: MessageState;
  by: RemovedBy;
}

export interface TallyRecord {
  type: 'tally';
  id: number;
  rev: number;
  pos?: number;
  of: number;
  reactions: Record<string, number>;
}

export interface ReactionRecord {
  type: 'reaction';
  id: number;
  rev: number;
  pos?: number;
  emojis: string[];
}

export type AppealState = 'open' | 'upheld' | 'overturned';

export interface OwnAppeal {
  state: AppealState;
  text: string;
  at: number;
  answer?: string;
  answeredAt?: number;
}

export interface ReturnedRecord {
  type: 'returned';
  id: number;
  rev: number;
  pos?: number;
  text: string;
  reason: string;
  by: RemovedBy;
  at: number;
  appealUntil: number;
  appeal?: OwnAppeal;
}

export type QuestionState =
  | 'pending'
  | 'published'
  | 'staged'
  | 'answered'
  | 'dismissed'
  | 'merged'
  | 'withdrawn';

export interface QuestionAnswer {
  text: string;
  body: Node[];
  lang: string;
  by: PersonRef;
  at: number;
}

export interface QuestionTranslation {
  lang: string;
  text: string;
  body: Node[];
  by: PersonRef;
  at: number;
}

export interface QuestionRecord {
  type: 'question';
  id: number;
  rev: number;
  pos?: number;
  state: QuestionState;
  author?: PersonRef;
  text: string;
  body: Node[];
  lang: string;
  at: number;
  publishedAt: number;
  answeredAt?: number;
  answer?: QuestionAnswer;
  translations: QuestionTranslation[];
  merged: number[];
  thread?: number;
}

export interface VotesRecord {
  type: 'votes';
  id: number;
  rev: number;
  pos?: number;
  count: number;
}

export interface ReviewRecord {
  type: 'review';
  id: number;
  rev: number;
  pos?: number;
  state: QuestionState;
  author?: PersonRef;
  text: string;
  body: Node[];
  lang: string;
  at: number;
  reason?: string;
  mergedInto?: number;
}

export interface StarRecord {
  type: 'star';
  id: number;
  rev: number;
  pos?: number;
  place: number;
}

export interface AskedRecord {
  type: 'asked';
  id: number;
  rev: number;
  pos?: number;
  state: QuestionState;
  anonymous: boolean;
  text: string;
  lang: string;
  at: number;
  reason?: string;
  mergedInto?: number;
  answer?: QuestionAnswer;
  appealUntil?: number;
  appeal?: OwnAppeal;
  thread?: number;
}

export interface VoteRecord {
  type: 'vote';
  id: number;
  rev: number;
  pos?: number;
  on: boolean;
}

export type AppealTarget = 'message' | 'question' | 'post';

export interface AppealRecord {
  type: 'appeal';
  id: number;
  rev: number;
  pos?: number;
  state: AppealState;
  target: AppealTarget;
  of: number;
  author?: PersonRef;
  removed: string;
  lang: string;
  reason: string;
  decidedBy: PersonRef;
  text: string;
  at: number;
  answer?: string;
  answeredBy?: PersonRef;
  answeredAt?: number;
}

export interface SummaryQuestions {
  asked: number;
  answeredAloud: number;
  answeredInWriting: number;
  open: number;
  merged: number;
  dismissed: number;
  askers: number;
  voters: number;
}

export interface SummaryLanguage {
  lang: string;
  messages: number;
  people: number;
}

export interface SummaryQuarter {
  at: number;
  people: number;
  messages: number;
}

export interface SummaryRecord {
  type: 'summary';
  id: number;
  rev: number;
  pos?: number;
  madeAt: number;
  openedAt: number;
  closedAt: number;
  people: number;
  members: number;
  minutes: number;
  medianMinutes: number;
  writers: number;
  messages: number;
  removed: number;
  reactions: number;
  questions: SummaryQuestions;
  languages: SummaryLanguage[];
  quarters: SummaryQuarter[];
}

export type PersonKind = 'guest' | 'member';

export type SiteRole = 'member' | 'moderator' | 'admin';

export interface PersonRecord {
  type: 'person';
  id: number;
  rev: number;
  pos?: number;
  name: string;
  kind: PersonKind;
  siteRole?: SiteRole;
}

export type BoardPosting = 'members' | 'moderators';

export interface BoardRecord {
  type: 'board';
  id: number;
  rev: number;
  pos?: number;
  name: LocalText;
  purpose: LocalText;
  visibility: Visibility;
  posting: BoardPosting;
  createdAt: number;
}

export type ThreadKind = 'discussion' | 'question' | 'announcement';

export interface AcceptedAnswer {
  post: number;
  pos: number;
}

export interface CarriedFrom {
  webinar: number;
  title: LocalText;
  votes: number;
}

export interface ThreadRecord {
  type: 'thread';
  id: number;
  rev: number;
  pos?: number;
  board: number;
  title: string;
  lang: string;
  kind: ThreadKind;
  author?: PersonRef;
  at: number;
  posts: number;
  lastAt: number;
  lastBy?: PersonRef;
  answer?: AcceptedAnswer;
  carriedFrom?: CarriedFrom;
}

export interface RemovedThreadRecord {
  type: 'thread';
  id: number;
  rev: number;
  pos?: number;
  board: number;
  state: MessageState;
  by: RemovedBy;
}

export interface PostRecord {
  type: 'post';
  id: number;
  rev: number;
  pos?: number;
  author?: PersonRef;
  text: string;
  body: Node[];
  lang: string;
  at: number;
  editedAt?: number;
  replyTo?: number;
  replyToPos?: number;
}

export interface RemovedPostRecord {
  type: 'post';
  id: number;
  rev: number;
  pos?: number;
  state: MessageState;
  by: RemovedBy;
}

export interface PostTallyRecord {
  type: 'tally';
  id: number;
  rev: number;
  pos?: number;
  of: number;
  reactions: Record<string, number>;
}

export interface ThreadActivity {
  thread: number;
  board: number;
  boardName: LocalText;
  title: string;
  lang: string;
  kind: ThreadKind;
  posts: number;
  answered: boolean;
}

export interface WebinarActivity {
  webinar: number;
  title: LocalText;
  state: WebinarState;
}

export interface CarriedActivity {
  webinar: number;
  title: LocalText;
  board: number;
  boardName: LocalText;
  threads: number;
}

export interface ActivityRecord {
  type: 'activity';
  id: number;
  rev: number;
  pos?: number;
  seq: number;
  at: number;
  by?: PersonRef;
  thread?: ThreadActivity;
  webinar?: WebinarActivity;
  carried?: CarriedActivity;
}

export interface SeenRecord {
  type: 'seen';
  id: number;
  rev: number;
  pos?: number;
  seq: number;
}

export type RecordType =
  | 'webinar'
  | 'message'
  | 'tally'
  | 'reaction'
  | 'returned'
  | 'question'
  | 'votes'
  | 'review'
  | 'star'
  | 'asked'
  | 'vote'
  | 'appeal'
  | 'summary'
  | 'person'
  | 'board'
  | 'thread'
  | 'post'
  | 'activity'
  | 'seen';

export interface GoneRecord {
  type: RecordType;
  id: number;
  rev: number;
  gone: true;
}

export type AnyRecord =
  | WebinarRecord
  | MessageRecord
  | RemovedMessageRecord
  | TallyRecord
  | ReactionRecord
  | ReturnedRecord
  | QuestionRecord
  | VotesRecord
  | ReviewRecord
  | StarRecord
  | AskedRecord
  | VoteRecord
  | AppealRecord
  | SummaryRecord
  | PersonRecord
  | BoardRecord
  | ThreadRecord
  | RemovedThreadRecord
  | PostRecord
  | RemovedPostRecord
  | PostTallyRecord
  | ActivityRecord
  | SeenRecord
  | GoneRecord;

export interface PeopleSignal {
  type: 'people';
  count: number;
}

export interface TypingSignal {
  type: 'typing';
  count: number;
}

export type AnySignal = PeopleSignal | TypingSignal;

export interface SubscriptionRefused {
  channel: string;
  error: Error;
}

export type Page = 'last' | 'none';

export interface SubscribeArgs {
  channel: string;
  epoch?: string;
  c?: number;
  since?: number;
  page?: Page;
}

export interface HelloArgs {
  client?: string;
  locale?: string;
  subscriptions?: SubscribeArgs[];
}

export interface Me {
  id: number;
  name: string;
  kind: PersonKind;
  siteRole?: SiteRole;
  guestOf: number[];
}

export interface Limits {
  frameBytes: number;
  jsonDepth: number;
  textCharacters: number;
  postCharacters: number;
  questionCharacters: number;
  nameCharacters: number;
  titleCharacters: number;
  reasonCharacters: number;
  searchCharacters: number;
  emojiBytes: number;
  emojisPerMessage: number;
  channelsPerConnection: number;
  requestsOutstanding: number;
  pageRecords: number;
  historyRecords: number;
  peoplePerPage: number;
  questionsPerWebinar: number;
  questionsWaitingPerPerson: number;
  questionsMerged: number;
  questionsCarriedAtOnce: number;
  questionDaysAfterClose: number;
  threadsPerPage: number;
  activitiesKept: number;
  appealDays: number;
  operationsPerSecond: number;
  messagesPerSecond: number;
  joinsPerMinute: number;
}

export interface HelloOk {
  server: string;
  release: string;
  epoch: string;
  at: number;
  me?: Me;
  limits: Limits;
  subscriptions: (SubscriptionAnswer | SubscriptionRefused)[];
}

export type SubscriptionMode = 'resume' | 'snapshot';

export interface SubscriptionAnswer {
  channel: string;
  epoch: string;
  c: number;
  rev: number;
  mode: SubscriptionMode;
  records: AnyRecord[];
  signals: AnySignal[];
  more: boolean;
}

export interface UnsubscribeArgs {
  channel: string;
}

export interface HistoryArgs {
  channel: string;
  before?: number;
  after?: number;
  around?: number;
  limit?: number;
}

export interface HistoryOk {
  channel: string;
  rev: number;
  records: AnyRecord[];
  more: boolean;
}

export interface ChannelHead {
  channel: string;
  rev: number;
}

export interface PingArgs {
  heads?: ChannelHead[];
}

export interface PingOk {
  at: number;
}

export interface TitleArgs {
  en: string;
  fr: string;
}

export interface WebinarCreateArgs {
  title: TitleArgs;
  visibility: Visibility;
  peopleVisible?: PeopleVisible;
  language?: string;
}

export interface WebinarChanged {
  webinar: number;
  channel: string;
  rev: number;
}

export type NoArgs = Record<string, never>;

export interface WebinarSummary {
  id: number;
  title: LocalText;
  state: WebinarState;
  visibility: Visibility;
  peopleVisible: PeopleVisible;
  createdAt: number;
}

export interface WebinarListOk {
  webinars: WebinarSummary[];
}

export interface WebinarArgs {
  webinar: number;
}

export interface WebinarQuestionsArgs {
  webinar: number;
  open: boolean;
  review: boolean;
  names: QuestionNames;
}

export interface MessagePostArgs {
  webinar: number;
  text: string;
  lang?: string;
  replyTo?: number;
}

export interface MessageChanged {
  message: number;
  channel: string;
  rev: number;
}

export interface MessageEditArgs {
  message: number;
  text: string;
}

export interface MessageRemoveArgs {
  message: number;
  reason?: string;
}

export interface MessageReactArgs {
  message: number;
  emoji: string;
  on: boolean;
}

export interface QuestionAskArgs {
  webinar: number;
  text: string;
  lang?: string;
  anonymous?: boolean;
}

export interface QuestionChanged {
  question: number;
  channel: string;
  rev: number;
}

export interface QuestionArgs {
  question: number;
}

export interface QuestionVoteArgs {
  question: number;
  on: boolean;
}

export interface QuestionDismissArgs {
  question: number;
  reason: string;
}

export interface QuestionStageArgs {
  question: number;
  on: boolean;
}

export interface QuestionAnswerArgs {
  question: number;
  text?: string;
  lang?: string;
}

export interface QuestionTranslateArgs {
  question: number;
  lang: string;
  text?: string;
}

export interface QuestionMergeArgs {
  question: number;
  into: number;
}

export interface QuestionStarArgs {
  question: number;
  on: boolean;
  before?: number;
}

export interface QuestionCarryArgs {
  webinar: number;
  board: number;
}

export interface QuestionsCarried {
  webinar: number;
  threads: number;
  left: number;
  channel: string;
  rev: number;
}

export interface AppealMakeArgs {
  message?: number;
  question?: number;
  post?: number;
  text: string;
}

export interface AppealChanged {
  appeal: number;
  channel: string;
  rev: number;
}

export interface AppealDecideArgs {
  appeal: number;
  overturn: boolean;
  answer: string;
}

export interface BoardCreateArgs {
  name: TitleArgs;
  purpose: TitleArgs;
  visibility: Visibility;
  posting?: BoardPosting;
}

export interface BoardChanged {
  board: number;
  channel: string;
  rev: number;
}

export interface BoardSummary {
  id: number;
  name: LocalText;
  purpose: LocalText;
  visibility: Visibility;
  posting: BoardPosting;
  threads: number;
  lastAt?: number;
}

export interface BoardListOk {
  boards: BoardSummary[];
}

export interface ThreadStartArgs {
  board: number;
  title: string;
  text: string;
  lang?: string;
  kind: ThreadKind;
}

export interface ThreadChanged {
  thread: number;
  channel: string;
  rev: number;
}

export interface ThreadListArgs {
  board: number;
  after?: string;
  limit?: number;
}

export interface ThreadListOk {
  threads: ThreadRecord[];
  next?: string;
}

export interface ThreadAnswerArgs {
  thread: number;
  post?: number;
}

export interface PostWriteArgs {
  thread: number;
  text: string;
  lang?: string;
  replyTo?: number;
}

export interface PostChanged {
  post: number;
  channel: string;
  rev: number;
}

export interface PostEditArgs {
  post: number;
  text: string;
}

export interface PostRemoveArgs {
  post: number;
  reason?: string;
}

export interface PostReactArgs {
  post: number;
  emoji: string;
  on: boolean;
}

export interface NewsSeenArgs {
  seq: number;
}

export interface NewsSeen {
  seq: number;
  channel: string;
  rev: number;
}

export interface PeopleListArgs {
  webinar: number;
  search?: string;
  after?: string;
  limit?: number;
}

export interface Attendee {
  id: number;
  name: string;
  kind: PersonKind;
  host: boolean;
  present: boolean;
}

export interface PeopleListOk {
  people: Attendee[];
  count: number;
  present: number;
  next?: string;
}

export interface SessionGuestArgs {
  webinar: number;
  name: string;
}

export interface SessionOk {
  person: number;
  token?: string;
}

export interface SessionRedeemArgs {
  token: string;
  name?: string;
}

export interface Operations {
  hello: { args: HelloArgs; ok: HelloOk };
  subscribe: { args: SubscribeArgs; ok: SubscriptionAnswer };
  unsubscribe: { args: UnsubscribeArgs; ok: UnsubscribeArgs };
  history: { args: HistoryArgs; ok: HistoryOk };
  ping: { args: PingArgs; ok: PingOk };
  'webinar.create': { args: WebinarCreateArgs; ok: WebinarChanged };
  'webinar.list': { args: NoArgs; ok: WebinarListOk };
  'webinar.open': { args: WebinarArgs; ok: WebinarChanged };
  'webinar.close': { args: WebinarArgs; ok: WebinarChanged };
  'webinar.questions': { args: WebinarQuestionsArgs; ok: WebinarChanged };
  'message.post': { args: MessagePostArgs; ok: MessageChanged };
  'message.edit': { args: MessageEditArgs; ok: MessageChanged };
  'message.remove': { args: MessageRemoveArgs; ok: MessageChanged };
  'message.react': { args: MessageReactArgs; ok: MessageChanged };
  'question.ask': { args: QuestionAskArgs; ok: QuestionChanged };
  'question.withdraw': { args: QuestionArgs; ok: QuestionChanged };
  'question.vote': { args: QuestionVoteArgs; ok: QuestionChanged };
  'question.publish': { args: QuestionArgs; ok: QuestionChanged };
  'question.dismiss': { args: QuestionDismissArgs; ok: QuestionChanged };
  'question.stage': { args: QuestionStageArgs; ok: QuestionChanged };
  'question.answer': { args: QuestionAnswerArgs; ok: QuestionChanged };
  'question.reopen': { args: QuestionArgs; ok: QuestionChanged };
  'question.translate': { args: QuestionTranslateArgs; ok: QuestionChanged };
  'question.merge': { args: QuestionMergeArgs; ok: QuestionChanged };
  'question.unmerge': { args: QuestionArgs; ok: QuestionChanged };
  'question.star': { args: QuestionStarArgs; ok: QuestionChanged };
  'question.carry': { args: QuestionCarryArgs; ok: QuestionsCarried };
  'appeal.make': { args: AppealMakeArgs; ok: AppealChanged };
  'appeal.decide': { args: AppealDecideArgs; ok: AppealChanged };
  'board.create': { args: BoardCreateArgs; ok: BoardChanged };
  'board.list': { args: NoArgs; ok: BoardListOk };
  'thread.start': { args: ThreadStartArgs; ok: ThreadChanged };
  'thread.list': { args: ThreadListArgs; ok: ThreadListOk };
  'thread.answer': { args: ThreadAnswerArgs; ok: ThreadChanged };
  'post.write': { args: PostWriteArgs; ok: PostChanged };
  'post.edit': { args: PostEditArgs; ok: PostChanged };
  'post.remove': { args: PostRemoveArgs; ok: PostChanged };
  'post.react': { args: PostReactArgs; ok: PostChanged };
  'news.seen': { args: NewsSeenArgs; ok: NewsSeen };
  typing: { args: WebinarArgs; ok: NoArgs };
  'people.list': { args: PeopleListArgs; ok: PeopleListOk };
  'session.guest': { args: SessionGuestArgs; ok: SessionOk };
  'session.redeem': { args: SessionRedeemArgs; ok: SessionOk };
  'session.end': { args: NoArgs; ok: NoArgs };
}

export type OperationName = keyof Operations;

export const socketOnly: readonly OperationName[] = ['hello', 'unsubscribe', 'ping', 'typing'];

export const changingOperations: readonly OperationName[] = [
  'webinar.create',
  'webinar.open',
  'webinar.close',
  'webinar.questions',
  'message.post',
  'message.edit',
  'message.remove',
  'message.react',
  'question.ask',
  'question.withdraw',
  'question.vote',
  'question.publish',
  'question.dismiss',
  'question.stage',
  'question.answer',
  'question.reopen',
  'question.translate',
  'question.merge',
  'question.unmerge',
  'question.star',
  'question.carry',
  'appeal.make',
  'appeal.decide',
  'board.create',
  'thread.start',
  'thread.answer',
  'post.write',
  'post.edit',
  'post.remove',
  'post.react',
  'news.seen',
  'session.guest',
  'session.redeem',
  'session.end',
];

export interface Request<Name extends OperationName = OperationName> {
  id: number;
  op: Name;
  key?: string;
  args: Operations[Name]['args'];
}

export type Reply<Name extends OperationName = OperationName> =
  { id: number; ok: Operations[Name]['ok'] } | { id: number | null; error: Error };

export interface Push {
  ch: string;
  from: number;
  rev: number;
  c: number;
  put: AnyRecord[];
}

export interface SignalFrame {
  ch: string;
  signal: AnySignal;
}

export interface GoneFrame {
  ch: string;
  gone: true;
}

export interface StaleFrame {
  ch: string;
  stale: true;
}

export interface Closing {
  reconnectAfterMs: number;
}

export interface ClosingFrame {
  closing: Closing;
}

export type ServerFrame = Reply | Push | SignalFrame | GoneFrame | StaleFrame | ClosingFrame;

export const retryableErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'hello_required',
  'too_many_requests',
  'rate_limited',
  'overloaded',
  'storage_full',
  'unavailable',
  'stopping',
]);

export const defaultLimits: Limits = {
  frameBytes: 65536,
  jsonDepth: 32,
  textCharacters: 4000,
  postCharacters: 10000,
  questionCharacters: 600,
  nameCharacters: 60,
  titleCharacters: 200,
  reasonCharacters: 1000,
  searchCharacters: 60,
  emojiBytes: 64,
  emojisPerMessage: 20,
  channelsPerConnection: 64,
  requestsOutstanding: 128,
  pageRecords: 50,
  historyRecords: 100,
  peoplePerPage: 100,
  questionsPerWebinar: 1000,
  questionsWaitingPerPerson: 5,
  questionsMerged: 100,
  questionsCarriedAtOnce: 40,
  questionDaysAfterClose: 7,
  threadsPerPage: 50,
  activitiesKept: 100,
  appealDays: 30,
  operationsPerSecond: 30,
  messagesPerSecond: 2,
  joinsPerMinute: 300,
};
