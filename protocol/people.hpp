#pragma once
// People: members and guests, how they come in, how they are listed.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/text.hpp"

namespace plenary::protocol {

enum class PersonKind { guest, member };
BOOST_DESCRIBE_ENUM(PersonKind, guest, member)

enum class SiteRole { member, moderator, admin };
BOOST_DESCRIBE_ENUM(SiteRole, member, moderator, admin)

enum class WebinarRole { attendee, host };
BOOST_DESCRIBE_ENUM(WebinarRole, attendee, host)

/// A person as everyone in the room may see them.
struct PersonRef {
  PersonId id;
  std::string name;
  std::optional<WebinarRole> role;  ///< said only where it is more than attendee
};
BOOST_DESCRIBE_STRUCT(PersonRef, (), (id, name, role))

/// Oneself.
struct PersonRecord {
  static constexpr std::string_view record_type = "person";
  std::string name;
  PersonKind kind{};
  std::optional<SiteRole> site_role;
};
BOOST_DESCRIBE_STRUCT(PersonRecord, (), (name, kind, site_role))

struct Me {
  PersonId id;
  std::string name;
  PersonKind kind{};
  std::optional<SiteRole> site_role;
  std::vector<WebinarId> guest_of;  ///< the webinars a guest has joined; empty for members, who need not
};
BOOST_DESCRIBE_STRUCT(Me, (), (id, name, kind, site_role, guest_of))

struct PeopleListArgs {
  WebinarId webinar;
  std::optional<SearchText> search;
  std::optional<std::string> after;  ///< the `next` of the page before
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(PeopleListArgs, (), (webinar, search, after, limit))

struct Attendee {
  PersonId id;
  std::string name;
  PersonKind kind{};
  bool host = false;
  bool present = false;
};
BOOST_DESCRIBE_STRUCT(Attendee, (), (id, name, kind, host, present))

struct PeopleListOk {
  std::vector<Attendee> people;
  std::int64_t count = 0;    ///< who matches, on all pages
  std::int64_t present = 0;  ///< of these, who is here now
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PeopleListOk, (), (people, count, present, next))

struct SessionGuestArgs {
  WebinarId webinar;
  DisplayName name;
};
BOOST_DESCRIBE_STRUCT(SessionGuestArgs, (), (webinar, name))

struct SessionRedeemArgs {
  std::string token;
  std::optional<DisplayName> name;
};
BOOST_DESCRIBE_STRUCT(SessionRedeemArgs, (), (token, name))

struct SessionOk {
  PersonId person;
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(SessionOk, (), (person, token))

}  // namespace plenary::protocol
