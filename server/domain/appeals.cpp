#include "server/domain/appeals.hpp"

#include <chrono>

#include "server/domain/messages.hpp"
#include "server/domain/posts.hpp"
#include "server/domain/questions.hpp"
#include "storage/appeals.hpp"
#include "storage/messages.hpp"
#include "storage/posts.hpp"
#include "storage/questions.hpp"
#include "storage/threads.hpp"

namespace plenary::server::domain {

using protocol::AppealState;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;
using protocol::Result;
using storage::AppealRow;

namespace {

/// What an appeal is about, wherever it lies.
struct Taken {
  std::optional<protocol::WebinarId> webinar;  ///< or the thread
  std::optional<protocol::ThreadId> thread;
  protocol::PersonId author;
  bool anonymous = false;
  std::string text;
  std::string lang;
  protocol::PersonId decided_by;
  std::int64_t decided_at = 0;
  std::string reason;
};

/// Nothing when it was not taken from its author by somebody else.
std::optional<Taken> taken_message(storage::Connection& connection, protocol::MessageId id) {
  const auto message = storage::find_message(connection, id);
  const auto removal = storage::find_removal(connection, id);
  if (!message || !message->removed || !removal || removal->as == protocol::RemovedBy::author) return std::nullopt;
  return Taken{message->webinar,
               std::nullopt,
               message->author,
               false,
               message->text,
               message->lang,
               removal->by,
               removal->at,
               removal->reason.value_or("")};
}

std::optional<Taken> taken_question(storage::Connection& connection, protocol::QuestionId id) {
  const auto question = storage::find_question(connection, id);
  if (!question || question->state != protocol::QuestionState::dismissed || !question->dismissal) return std::nullopt;
  return Taken{question->webinar,
               std::nullopt,
               question->author,
               question->anonymous,
               question->text,
               question->lang,
               question->dismissal->by,
               question->dismissal->at,
               question->dismissal->reason};
}

std::optional<Taken> taken_post(storage::Connection& connection, protocol::PostId id) {
  const auto post = storage::find_post(connection, id);
  const auto removal = storage::find_removal(connection, id);
  if (!post || !post->removed || !removal || removal->as == protocol::RemovedBy::author) return std::nullopt;
  return Taken{std::nullopt,    post->thread, post->author,
               post->anonymous, post->text,   post->lang,
               removal->by,     removal->at,  removal->reason.value_or("")};
}

std::optional<Taken> taken(storage::Connection& connection, const protocol::AppealMakeArgs& args) {
  if (args.message) return taken_message(connection, *args.message);
  if (args.question) return taken_question(connection, *args.question);
  return taken_post(connection, args.post.value());
}

protocol::BoardId board_of(storage::Connection& connection, protocol::PostId post) {
  const auto thread = storage::find_post(connection, post).value().thread;
  return storage::find_thread(connection, thread).value().board;
}

/// Who decides about it hears of it there.
std::string channel_of(storage::Connection& connection, const AppealRow& row) {
  if (row.webinar) return access::webinar_backstage_channel(*row.webinar);
  return access::board_moderation_channel(board_of(connection, row.post.value()));
}

protocol::PersonRef person_before(storage::Connection& connection, const AppealRow& row, protocol::PersonId id) {
  return row.webinar ? reference(connection, *row.webinar, id) : reference(connection, id);
}

/// The access table's word about `operation` where the target of the appeal lies.
std::optional<Error> refused(CommandContext& context, Operation operation, std::optional<protocol::WebinarId> webinar,
                             std::optional<protocol::PostId> post) {
  if (webinar) {
    const auto room = enter(context.connection(), context.caller, operation, *webinar, true);
    return room ? std::nullopt : std::optional{room.error()};
  }
  const auto board =
      enter_board(context.connection(), context.caller, operation, board_of(context.connection(), post.value()), true);
  return board ? std::nullopt : std::optional{board.error()};
}

/// What is told of an appeal to who decides about it.
void publish_appeal(storage::Transaction& transaction, const AppealRow& row) {
  auto& connection = transaction.connection();
  protocol::AppealRecord record;
  protocol::PersonId author;
  if (row.message) {
    const auto message = storage::find_message(connection, *row.message).value();
    record.target = protocol::AppealTarget::message;
    record.of = row.message->value;
    record.removed = message.text;
    record.lang = message.lang;
    author = message.author;
  } else if (row.question) {
    const auto question = storage::find_question(connection, *row.question).value();
    record.target = protocol::AppealTarget::question;
    record.of = row.question->value;
    record.removed = question.text;
    record.lang = question.lang;
    if (!question.anonymous) author = question.author;
  } else {
    const auto post = storage::find_post(connection, row.post.value()).value();
    record.target = protocol::AppealTarget::post;
    record.of = row.post->value;
    record.removed = text_taken_with(connection, post);
    record.lang = post.lang;
    if (!post.anonymous) author = post.author;
  }
  if (author) record.author = person_before(connection, row, author);
  record.state = row.state;
  record.reason = row.reason;
  record.decided_by = person_before(connection, row, row.decided_by);
  record.text = row.text;
  record.at = row.at;
  record.answer = row.answer;
  if (row.answered_by) record.answered_by = person_before(connection, row, *row.answered_by);
  record.answered_at = row.answered_at;
  transaction.publish(channel_of(connection, row), row.id.value, record, storage::Placement::state());
}

void tell_author(storage::Transaction& transaction, const AppealRow& row) {
  if (row.message) {
    publish_returned(transaction, *row.message);
  } else if (row.question) {
    publish_asked(transaction, *row.question);
  } else {
    publish_returned(transaction, row.post.value());
  }
}

protocol::PersonId author_of(storage::Connection& connection, const AppealRow& row) {
  if (row.message) return storage::find_message(connection, *row.message).value().author;
  if (row.question) return storage::find_question(connection, *row.question).value().author;
  return storage::find_post(connection, row.post.value()).value().author;
}

std::optional<AppealRow> earlier_appeal(storage::Connection& connection, const protocol::AppealMakeArgs& args) {
  if (args.message) return storage::find_appeal_of(connection, *args.message);
  if (args.question) return storage::find_appeal_of(connection, *args.question);
  return storage::find_appeal_of(connection, args.post.value());
}

void restore(CommandContext& context, const AppealRow& row) {
  if (row.message) {
    domain::restore_message(context.transaction, *row.message);
  } else if (row.question) {
    restore_question(context.transaction, *row.question, context.now);
  } else {
    domain::restore_post(context.transaction, row.post.value());
  }
}

const char* field_of(const protocol::AppealMakeArgs& args) {
  if (args.message) return "message";
  return args.question ? "question" : "post";
}

}  // namespace

Result<sync::Made> make_appeal(CommandContext& context, const protocol::AppealMakeArgs& args) {
  const int targets = args.message.has_value() + args.question.has_value() + args.post.has_value();
  if (targets != 1) return Error{ErrorCode::out_of_range, "message"};
  const auto target = taken(context.connection(), args);
  if (!target || !context.caller.person || target->author != context.caller.id()) {
    return Error{ErrorCode::not_found, field_of(args)};
  }
  if (const auto no = refused(context, Operation::appeal_make, target->webinar, args.post)) return *no;
  if (earlier_appeal(context.connection(), args)) return Error{ErrorCode::already_appealed};
  if (context.now.milliseconds > appeal_until(target->decided_at)) return Error{ErrorCode::appeal_closed};
  AppealRow row{{},
                target->webinar,
                args.message,
                args.question,
                target->decided_by,
                target->decided_at,
                target->reason,
                args.text.str(),
                context.now.milliseconds,
                AppealState::open,
                std::nullopt,
                std::nullopt,
                std::nullopt,
                args.post};
  row.id = storage::insert_appeal(context.transaction, row);
  publish_appeal(context.transaction, row);
  tell_author(context.transaction, row);
  return made_on(protocol::AppealChanged{row.id, {}, 0},
                 target->webinar ? access::webinar_person_channel(*target->webinar, target->author)
                                 : access::thread_person_channel(target->thread.value(), target->author));
}

Result<sync::Made> decide_appeal(CommandContext& context, const protocol::AppealDecideArgs& args) {
  auto row = storage::find_appeal(context.connection(), args.appeal);
  if (!row) return Error{ErrorCode::not_found, "appeal"};
  // Who may not see where it waits does not learn that there is such an appeal.
  if (refused(context, Operation::appeal_decide, row->webinar, row->post)) return Error{ErrorCode::not_found, "appeal"};
  if (row->state != AppealState::open) return Error{ErrorCode::state_changed};
  const auto person = context.caller.id();
  if (person == row->decided_by || person == author_of(context.connection(), *row)) {
    return Error{ErrorCode::not_eligible};
  }
  row->state = args.overturn ? AppealState::overturned : AppealState::upheld;
  row->answer = args.answer.str();
  row->answered_by = person;
  row->answered_at = context.now.milliseconds;
  storage::decide_appeal(context.transaction, row->id, row->state, *row->answer, person, context.now);
  if (args.overturn) restore(context, *row);
  publish_appeal(context.transaction, *row);
  tell_author(context.transaction, *row);
  return made_on(protocol::AppealChanged{row->id, {}, 0}, channel_of(context.connection(), *row));
}

}  // namespace plenary::server::domain
