#pragma once
// People: members with an account, and guests, who joined a webinar by link.

#include <optional>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"
#include "protocol/people.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct PersonRow {
  protocol::PersonId id;
  protocol::PersonKind kind{};
  std::string name;
  std::optional<protocol::SiteRole> site_role;  ///< members only
};

struct NewMember {
  std::string name;
  std::optional<std::string> email;
  protocol::SiteRole site_role{};
};

protocol::PersonId insert_member(Transaction& transaction, const NewMember& member, protocol::Timestamp now);
protocol::PersonId insert_guest(Transaction& transaction, std::string_view name, protocol::Timestamp now);
std::optional<PersonRow> find_person(Connection& connection, protocol::PersonId id);
/// `email` as it was stored: lower case.
std::optional<PersonRow> find_person_by_email(Connection& connection, std::string_view email);
bool any_admin(Connection& connection);

}  // namespace plenary::storage
