#include "server/demo/people.hpp"

#include <array>
#include <string>

namespace plenary::server::demo {

namespace {

struct DemoPerson {
  const char* who;
  const char* name;  // invented
  protocol::SiteRole role;
};

constexpr std::array demo_people{
    DemoPerson{"admin", "Noor Lindqvist", protocol::SiteRole::admin},
    DemoPerson{"moderator", "Émile Tremblay-Osei", protocol::SiteRole::moderator},
    DemoPerson{"host", "Salma Desrochers", protocol::SiteRole::member},
    DemoPerson{"member", "Kwame Villeneuve", protocol::SiteRole::member},
    DemoPerson{"worker", "Binta Kowalczyk-Diallo", protocol::SiteRole::member},
    DemoPerson{"researcher", "Odile Marchetti-Roy", protocol::SiteRole::member},
};

std::string email_of(std::string_view who) { return std::string{who} + "@demo.invalid"; }

}  // namespace

void ensure_people(storage::Transaction& transaction, protocol::Timestamp now) {
  for (const DemoPerson& person : demo_people) {
    if (storage::find_person_by_email(transaction.connection(), email_of(person.who))) continue;
    storage::insert_member(transaction, {person.name, email_of(person.who), person.role}, now);
  }
}

std::optional<storage::PersonRow> find_demo_person(storage::Connection& connection, std::string_view who) {
  return storage::find_person_by_email(connection, email_of(who));
}

}  // namespace plenary::server::demo
