#include "storage/summaries.hpp"

namespace plenary::storage {

using protocol::WebinarId;

constexpr const char* select_people =
    "WITH here(person) AS ("
    "  SELECT person FROM attendance WHERE webinar = $webinar AND arrived_at < $to AND coalesce(left_at, $to) > $from "
    "  UNION SELECT author FROM message WHERE webinar = $webinar "
    "  UNION SELECT author FROM question WHERE webinar = $webinar AND state <> 'withdrawn') "
    "SELECT count(*), coalesce(sum(kind = 'member'), 0), "
    "  (SELECT count(DISTINCT author) FROM message WHERE webinar = $webinar AND removed_at IS NULL) "
    "FROM here JOIN person ON person.id = here.person";
PeopleCount count_people(Connection& connection, const OpenTime& open) {
  Query query{connection, select_people};
  query.bind("$webinar", open.webinar.value).bind("$from", open.from).bind("$to", open.to);
  query.step();
  return {query.integer(0), query.integer(1), query.integer(2)};
}

constexpr const char* select_times =
    "SELECT sum(max(0, min(coalesce(left_at, $to), $to) - max(arrived_at, $from))) AS present "
    "FROM attendance WHERE webinar = $webinar AND arrived_at < $to AND coalesce(left_at, $to) > $from "
    "GROUP BY person ORDER BY present";
std::vector<std::int64_t> times_present(Connection& connection, const OpenTime& open) {
  Query query{connection, select_times};
  query.bind("$webinar", open.webinar.value).bind("$from", open.from).bind("$to", open.to);
  std::vector<std::int64_t> times;
  while (query.step()) times.push_back(query.integer(0));
  return times;
}

constexpr const char* select_message_counts =
    "SELECT coalesce(sum(removed_at IS NULL), 0), coalesce(sum(removed_at IS NOT NULL AND removed_as <> 'author'), 0), "
    "  (SELECT count(*) FROM reaction JOIN message ON message.id = reaction.message "
    "   WHERE message.webinar = $webinar AND message.removed_at IS NULL) "
    "FROM message WHERE webinar = $webinar";
MessageCount count_messages(Connection& connection, WebinarId webinar) {
  Query query{connection, select_message_counts};
  query.bind("$webinar", webinar.value);
  query.step();
  return {query.integer(0), query.integer(1), query.integer(2)};
}

constexpr const char* select_languages =
    "SELECT lang, count(*), count(DISTINCT author) FROM message WHERE webinar = $webinar AND removed_at IS NULL "
    "GROUP BY lang ORDER BY count(*) DESC, lang";
std::vector<protocol::SummaryLanguage> count_by_language(Connection& connection, WebinarId webinar) {
  Query query{connection, select_languages};
  query.bind("$webinar", webinar.value);
  std::vector<protocol::SummaryLanguage> languages;
  while (query.step()) languages.push_back({query.text(0), query.integer(1), query.integer(2)});
  return languages;
}

constexpr const char* select_present_between =
    "SELECT count(DISTINCT person) FROM attendance "
    "WHERE webinar = $webinar AND arrived_at < $to AND coalesce(left_at, $to) > $from";
std::int64_t count_present_between(Connection& connection, WebinarId webinar, std::int64_t from, std::int64_t to) {
  Query query{connection, select_present_between};
  query.bind("$webinar", webinar.value).bind("$from", from).bind("$to", to);
  query.step();
  return query.integer(0);
}

constexpr const char* select_messages_between =
    "SELECT count(*) FROM message WHERE webinar = $webinar AND removed_at IS NULL AND at >= $from AND at < $to";
std::int64_t count_messages_between(Connection& connection, WebinarId webinar, std::int64_t from, std::int64_t to) {
  Query query{connection, select_messages_between};
  query.bind("$webinar", webinar.value).bind("$from", from).bind("$to", to);
  query.step();
  return query.integer(0);
}

constexpr const char* select_question_counts =
    "SELECT coalesce(sum(state <> 'withdrawn'), 0), "
    "  coalesce(sum(state = 'answered' AND answer.question IS NULL), 0), "
    "  coalesce(sum(state = 'answered' AND answer.question IS NOT NULL), 0), "
    "  coalesce(sum(state IN ('pending', 'published', 'staged')), 0), coalesce(sum(state = 'merged'), 0), "
    "  coalesce(sum(state = 'dismissed'), 0), "
    "  count(DISTINCT CASE WHEN state <> 'withdrawn' THEN author END), "
    "  (SELECT count(DISTINCT vote.person) FROM vote JOIN question q ON q.id = vote.question "
    "   WHERE q.webinar = $webinar AND q.state <> 'withdrawn') "
    "FROM question LEFT JOIN question_answer answer ON answer.question = question.id WHERE webinar = $webinar";
protocol::SummaryQuestions summarise_questions(Connection& connection, WebinarId webinar) {
  Query query{connection, select_question_counts};
  query.bind("$webinar", webinar.value);
  query.step();
  return {query.integer(0), query.integer(1), query.integer(2), query.integer(3),
          query.integer(4), query.integer(5), query.integer(6), query.integer(7)};
}

}  // namespace plenary::storage
