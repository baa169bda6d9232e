// The words of a problem: what happened, then what to do.

import type { Problem } from '../store/api';
import type { Words } from '../i18n/words';

type Sentence = keyof Words['errors'];

// Every code, so that a new one does not compile before it has words. What only a defect of this page can cause is 'other'.
const sentences: Readonly<Record<Problem['code'], Sentence>> = {
  bad_json: 'other',
  too_deep: 'other',
  bad_frame: 'other',
  unknown_operation: 'other',
  missing_field: 'other',
  unknown_field: 'other',
  wrong_type: 'other',
  out_of_range: 'other',
  hello_required: 'other',
  hello_repeated: 'other',
  socket_only: 'other',
  http_only: 'other',
  too_many_channels: 'other',
  not_subscribed: 'other',
  bad_token: 'signIn',
  bad_origin: 'other',
  key_required: 'other',
  bad_key: 'other',
  too_large: 'tooLong',
  empty: 'empty',
  too_long: 'tooLong',
  forbidden_character: 'forbiddenCharacter',
  bad_emoji: 'badEmoji',
  too_many_emojis: 'tooManyEmojis',
  too_many_questions: 'tooManyQuestions',
  sign_in_required: 'signIn',
  other_person: 'signIn',
  forbidden: 'forbidden',
  not_found: 'notFound',
  key_reused: 'keyReused',
  reason_required: 'reasonRequired',
  not_live: 'notLive',
  already_removed: 'alreadyRemoved',
  questions_closed: 'questionsClosed',
  state_changed: 'stateChanged',
  already_appealed: 'alreadyAppealed',
  appeal_closed: 'appealClosed',
  not_eligible: 'notEligible',
  rate_limited: 'tooFast',
  too_many_requests: 'tooFast',
  overloaded: 'notNow',
  unavailable: 'notNow',
  stopping: 'notNow',
  storage_full: 'storageFull',
  offline: 'noConnection',
  aged: 'other',
  closed_connection: 'other',
};

export function problemSentence(words: Words, problem: Problem): string {
  return words.errors[sentences[problem.code]];
}
