#include "storage/webinars.hpp"

#include "storage/enumerations.hpp"

namespace plenary::storage {

using protocol::PersonId;
using protocol::WebinarId;

namespace {

WebinarRow webinar_of(const Query& query) {
  return {WebinarId{query.integer(0)},
          {query.text(1), query.text(2)},
          from_word<protocol::WebinarState>(query.text(3)),
          from_word<protocol::Visibility>(query.text(4)),
          from_word<protocol::PeopleVisible>(query.text(5)),
          query.optional_text(6),
          {query.integer(7) != 0, query.integer(8) != 0, from_word<protocol::QuestionNames>(query.text(9))},
          query.integer(10),
          query.optional_integer(11),
          query.optional_integer(12)};
}

}  // namespace

constexpr const char* insert_webinar_sql =
    "INSERT INTO webinar (title_en, title_fr, state, visibility, people_visible, language, questions_open, "
    "questions_review, questions_names, created_at) "
    "VALUES ($en, $fr, $state, $visibility, $people, $language, $open, $review, $names, $created)";
WebinarId insert_webinar(Transaction& transaction, const WebinarRow& row) {
  Query{transaction.connection(), insert_webinar_sql}
      .bind("$en", row.title.en)
      .bind("$fr", row.title.fr)
      .bind("$state", word_of(row.state))
      .bind("$visibility", word_of(row.visibility))
      .bind("$people", word_of(row.people_visible))
      .bind("$language", row.language)
      .bind("$open", std::int64_t{row.questions.open})
      .bind("$review", std::int64_t{row.questions.review})
      .bind("$names", word_of(row.questions.names))
      .bind("$created", row.created_at)
      .run();
  return WebinarId{transaction.connection().last_insert_id()};
}

constexpr const char* select_webinar =
    "SELECT id, title_en, title_fr, state, visibility, people_visible, language, questions_open, questions_review, "
    "questions_names, created_at, opened_at, closed_at "
    "FROM webinar WHERE id = $id";
std::optional<WebinarRow> find_webinar(Connection& connection, WebinarId id) {
  Query query{connection, select_webinar};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  return webinar_of(query);
}

constexpr const char* select_webinars =
    "SELECT id, title_en, title_fr, state, visibility, people_visible, language, questions_open, questions_review, "
    "questions_names, created_at, opened_at, closed_at "
    "FROM webinar WHERE visibility = 'public' OR $members ORDER BY id DESC LIMIT $limit";
std::vector<WebinarRow> list_webinars(Connection& connection, bool members_too, std::int64_t limit) {
  Query query{connection, select_webinars};
  query.bind("$members", std::int64_t{members_too}).bind("$limit", limit);
  std::vector<WebinarRow> rows;
  while (query.step()) rows.push_back(webinar_of(query));
  return rows;
}

constexpr const char* update_state =
    "UPDATE webinar SET state = $state, "
    "opened_at = CASE WHEN $state = 'live' THEN coalesce(opened_at, $now) ELSE opened_at END, "
    "closed_at = CASE WHEN $state = 'ended' THEN $now ELSE NULL END WHERE id = $id";
void set_webinar_state(Transaction& transaction, WebinarId id, protocol::WebinarState state, protocol::Timestamp now) {
  Query{transaction.connection(), update_state}
      .bind("$state", word_of(state))
      .bind("$now", now.milliseconds)
      .bind("$id", id.value)
      .run();
}

constexpr const char* update_question_rules =
    "UPDATE webinar SET questions_open = $open, questions_review = $review, questions_names = $names WHERE id = $id";
void set_question_rules(Transaction& transaction, WebinarId id, const protocol::QuestionRules& rules) {
  Query{transaction.connection(), update_question_rules}
      .bind("$open", std::int64_t{rules.open})
      .bind("$review", std::int64_t{rules.review})
      .bind("$names", word_of(rules.names))
      .bind("$id", id.value)
      .run();
}

constexpr const char* insert_role =
    "INSERT INTO webinar_role (webinar, person, role) VALUES ($webinar, $person, $role) "
    "ON CONFLICT (webinar, person) DO UPDATE SET role = excluded.role";
void set_webinar_role(Transaction& transaction, WebinarId webinar, PersonId person, protocol::WebinarRole role) {
  Query{transaction.connection(), insert_role}
      .bind("$webinar", webinar.value)
      .bind("$person", person.value)
      .bind("$role", word_of(role))
      .run();
}

constexpr const char* select_role = "SELECT role FROM webinar_role WHERE webinar = $webinar AND person = $person";
std::optional<protocol::WebinarRole> webinar_role(Connection& connection, WebinarId webinar, PersonId person) {
  Query query{connection, select_role};
  query.bind("$webinar", webinar.value).bind("$person", person.value);
  if (!query.step()) return std::nullopt;
  return from_word<protocol::WebinarRole>(query.text(0));
}

constexpr const char* select_attended =
    "SELECT webinar FROM webinar_role WHERE person = $person AND role = 'attendee' ORDER BY webinar";
std::vector<WebinarId> webinars_attended_by(Connection& connection, PersonId person) {
  Query query{connection, select_attended};
  query.bind("$person", person.value);
  std::vector<WebinarId> webinars;
  while (query.step()) webinars.push_back(WebinarId{query.integer(0)});
  return webinars;
}

constexpr const char* select_hosts =
    "SELECT person.id, person.name FROM webinar_role JOIN person ON person.id = webinar_role.person "
    "WHERE webinar = $webinar AND role = 'host' ORDER BY person.id";
std::vector<protocol::PersonRef> hosts_of(Connection& connection, WebinarId webinar) {
  Query query{connection, select_hosts};
  query.bind("$webinar", webinar.value);
  std::vector<protocol::PersonRef> hosts;
  while (query.step()) hosts.push_back({PersonId{query.integer(0)}, query.text(1), protocol::WebinarRole::host});
  return hosts;
}

}  // namespace plenary::storage
