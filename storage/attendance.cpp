#include "storage/attendance.hpp"

#include <charconv>

#include "storage/enumerations.hpp"

namespace plenary::storage {

using protocol::PersonId;
using protocol::Timestamp;
using protocol::WebinarId;

constexpr const char* insert_arrival =
    "INSERT INTO attendance (webinar, person, arrived_at) SELECT $webinar, $person, $at "
    "WHERE NOT EXISTS (SELECT 1 FROM attendance WHERE webinar = $webinar AND person = $person AND left_at IS NULL) "
    "ON CONFLICT (webinar, person, arrived_at) DO UPDATE SET left_at = NULL";
void arrive(Transaction& transaction, WebinarId webinar, PersonId person, Timestamp at) {
  Query{transaction.connection(), insert_arrival}
      .bind("$webinar", webinar.value)
      .bind("$person", person.value)
      .bind("$at", at.milliseconds)
      .run();
}

constexpr const char* update_left =
    "UPDATE attendance SET left_at = max($at, arrived_at) "
    "WHERE webinar = $webinar AND person = $person AND left_at IS NULL";
void leave(Transaction& transaction, WebinarId webinar, PersonId person, Timestamp at) {
  Query{transaction.connection(), update_left}
      .bind("$webinar", webinar.value)
      .bind("$person", person.value)
      .bind("$at", at.milliseconds)
      .run();
}

constexpr const char* update_all_left =
    "UPDATE attendance SET left_at = max(arrived_at, "
    "  coalesce((SELECT at FROM message WHERE message.webinar = attendance.webinar ORDER BY id DESC LIMIT 1), 0)) "
    "WHERE left_at IS NULL";
void close_open_attendance(Transaction& transaction) { Query{transaction.connection(), update_all_left}.run(); }

namespace {

/// `%` and `_` of what was typed stand for themselves.
std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace

// One row a person who ever attended: here now if a row is open.
constexpr const char* select_attendees =
    "SELECT person.id, person.name, person.kind, "
    "  EXISTS (SELECT 1 FROM webinar_role WHERE webinar = $webinar AND person = person.id AND role = 'host'), "
    "  EXISTS (SELECT 1 FROM attendance a WHERE a.webinar = $webinar AND a.person = person.id AND a.left_at IS NULL), "
    "  person.name_folded "
    "FROM person WHERE id IN (SELECT person FROM attendance WHERE webinar = $webinar) "
    "  AND ($pattern IS NULL OR name_folded LIKE $pattern ESCAPE '\\') AND (name_folded, id) > ($after_name, "
    "$after_id) "
    "ORDER BY name_folded, id LIMIT $limit";
constexpr const char* count_attendees =
    "SELECT count(*), coalesce(sum(EXISTS (SELECT 1 FROM attendance a WHERE a.webinar = $webinar "
    "  AND a.person = person.id AND a.left_at IS NULL)), 0) "
    "FROM person WHERE id IN (SELECT person FROM attendance WHERE webinar = $webinar) "
    "  AND ($pattern IS NULL OR name_folded LIKE $pattern ESCAPE '\\')";
AttendeePage list_attendees(Connection& connection, const AttendeeQuery& asked) {
  std::optional<std::string> pattern;
  if (!asked.search_folded.empty()) pattern = like_pattern(asked.search_folded);
  std::string after_name;
  std::int64_t after_id = 0;
  if (const auto cut = asked.after.rfind('\n'); cut != std::string::npos) {
    after_name = asked.after.substr(0, cut);
    std::from_chars(asked.after.data() + cut + 1, asked.after.data() + asked.after.size(), after_id);
  }
  AttendeePage page;
  Query count{connection, count_attendees};
  count.bind("$webinar", asked.webinar.value).bind("$pattern", pattern);
  count.step();
  page.count = count.integer(0);
  page.present = count.integer(1);

  Query query{connection, select_attendees};
  query.bind("$webinar", asked.webinar.value)
      .bind("$pattern", pattern)
      .bind("$after_name", after_name)
      .bind("$after_id", after_id)
      .bind("$limit", asked.limit + 1);
  std::string last;
  while (query.step()) {
    if (static_cast<std::int64_t>(page.people.size()) == asked.limit) {
      page.next = last;
      break;
    }
    page.people.push_back({PersonId{query.integer(0)}, query.text(1), from_word<protocol::PersonKind>(query.text(2)),
                           query.integer(3) != 0, query.integer(4) != 0});
    last = query.text(5) + '\n' + std::to_string(query.integer(0));
  }
  return page;
}

}  // namespace plenary::storage
