#include "server/domain/appeals.hpp"

#include <chrono>

#include "server/domain/messages.hpp"
#include "server/domain/questions.hpp"
#include "storage/appeals.hpp"
#include "storage/messages.hpp"
#include "storage/questions.hpp"

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
  protocol::WebinarId webinar;
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
  return Taken{message->webinar, message->author, false,       message->text,
               message->lang,    removal->by,     removal->at, removal->reason.value_or("")};
}

std::optional<Taken> taken_question(storage::Connection& connection, protocol::QuestionId id) {
  const auto question = storage::find_question(connection, id);
  if (!question || question->state != protocol::QuestionState::dismissed || !question->dismissal) return std::nullopt;
  return Taken{question->webinar, question->author,        question->anonymous,     question->text,
               question->lang,    question->dismissal->by, question->dismissal->at, question->dismissal->reason};
}

std::optional<Taken> taken(storage::Connection& connection, const protocol::AppealMakeArgs& args) {
  return args.message ? taken_message(connection, *args.message) : taken_question(connection, *args.question);
}

/// What is told to the backstage of an appeal whose target lies in `row`.
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
  } else {
    const auto question = storage::find_question(connection, row.question.value()).value();
    record.target = protocol::AppealTarget::question;
    record.of = row.question->value;
    record.removed = question.text;
    record.lang = question.lang;
    if (!question.anonymous) author = question.author;
  }
  if (author) record.author = reference(connection, row.webinar, author);
  record.state = row.state;
  record.reason = row.reason;
  record.decided_by = reference(connection, row.webinar, row.decided_by);
  record.text = row.text;
  record.at = row.at;
  record.answer = row.answer;
  if (row.answered_by) record.answered_by = reference(connection, row.webinar, *row.answered_by);
  record.answered_at = row.answered_at;
  transaction.publish(access::webinar_backstage_channel(row.webinar), row.id.value, record,
                      storage::Placement::state());
}

void tell_author(storage::Transaction& transaction, const AppealRow& row) {
  if (row.message) {
    publish_returned(transaction, *row.message);
  } else {
    publish_asked(transaction, row.question.value());
  }
}

protocol::PersonId author_of(storage::Connection& connection, const AppealRow& row) {
  if (row.message) return storage::find_message(connection, *row.message).value().author;
  return storage::find_question(connection, row.question.value()).value().author;
}

}  // namespace

Result<sync::Made> make_appeal(CommandContext& context, const protocol::AppealMakeArgs& args) {
  if (args.message.has_value() == args.question.has_value()) return Error{ErrorCode::out_of_range, "message"};
  const char* const field = args.message ? "message" : "question";
  const auto target = taken(context.connection(), args);
  if (!target || !context.caller.person || target->author != context.caller.id()) {
    return Error{ErrorCode::not_found, field};
  }
  const auto room = enter(context.connection(), context.caller, Operation::appeal_make, target->webinar, true);
  if (!room) return room.error();
  const auto earlier = args.message ? storage::find_appeal_of(context.connection(), *args.message)
                                    : storage::find_appeal_of(context.connection(), *args.question);
  if (earlier) return Error{ErrorCode::already_appealed};
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
                std::nullopt};
  row.id = storage::insert_appeal(context.transaction, row);
  publish_appeal(context.transaction, row);
  tell_author(context.transaction, row);
  return made_on(protocol::AppealChanged{row.id, {}, 0},
                 access::webinar_person_channel(target->webinar, target->author));
}

Result<sync::Made> decide_appeal(CommandContext& context, const protocol::AppealDecideArgs& args) {
  auto row = storage::find_appeal(context.connection(), args.appeal);
  if (!row) return Error{ErrorCode::not_found, "appeal"};
  const auto room = enter(context.connection(), context.caller, Operation::appeal_decide, row->webinar);
  // Who may not see the backstage does not learn that there is such an appeal.
  if (!room) return Error{ErrorCode::not_found, "appeal"};
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
  if (args.overturn) {
    if (row->message) {
      domain::restore_message(context.transaction, *row->message);
    } else {
      restore_question(context.transaction, row->question.value(), context.now);
    }
  }
  publish_appeal(context.transaction, *row);
  tell_author(context.transaction, *row);
  return made_on(protocol::AppealChanged{row->id, {}, 0}, access::webinar_backstage_channel(row->webinar));
}

}  // namespace plenary::server::domain
