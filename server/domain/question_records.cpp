#include "server/domain/question_records.hpp"

#include "protocol/rich_text.hpp"
#include "server/domain/command.hpp"
#include "storage/appeals.hpp"
#include "storage/threads.hpp"

namespace plenary::server::domain {

using protocol::PersonRef;
using protocol::QuestionId;
using protocol::QuestionState;
using storage::Placement;
using storage::QuestionRow;
using storage::Transaction;

namespace {

bool waits_or_was_turned_down(QuestionState state) {
  return state == QuestionState::pending || state == QuestionState::dismissed || state == QuestionState::merged;
}

template <class Record>
storage::RecordKey key_of(std::string channel, QuestionId id) {
  return {std::move(channel), std::string{Record::record_type}, id.value};
}

std::optional<PersonRef> asker(storage::Connection& connection, const QuestionRow& row) {
  if (row.anonymous) return std::nullopt;
  return reference(connection, row.webinar, row.author);
}

std::optional<protocol::QuestionAnswer> answer_of(storage::Connection& connection, const QuestionRow& row) {
  const auto found = storage::find_answer(connection, row.id);
  if (!found) return std::nullopt;
  return protocol::QuestionAnswer{found->text, protocol::parse_markdown(found->text), found->lang,
                                  reference(connection, row.webinar, found->by), found->at};
}

std::vector<protocol::QuestionTranslation> translations_of(storage::Connection& connection, const QuestionRow& row) {
  std::vector<protocol::QuestionTranslation> translations;
  for (const auto& one : storage::translations_of(connection, row.id)) {
    translations.push_back(
        {one.lang, one.text, protocol::parse_markdown(one.text), reference(connection, row.webinar, one.by), one.at});
  }
  return translations;
}

std::optional<std::string> reason_of(const QuestionRow& row) {
  return row.dismissal ? std::optional{row.dismissal->reason} : std::nullopt;
}

void tell_everyone(Transaction& transaction, const QuestionRow& row) {
  const std::string channel = access::webinar_questions_channel(row.webinar);
  if (!is_public(row.state)) {
    transaction.retract(key_of<protocol::QuestionRecord>(channel, row.id));
    transaction.retract(key_of<protocol::VotesRecord>(channel, row.id));
    return;
  }
  auto& connection = transaction.connection();
  transaction.publish(channel, row.id.value,
                      protocol::QuestionRecord{
                          row.state, asker(connection, row), row.text, protocol::parse_markdown(row.text), row.lang,
                          row.at, row.published_at.value_or(row.at), row.answered_at, answer_of(connection, row),
                          translations_of(connection, row), storage::merged_into(connection, row.id),
                          storage::thread_of_question(connection, row.id)},
                      Placement::state());
}

void tell_backstage(Transaction& transaction, const QuestionRow& row) {
  const std::string channel = access::webinar_backstage_channel(row.webinar);
  if (!waits_or_was_turned_down(row.state)) {
    transaction.retract(key_of<protocol::ReviewRecord>(channel, row.id));
    return;
  }
  transaction.publish(
      channel, row.id.value,
      protocol::ReviewRecord{row.state, asker(transaction.connection(), row), row.text,
                             protocol::parse_markdown(row.text), row.lang, row.at, reason_of(row), row.merged_into},
      Placement::state());
}

}  // namespace

bool is_public(QuestionState state) {
  return state == QuestionState::published || state == QuestionState::staged || state == QuestionState::answered;
}

void tell_asker(Transaction& transaction, const QuestionRow& row) {
  const std::string channel = access::webinar_person_channel(row.webinar, row.author);
  if (row.state == QuestionState::withdrawn) {
    transaction.retract(key_of<protocol::AskedRecord>(channel, row.id));
    return;
  }
  protocol::AskedRecord asked{row.state,
                              row.anonymous,
                              row.text,
                              row.lang,
                              row.at,
                              reason_of(row),
                              row.merged_into,
                              answer_of(transaction.connection(), row),
                              std::nullopt,
                              std::nullopt,
                              storage::thread_of_question(transaction.connection(), row.id)};
  if (row.dismissal) asked.appeal_until = appeal_until(row.dismissal->at);
  if (const auto appeal = storage::find_appeal_of(transaction.connection(), row.id)) {
    asked.appeal = storage::own_appeal(*appeal);
  }
  if (row.merged_into) {
    const auto head =
        storage::find_question(transaction.connection(), storage::group_head(transaction.connection(), row.id)).value();
    asked.merged_into = head.id;
    asked.thread = storage::thread_of_question(transaction.connection(), head.id);
    if (head.state == QuestionState::dismissed) {
      asked.state = head.state;
      asked.reason = reason_of(head);
    }
  }
  transaction.publish(channel, row.id.value, asked, Placement::state());
}

void leave_shortlist(Transaction& transaction, const QuestionRow& row) {
  storage::set_star(transaction, row.id, std::nullopt);
  transaction.retract(key_of<protocol::StarRecord>(access::webinar_backstage_channel(row.webinar), row.id));
}

void keep(Transaction& transaction, const QuestionRow& row) {
  storage::update_question(transaction, row);
  tell_everyone(transaction, row);
  tell_backstage(transaction, row);
  tell_asker(transaction, row);
  if (row.state != QuestionState::published && row.state != QuestionState::staged) leave_shortlist(transaction, row);
  if (is_public(row.state)) storage::mark_votes_dirty(transaction, row.id);
}

void tell_askers_of_group(Transaction& transaction, const QuestionRow& row) {
  for (const QuestionId id : storage::merged_into(transaction.connection(), row.id)) {
    tell_asker(transaction, storage::find_question(transaction.connection(), id).value());
  }
}

}  // namespace plenary::server::domain
