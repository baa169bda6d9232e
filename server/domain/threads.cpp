#include "server/domain/threads.hpp"

#include <algorithm>
#include <charconv>

#include "server/domain/activities.hpp"
#include "server/domain/posts.hpp"
#include "server/domain/question_records.hpp"
#include "storage/posts.hpp"
#include "storage/questions.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;
using protocol::Result;
using protocol::ThreadChanged;
using protocol::ThreadKind;
using protocol::ThreadRecord;
using storage::Placement;
using storage::ThreadRow;
using storage::Transaction;

namespace {

constexpr std::string_view default_language = "en";

storage::RecordKey key_of(std::string channel, protocol::ThreadId id) {
  return {std::move(channel), std::string{ThreadRecord::record_type}, id.value};
}

bool may_begin(const Board& board, ThreadKind kind) {
  if (is_moderator(board.standing)) return true;
  return kind != ThreadKind::announcement && board.board.posting == protocol::BoardPosting::members;
}

/// Where it comes from; nothing for what began on the board.
std::optional<protocol::CarriedFrom> carried_from(storage::Connection& connection, const ThreadRow& thread) {
  if (!thread.question) return std::nullopt;
  const auto question = storage::find_question(connection, *thread.question).value();
  const auto webinar = storage::find_webinar(connection, question.webinar).value();
  return protocol::CarriedFrom{webinar.id, webinar.title, thread.votes};
}

/// One line of at most Limits::title_characters: the question, or its beginning.
std::string title_of(std::string_view question) {
  constexpr std::string_view white = " \t\n\r";
  std::string line;
  for (auto from = question.find_first_not_of(white); from != std::string_view::npos;) {
    const auto to = question.find_first_of(white, from);
    if (!line.empty()) line += ' ';
    line += question.substr(from, to - from);
    from = question.find_first_not_of(white, to);
  }
  const std::u32string letters = protocol::decode_utf8(line).value();
  const auto most = static_cast<std::size_t>(protocol::default_limits.title_characters);
  if (letters.size() <= most) return line;
  auto end = letters.find_last_of(U' ', most - 1);
  if (end == std::u32string::npos) end = most - 1;
  return protocol::encode_utf8(letters.substr(0, end)) + "…";
}

/// The question as it was asked, and below it what people translated of it by hand.
std::string text_of(storage::Connection& connection, const storage::QuestionRow& question) {
  std::string text = question.text;
  for (const auto& translation : storage::translations_of(connection, question.id)) {
    const std::string more = "\n\n" + translation.text;
    const auto length = protocol::count_code_points(text) + protocol::count_code_points(more);
    if (length <= protocol::default_limits.post_characters) text += more;
  }
  return text;
}

void carry(CommandContext& context, const storage::QuestionRow& question, protocol::BoardId board) {
  auto& transaction = context.transaction;
  const std::string text = text_of(context.connection(), question);
  ThreadRow thread{{},
                   board,
                   title_of(question.text),
                   question.lang,
                   ThreadKind::question,
                   question.author,
                   question.anonymous,
                   context.now.milliseconds,
                   1,
                   context.now.milliseconds,
                   std::nullopt,
                   std::nullopt,
                   question.id,
                   storage::count_votes(context.connection(), question.id)};
  thread.id = storage::insert_thread(transaction, thread);
  storage::PostRow post{{},   thread.id,     question.author,          question.anonymous,
                        text, question.lang, context.now.milliseconds, std::nullopt,
                        {},   false};
  post.id = storage::insert_post(transaction, post);
  publish_post(transaction, post, protocol::parse_markdown(text));
  publish_thread(transaction, thread);
  keep(transaction, question);
  tell_askers_of_group(transaction, question);
}

/// A merged vote counts for the question it was merged into.
std::vector<protocol::QuestionId> most_wanted_first(storage::Connection& connection, protocol::WebinarId webinar) {
  std::vector<std::pair<std::int64_t, protocol::QuestionId>> counted;
  for (const auto id : storage::questions_left_open(connection, webinar)) {
    counted.emplace_back(-storage::count_votes(connection, id), id);
  }
  std::sort(counted.begin(), counted.end());
  std::vector<protocol::QuestionId> ids;
  for (const auto& [votes, id] : counted) ids.push_back(id);
  return ids;
}

/// A command touches at most 500 rows and makes at most 256 KiB of push (DESIGN.md 5). One question always goes.
class CarryBudget {
 public:
  bool takes(storage::Connection& connection, const storage::QuestionRow& question) {
    constexpr std::int64_t rows_of_one = 12;
    constexpr std::int64_t rows_of_asker = 2;  // each whose question was merged into it hears of it
    constexpr std::size_t texts_of_one = 4;    // source and tree, of the question and of its post
    constexpr std::size_t names_of_one = 1'024;
    constexpr std::int64_t most_rows = 490;
    constexpr std::size_t most_bytes = 200'000;
    const auto merged = storage::merged_into(connection, question.id).size();
    rows_ += rows_of_one + rows_of_asker * static_cast<std::int64_t>(merged);
    bytes_ += texts_of_one * text_of(connection, question).size() + names_of_one;
    ++taken_;
    if (taken_ == 1) return true;
    return taken_ <= protocol::default_limits.questions_carried_at_once && rows_ <= most_rows && bytes_ <= most_bytes;
  }

 private:
  std::int64_t taken_ = 0;
  std::int64_t rows_ = 0;
  std::size_t bytes_ = 0;
};

std::optional<storage::ThreadCursor> parse_cursor(std::string_view text) {
  storage::ThreadCursor cursor;
  const char* const end = text.data() + text.size();
  const auto first = std::from_chars(text.data(), end, cursor.last_at);
  if (first.ec != std::errc{} || first.ptr == end || *first.ptr != '.') return std::nullopt;
  const auto second = std::from_chars(first.ptr + 1, end, cursor.id);
  if (second.ec != std::errc{} || second.ptr != end) return std::nullopt;
  return cursor;
}

}  // namespace

bool is_moderator(access::Standing standing) {
  return standing == access::Standing::moderator || standing == access::Standing::admin;
}

std::optional<protocol::AcceptedAnswer> accepted_answer(storage::Connection& connection, const ThreadRow& thread) {
  if (!thread.answer) return std::nullopt;
  const auto post = storage::find_post(connection, *thread.answer);
  if (!post || post->removed) return std::nullopt;
  const auto pos = pos_of(connection, post_key(*post));
  if (!pos) return std::nullopt;
  return protocol::AcceptedAnswer{post->id, *pos};
}

void publish_thread(Transaction& transaction, const ThreadRow& thread) {
  auto& connection = transaction.connection();
  const std::string board = access::board_channel(thread.board);
  const std::string own = access::thread_channel(thread.id);
  if (thread.removed_as) {
    transaction.retract(key_of(board, thread.id));
    transaction.publish(
        own, thread.id.value,
        protocol::RemovedThreadRecord{thread.board, protocol::MessageState::removed, *thread.removed_as},
        Placement::state());
    return;
  }
  ThreadRecord record;
  record.board = thread.board;
  record.title = thread.title;
  record.lang = thread.lang;
  record.kind = thread.kind;
  if (!thread.anonymous) record.author = reference(connection, thread.author);
  record.at = thread.at;
  record.posts = thread.posts;
  record.last_at = thread.last_at;
  const auto newest_id = storage::newest_post(connection, thread.id);
  const auto newest = newest_id ? storage::find_post(connection, *newest_id) : std::nullopt;
  if (newest && !newest->anonymous) record.last_by = reference(connection, newest->author);
  record.answer = accepted_answer(connection, thread);
  record.carried_from = carried_from(connection, thread);
  transaction.publish(board, thread.id.value, record, Placement::timeline());
  transaction.publish(own, thread.id.value, record, Placement::state());
}

Result<sync::Made> start_thread(CommandContext& context, const protocol::ThreadStartArgs& args,
                                const protocol::Body& body) {
  const auto board = enter_board(context.connection(), context.caller, Operation::thread_start, args.board);
  if (!board) return board.error();
  if (!may_begin(*board, args.kind)) return Error{ErrorCode::forbidden};
  const auto author = context.caller.id();
  const std::string lang = args.lang ? args.lang->str() : std::string{default_language};
  const auto now = context.now.milliseconds;
  ThreadRow thread{{}, args.board, args.title.str(), lang,         args.kind,    author, false, now,
                   1,  now,        std::nullopt,     std::nullopt, std::nullopt, 0};
  thread.id = storage::insert_thread(context.transaction, thread);
  storage::PostRow post{{}, thread.id, author, false, args.text.str(), lang, now, std::nullopt, {}, false};
  post.id = storage::insert_post(context.transaction, post);
  publish_post(context.transaction, post, body);
  publish_thread(context.transaction, thread);
  tell_news_of(context.transaction, thread, author, context.now);
  return made_at(ThreadChanged{thread.id, {}, 0}, key_of(access::thread_channel(thread.id), thread.id));
}

Result<sync::Made> answer_thread(CommandContext& context, const protocol::ThreadAnswerArgs& args) {
  auto thread = storage::find_thread(context.connection(), args.thread);
  if (!thread) return Error{ErrorCode::not_found};
  const bool is_own = context.caller.person && thread->author == context.caller.id();
  const auto board = enter_board(context.connection(), context.caller, Operation::thread_answer, thread->board, is_own);
  if (!board) return board.error();
  if (thread->removed_as) return Error{ErrorCode::already_removed};
  if (thread->kind != ThreadKind::question) return Error{ErrorCode::out_of_range, "thread"};
  if (args.post) {
    const auto post = storage::find_post(context.connection(), *args.post);
    if (!post || post->thread != thread->id) return Error{ErrorCode::not_found, "post"};
    if (post->removed) return Error{ErrorCode::already_removed, "post"};
  }
  const bool is_news = args.post.has_value() && args.post != thread->answer;
  thread->answer = args.post;
  storage::update_thread(context.transaction, *thread);
  publish_thread(context.transaction, *thread);
  if (is_news) {
    const bool is_hidden = is_own && thread->anonymous;
    tell_news_of(context.transaction, *thread, is_hidden ? std::nullopt : std::optional{context.caller.id()},
                 context.now);
  } else {
    correct_news_of(context.transaction, *thread);
  }
  return made_at(ThreadChanged{thread->id, {}, 0}, key_of(access::thread_channel(thread->id), thread->id));
}

Result<sync::Made> carry_questions(CommandContext& context, const protocol::QuestionCarryArgs& args) {
  const auto room = enter(context.connection(), context.caller, Operation::question_carry, args.webinar);
  if (!room) return room.error();
  const auto board = enter_board(context.connection(), context.caller, Operation::thread_start, args.board);
  if (!board) return Error{board.error().code, "board"};
  // What was said among members stays among them.
  const bool is_wider = room->webinar.visibility == protocol::Visibility::members &&
                        board->board.visibility == protocol::Visibility::public_;
  if (is_wider || !may_begin(*board, ThreadKind::question)) return Error{ErrorCode::forbidden, "board"};
  if (room->webinar.state != protocol::WebinarState::ended) return Error{ErrorCode::state_changed};
  const auto open = most_wanted_first(context.connection(), args.webinar);
  CarryBudget budget;
  std::int64_t threads = 0;
  for (const auto id : open) {
    const auto question = storage::find_question(context.connection(), id).value();
    if (!budget.takes(context.connection(), question)) break;
    carry(context, question, args.board);
    ++threads;
  }
  if (threads > 0) {
    tell_news_of(context.transaction, room->webinar, board->board, threads, context.caller.id(), context.now);
  }
  return made_on(
      protocol::QuestionsCarried{args.webinar, threads, static_cast<std::int64_t>(open.size()) - threads, {}, 0},
      access::webinar_questions_channel(args.webinar));
}

Result<protocol::ThreadListOk> list_threads(storage::Connection& connection, const access::Caller& caller,
                                            const protocol::ThreadListArgs& args) {
  const auto board = enter_board(connection, caller, Operation::thread_list, args.board);
  if (!board) return board.error();
  const std::int64_t limit = args.limit.value_or(protocol::default_limits.threads_per_page);
  if (limit < 1 || limit > protocol::default_limits.threads_per_page) return Error{ErrorCode::out_of_range, "limit"};
  std::optional<storage::ThreadCursor> after;
  if (args.after) {
    after = parse_cursor(*args.after);
    if (!after) return Error{ErrorCode::out_of_range, "after"};
  }
  protocol::ThreadListOk ok;
  const auto head = storage::read_head(connection, access::board_channel(args.board));
  if (!head) return ok;
  const auto found = storage::list_threads(connection, args.board, after, limit);
  for (const auto& one : found) {
    const auto record = storage::find_record(connection, head->id, ThreadRecord::record_type, one.id);
    if (!record || record->gone) continue;
    ok.threads.emplace_back();
    storage::append_record(ok.threads.back().text, *record);
  }
  if (static_cast<std::int64_t>(found.size()) == limit) {
    ok.next = std::to_string(found.back().last_at) + '.' + std::to_string(found.back().id);
  }
  return ok;
}

}  // namespace plenary::server::domain
