#include "storage/people.hpp"

#include "protocol/text.hpp"
#include "storage/enumerations.hpp"

namespace plenary::storage {

using protocol::PersonId;

namespace {

PersonRow person_of(const Query& query) {
  PersonRow row{PersonId{query.integer(0)}, from_word<protocol::PersonKind>(query.text(1)), query.text(2), {}};
  if (const auto role = query.optional_text(3)) row.site_role = from_word<protocol::SiteRole>(*role);
  return row;
}

}  // namespace

constexpr const char* insert_member_sql =
    "INSERT INTO person (kind, name, name_folded, email, site_role, created_at) "
    "VALUES ('member', $name, $folded, $email, $role, $now)";
PersonId insert_member(Transaction& transaction, const NewMember& member, protocol::Timestamp now) {
  Query{transaction.connection(), insert_member_sql}
      .bind("$name", member.name)
      .bind("$folded", protocol::folded_for_search(member.name))
      .bind("$email", member.email)
      .bind("$role", word_of(member.site_role))
      .bind("$now", now.milliseconds)
      .run();
  return PersonId{transaction.connection().last_insert_id()};
}

constexpr const char* insert_guest_sql =
    "INSERT INTO person (kind, name, name_folded, created_at) VALUES ('guest', $name, $folded, $now)";
PersonId insert_guest(Transaction& transaction, std::string_view name, protocol::Timestamp now) {
  Query{transaction.connection(), insert_guest_sql}
      .bind("$name", name)
      .bind("$folded", protocol::folded_for_search(name))
      .bind("$now", now.milliseconds)
      .run();
  return PersonId{transaction.connection().last_insert_id()};
}

constexpr const char* select_person = "SELECT id, kind, name, site_role FROM person WHERE id = $id";
std::optional<PersonRow> find_person(Connection& connection, PersonId id) {
  Query query{connection, select_person};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  return person_of(query);
}

constexpr const char* select_person_by_email = "SELECT id, kind, name, site_role FROM person WHERE email = $email";
std::optional<PersonRow> find_person_by_email(Connection& connection, std::string_view email) {
  Query query{connection, select_person_by_email};
  query.bind("$email", email);
  if (!query.step()) return std::nullopt;
  return person_of(query);
}

constexpr const char* select_any_admin = "SELECT 1 FROM person WHERE site_role = 'admin' LIMIT 1";
bool any_admin(Connection& connection) { return Query{connection, select_any_admin}.step(); }

}  // namespace plenary::storage
