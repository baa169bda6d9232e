#include "server/access/caller.hpp"

#include <charconv>

namespace plenary::server::access {

using protocol::PersonId;
using protocol::SessionId;
using protocol::SiteRole;
using protocol::WebinarId;

Caller resolve(storage::Connection& connection, SessionId session, protocol::Timestamp now) {
  if (!session) return {};
  auto row = storage::find_session(connection, session, now);
  if (!row) return {};
  return {row->id, std::move(row->person)};
}

Standing standing(const Caller& caller) {
  if (!caller.person) return Standing::anonymous;
  if (caller.person->kind == protocol::PersonKind::guest) return Standing::visitor;
  switch (caller.person->site_role.value_or(SiteRole::member)) {
    case SiteRole::admin: return Standing::admin;
    case SiteRole::moderator: return Standing::moderator;
    case SiteRole::member: return Standing::member;
  }
  return Standing::member;
}

Standing standing(storage::Connection& connection, const Caller& caller, const storage::WebinarRow& webinar) {
  const Standing on_site = standing(caller);
  if (on_site == Standing::admin) return on_site;
  const auto role = caller.person ? storage::webinar_role(connection, webinar.id, caller.person->id) : std::nullopt;
  if (role == protocol::WebinarRole::host) return Standing::host;
  if (on_site != Standing::anonymous && on_site != Standing::visitor) return on_site;
  if (role == protocol::WebinarRole::attendee) return Standing::guest;
  return webinar.visibility == protocol::Visibility::public_ ? on_site : Standing::outsider;
}

namespace {

/// Takes a decimal number ≥ 1 off the front of `rest`, without sign or leading zero.
std::optional<std::int64_t> take_number(std::string_view& rest) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  if (error != std::errc{} || value < 1 || value > protocol::largest_integer || rest.front() == '0')
    return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return value;
}

bool take(std::string_view& rest, std::string_view word) {
  if (!rest.starts_with(word)) return false;
  rest.remove_prefix(word.size());
  return true;
}

}  // namespace

std::optional<ChannelName> parse_channel(std::string_view name) {
  if (take(name, "person/")) {
    const auto person = take_number(name);
    if (!person || !name.empty()) return std::nullopt;
    return ChannelName{ChannelKind::person, {}, PersonId{*person}};
  }
  if (!take(name, "webinar/")) return std::nullopt;
  const auto webinar = take_number(name);
  if (!webinar) return std::nullopt;
  if (name.empty()) return ChannelName{ChannelKind::webinar, WebinarId{*webinar}, {}};
  if (name == "/questions") return ChannelName{ChannelKind::webinar_questions, WebinarId{*webinar}, {}};
  if (name == "/backstage") return ChannelName{ChannelKind::webinar_backstage, WebinarId{*webinar}, {}};
  if (!take(name, "/person/")) return std::nullopt;
  const auto person = take_number(name);
  if (!person || !name.empty()) return std::nullopt;
  return ChannelName{ChannelKind::webinar_person, WebinarId{*webinar}, PersonId{*person}};
}

std::string webinar_channel(WebinarId webinar) { return "webinar/" + std::to_string(webinar.value); }

std::string webinar_questions_channel(WebinarId webinar) { return webinar_channel(webinar) + "/questions"; }

std::string webinar_backstage_channel(WebinarId webinar) { return webinar_channel(webinar) + "/backstage"; }

std::string webinar_person_channel(WebinarId webinar, PersonId person) {
  return webinar_channel(webinar) + "/person/" + std::to_string(person.value);
}

std::string person_channel(PersonId person) { return "person/" + std::to_string(person.value); }

std::optional<protocol::Error> refuse_channel(storage::Connection& connection, const Caller& caller,
                                              std::string_view channel) {
  const protocol::Error not_found{protocol::ErrorCode::not_found};
  const auto name = parse_channel(channel);
  if (!name) return not_found;
  Standing where = standing(caller);
  if (name->webinar) {
    const auto webinar = storage::find_webinar(connection, name->webinar);
    if (!webinar) return not_found;
    where = standing(connection, caller, *webinar);
  }
  return refusal(verdict(name->kind, where), caller.person && caller.person->id == name->person);
}

}  // namespace plenary::server::access
