#include "storage/questions.hpp"

#include "storage/enumerations.hpp"
#include "storage/optional_ids.hpp"

namespace plenary::storage {

using protocol::PersonId;
using protocol::QuestionId;
using protocol::QuestionState;
using protocol::Timestamp;
using protocol::WebinarId;

namespace {

std::optional<std::string_view> word_of_optional(const std::optional<QuestionState>& state) {
  return state ? std::optional{word_of(*state)} : std::nullopt;
}

std::vector<QuestionId> ids_of(Query& query) {
  std::vector<QuestionId> ids;
  while (query.step()) ids.push_back(QuestionId{query.integer(0)});
  return ids;
}

}  // namespace

constexpr const char* insert_question_sql =
    "INSERT INTO question (webinar, author, anonymous, text, lang, at, state, published_at) "
    "VALUES ($webinar, $author, $anonymous, $text, $lang, $at, $state, $published)";
QuestionId insert_question(Transaction& transaction, const QuestionRow& row) {
  Query{transaction.connection(), insert_question_sql}
      .bind("$webinar", row.webinar.value)
      .bind("$author", row.author.value)
      .bind("$anonymous", std::int64_t{row.anonymous})
      .bind("$text", row.text)
      .bind("$lang", row.lang)
      .bind("$at", row.at)
      .bind("$state", word_of(row.state))
      .bind("$published", row.published_at)
      .run();
  return QuestionId{transaction.connection().last_insert_id()};
}

constexpr const char* select_question =
    "SELECT id, webinar, author, anonymous, text, lang, at, state, published_at, answered_at, merged_into, "
    "state_before_merge, dismissed_by, dismissed_at, reason FROM question WHERE id = $id";
std::optional<QuestionRow> find_question(Connection& connection, QuestionId id) {
  Query query{connection, select_question};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  QuestionRow row{QuestionId{query.integer(0)},
                  WebinarId{query.integer(1)},
                  PersonId{query.integer(2)},
                  query.integer(3) != 0,
                  query.text(4),
                  query.text(5),
                  query.integer(6),
                  from_word<QuestionState>(query.text(7)),
                  query.optional_integer(8),
                  query.optional_integer(9),
                  std::nullopt,
                  std::nullopt,
                  std::nullopt};
  if (const auto into = query.optional_integer(10)) row.merged_into = QuestionId{*into};
  if (const auto before = query.optional_text(11)) row.state_before_merge = from_word<QuestionState>(*before);
  if (const auto by = query.optional_integer(12)) {
    row.dismissal = Dismissal{PersonId{*by}, query.integer(13), query.text(14)};
  }
  return row;
}

constexpr const char* update_question_sql =
    "UPDATE question SET text = $text, state = $state, published_at = $published, answered_at = $answered, "
    "dismissed_by = $dismisser, dismissed_at = $dismissed, reason = $reason, merged_into = $into, "
    "state_before_merge = $before WHERE id = $id";
void update_question(Transaction& transaction, const QuestionRow& row) {
  std::optional<std::int64_t> dismisser;
  std::optional<std::int64_t> dismissed_at;
  std::optional<std::string_view> reason;
  if (row.dismissal) {
    dismisser = row.dismissal->by.value;
    dismissed_at = row.dismissal->at;
    reason = row.dismissal->reason;
  }
  Query{transaction.connection(), update_question_sql}
      .bind("$text", row.text)
      .bind("$state", word_of(row.state))
      .bind("$published", row.published_at)
      .bind("$answered", row.answered_at)
      .bind("$dismisser", dismisser)
      .bind("$dismissed", dismissed_at)
      .bind("$reason", reason)
      .bind("$into", value_of(row.merged_into))
      .bind("$before", word_of_optional(row.state_before_merge))
      .bind("$id", row.id.value)
      .run();
}

constexpr const char* select_staged = "SELECT id FROM question WHERE webinar = $webinar AND state = 'staged'";
std::optional<QuestionId> staged_question(Connection& connection, WebinarId webinar) {
  Query query{connection, select_staged};
  query.bind("$webinar", webinar.value);
  return query.step() ? std::optional{QuestionId{query.integer(0)}} : std::nullopt;
}

constexpr const char* count_pending_sql =
    "SELECT count(*) FROM question WHERE webinar = $webinar AND author = $person AND state = 'pending'";
std::int64_t count_pending_by(Connection& connection, WebinarId webinar, PersonId person) {
  Query query{connection, count_pending_sql};
  query.bind("$webinar", webinar.value).bind("$person", person.value);
  query.step();
  return query.integer(0);
}

constexpr const char* count_questions_sql = "SELECT count(*) FROM question WHERE webinar = $webinar";
std::int64_t count_questions(Connection& connection, WebinarId webinar) {
  Query query{connection, count_questions_sql};
  query.bind("$webinar", webinar.value);
  query.step();
  return query.integer(0);
}

constexpr const char* select_head =
    "WITH RECURSIVE up(id, into_id) AS (SELECT id, merged_into FROM question WHERE id = $id UNION ALL "
    "SELECT question.id, question.merged_into FROM question JOIN up ON question.id = up.into_id) "
    "SELECT id FROM up WHERE into_id IS NULL";
QuestionId group_head(Connection& connection, QuestionId id) {
  Query query{connection, select_head};
  query.bind("$id", id.value);
  return query.step() ? QuestionId{query.integer(0)} : id;
}

constexpr const char* select_merged =
    "WITH RECURSIVE below(id) AS (SELECT id FROM question WHERE merged_into = $id UNION ALL "
    "SELECT question.id FROM question JOIN below ON question.merged_into = below.id) "
    "SELECT id FROM below ORDER BY id";
std::vector<QuestionId> merged_into(Connection& connection, QuestionId id) {
  Query query{connection, select_merged};
  query.bind("$id", id.value);
  return ids_of(query);
}

constexpr const char* insert_answer =
    "INSERT INTO question_answer (question, lang, text, by, at) VALUES ($question, $lang, $text, $by, $at) "
    "ON CONFLICT (question) DO UPDATE SET lang = excluded.lang, text = excluded.text, by = excluded.by, "
    "at = excluded.at";
constexpr const char* delete_answer = "DELETE FROM question_answer WHERE question = $question";
void set_answer(Transaction& transaction, QuestionId question, const std::optional<TextBy>& answer) {
  if (!answer) {
    Query{transaction.connection(), delete_answer}.bind("$question", question.value).run();
    return;
  }
  Query{transaction.connection(), insert_answer}
      .bind("$question", question.value)
      .bind("$lang", answer->lang)
      .bind("$text", answer->text)
      .bind("$by", answer->by.value)
      .bind("$at", answer->at)
      .run();
}

constexpr const char* select_answer = "SELECT lang, text, by, at FROM question_answer WHERE question = $question";
std::optional<TextBy> find_answer(Connection& connection, QuestionId question) {
  Query query{connection, select_answer};
  query.bind("$question", question.value);
  if (!query.step()) return std::nullopt;
  return TextBy{query.text(0), query.text(1), PersonId{query.integer(2)}, query.integer(3)};
}

constexpr const char* insert_translation =
    "INSERT INTO question_translation (question, lang, text, by, at) VALUES ($question, $lang, $text, $by, $at) "
    "ON CONFLICT (question, lang) DO UPDATE SET text = excluded.text, by = excluded.by, at = excluded.at";
void set_translation(Transaction& transaction, QuestionId question, const TextBy& translation) {
  Query{transaction.connection(), insert_translation}
      .bind("$question", question.value)
      .bind("$lang", translation.lang)
      .bind("$text", translation.text)
      .bind("$by", translation.by.value)
      .bind("$at", translation.at)
      .run();
}

constexpr const char* delete_translation_sql =
    "DELETE FROM question_translation WHERE question = $question AND lang = $lang";
void delete_translation(Transaction& transaction, QuestionId question, std::string_view lang) {
  Query{transaction.connection(), delete_translation_sql}.bind("$question", question.value).bind("$lang", lang).run();
}

constexpr const char* select_translations =
    "SELECT lang, text, by, at FROM question_translation WHERE question = $question ORDER BY lang";
std::vector<TextBy> translations_of(Connection& connection, QuestionId question) {
  Query query{connection, select_translations};
  query.bind("$question", question.value);
  std::vector<TextBy> found;
  while (query.step()) found.push_back({query.text(0), query.text(1), PersonId{query.integer(2)}, query.integer(3)});
  return found;
}

constexpr const char* insert_vote =
    "INSERT INTO vote (question, person, at) VALUES ($question, $person, $now) ON CONFLICT DO NOTHING";
constexpr const char* delete_vote =
    "WITH RECURSIVE members(id) AS (SELECT $question UNION ALL "
    "SELECT question.id FROM question JOIN members ON question.merged_into = members.id) "
    "DELETE FROM vote WHERE person = $person AND question IN members";
void set_vote(Transaction& transaction, QuestionId question, PersonId person, bool on, Timestamp now) {
  Query query{transaction.connection(), on ? insert_vote : delete_vote};
  query.bind("$question", question.value).bind("$person", person.value);
  if (on) query.bind("$now", now.milliseconds);
  query.run();
}

constexpr const char* select_votes_by =
    "WITH RECURSIVE members(id) AS (SELECT $question UNION ALL "
    "SELECT question.id FROM question JOIN members ON question.merged_into = members.id) "
    "SELECT question FROM vote WHERE person = $person AND question IN members ORDER BY question";
std::vector<QuestionId> votes_by(Connection& connection, QuestionId question, PersonId person) {
  Query query{connection, select_votes_by};
  query.bind("$question", question.value).bind("$person", person.value);
  return ids_of(query);
}

constexpr const char* count_votes_sql =
    "WITH RECURSIVE members(id) AS (SELECT $question UNION ALL "
    "SELECT question.id FROM question JOIN members ON question.merged_into = members.id) "
    "SELECT count(DISTINCT person) FROM vote WHERE question IN members";
std::int64_t count_votes(Connection& connection, QuestionId question) {
  Query query{connection, count_votes_sql};
  query.bind("$question", question.value);
  query.step();
  return query.integer(0);
}

constexpr const char* insert_dirty_votes =
    "INSERT INTO dirty_votes (question) VALUES ($question) ON CONFLICT DO NOTHING";
void mark_votes_dirty(Transaction& transaction, QuestionId question) {
  Query{transaction.connection(), insert_dirty_votes}.bind("$question", question.value).run();
}

constexpr const char* select_dirty_votes = "SELECT question FROM dirty_votes LIMIT $limit";
std::vector<QuestionId> dirty_votes(Connection& connection, std::int64_t limit) {
  Query query{connection, select_dirty_votes};
  query.bind("$limit", limit);
  return ids_of(query);
}

constexpr const char* delete_dirty_votes = "DELETE FROM dirty_votes WHERE question = $question";
void clear_dirty_votes(Transaction& transaction, QuestionId question) {
  Query{transaction.connection(), delete_dirty_votes}.bind("$question", question.value).run();
}

constexpr const char* select_stars =
    "SELECT star.question, star.place FROM star JOIN question ON question.id = star.question "
    "WHERE question.webinar = $webinar ORDER BY star.place, star.question";
std::vector<Star> stars_of(Connection& connection, WebinarId webinar) {
  Query query{connection, select_stars};
  query.bind("$webinar", webinar.value);
  std::vector<Star> found;
  while (query.step()) found.push_back({QuestionId{query.integer(0)}, query.integer(1)});
  return found;
}

constexpr const char* insert_star =
    "INSERT INTO star (question, place) VALUES ($question, $place) "
    "ON CONFLICT (question) DO UPDATE SET place = excluded.place";
constexpr const char* delete_star = "DELETE FROM star WHERE question = $question";
void set_star(Transaction& transaction, QuestionId question, std::optional<std::int64_t> place) {
  Query query{transaction.connection(), place ? insert_star : delete_star};
  query.bind("$question", question.value);
  if (place) query.bind("$place", *place);
  query.run();
}

}  // namespace plenary::storage
