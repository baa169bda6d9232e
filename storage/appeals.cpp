#include "storage/appeals.hpp"

#include "storage/enumerations.hpp"
#include "storage/optional_ids.hpp"

namespace plenary::storage {

using protocol::AppealId;
using protocol::AppealState;
using protocol::MessageId;
using protocol::PersonId;
using protocol::PostId;
using protocol::QuestionId;

namespace {

std::optional<AppealRow> appeal_of(Query& query) {
  if (!query.step()) return std::nullopt;
  return AppealRow{AppealId{query.integer(0)},
                   optional_id<protocol::WebinarId>(query, 1),
                   optional_id<MessageId>(query, 2),
                   optional_id<QuestionId>(query, 3),
                   PersonId{query.integer(4)},
                   query.integer(5),
                   query.text(6),
                   query.text(7),
                   query.integer(8),
                   from_word<AppealState>(query.text(9)),
                   query.optional_text(10),
                   optional_id<PersonId>(query, 11),
                   query.optional_integer(12),
                   optional_id<PostId>(query, 13)};
}

}  // namespace

constexpr const char* insert_appeal_sql =
    "INSERT INTO appeal (webinar, message, question, post, decided_by, decided_at, reason, text, at, state) "
    "VALUES ($webinar, $message, $question, $post, $decider, $decided, $reason, $text, $at, $state)";
AppealId insert_appeal(Transaction& transaction, const AppealRow& row) {
  Query{transaction.connection(), insert_appeal_sql}
      .bind("$webinar", value_of(row.webinar))
      .bind("$message", value_of(row.message))
      .bind("$question", value_of(row.question))
      .bind("$post", value_of(row.post))
      .bind("$decider", row.decided_by.value)
      .bind("$decided", row.decided_at)
      .bind("$reason", row.reason)
      .bind("$text", row.text)
      .bind("$at", row.at)
      .bind("$state", word_of(row.state))
      .run();
  return AppealId{transaction.connection().last_insert_id()};
}

constexpr const char* select_appeal =
    "SELECT id, webinar, message, question, decided_by, decided_at, reason, text, at, state, answer, answered_by, "
    "answered_at, post FROM appeal "
    "WHERE id = $id";
std::optional<AppealRow> find_appeal(Connection& connection, AppealId id) {
  Query query{connection, select_appeal};
  query.bind("$id", id.value);
  return appeal_of(query);
}

constexpr const char* select_appeal_of_message =
    "SELECT id, webinar, message, question, decided_by, decided_at, reason, text, at, state, answer, answered_by, "
    "answered_at, post FROM appeal "
    "WHERE message = $message";
std::optional<AppealRow> find_appeal_of(Connection& connection, MessageId message) {
  Query query{connection, select_appeal_of_message};
  query.bind("$message", message.value);
  return appeal_of(query);
}

constexpr const char* select_appeal_of_question =
    "SELECT id, webinar, message, question, decided_by, decided_at, reason, text, at, state, answer, answered_by, "
    "answered_at, post FROM appeal "
    "WHERE question = $question";
std::optional<AppealRow> find_appeal_of(Connection& connection, QuestionId question) {
  Query query{connection, select_appeal_of_question};
  query.bind("$question", question.value);
  return appeal_of(query);
}

constexpr const char* select_appeal_of_post =
    "SELECT id, webinar, message, question, decided_by, decided_at, reason, text, at, state, answer, answered_by, "
    "answered_at, post FROM appeal "
    "WHERE post = $post";
std::optional<AppealRow> find_appeal_of(Connection& connection, PostId post) {
  Query query{connection, select_appeal_of_post};
  query.bind("$post", post.value);
  return appeal_of(query);
}

constexpr const char* update_appeal =
    "UPDATE appeal SET state = $state, answer = $answer, answered_by = $by, answered_at = $now WHERE id = $id";
void decide_appeal(Transaction& transaction, AppealId id, AppealState state, std::string_view answer, PersonId by,
                   protocol::Timestamp now) {
  Query{transaction.connection(), update_appeal}
      .bind("$state", word_of(state))
      .bind("$answer", answer)
      .bind("$by", by.value)
      .bind("$now", now.milliseconds)
      .bind("$id", id.value)
      .run();
}

protocol::OwnAppeal own_appeal(const AppealRow& row) {
  return {row.state, row.text, row.at, row.answer, row.answered_at};
}

}  // namespace plenary::storage
