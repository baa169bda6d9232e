#include "server/access/caller.hpp"

#include <charconv>
#include <initializer_list>
#include <utility>

#include "storage/threads.hpp"

namespace plenary::server::access {

using protocol::BoardId;
using protocol::PersonId;
using protocol::SessionId;
using protocol::SiteRole;
using protocol::ThreadId;
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

Standing standing(const Caller& caller, const storage::BoardRow& board) {
  const Standing on_site = standing(caller);
  if (on_site != Standing::anonymous && on_site != Standing::visitor) return on_site;
  return board.visibility == protocol::Visibility::public_ ? on_site : Standing::outsider;
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

/// What follows the thing's number: nothing, one of `rooms`, or the number of a person.
std::optional<ChannelName> parse_below(std::string_view rest, ChannelName thing,
                                       std::initializer_list<std::pair<std::string_view, ChannelKind>> rooms,
                                       std::optional<ChannelKind> of_person) {
  if (rest.empty()) return thing;
  for (const auto& [word, kind] : rooms) {
    if (rest != word) continue;
    thing.kind = kind;
    return thing;
  }
  if (!of_person || !take(rest, "/person/")) return std::nullopt;
  const auto person = take_number(rest);
  if (!person || !rest.empty()) return std::nullopt;
  thing.kind = *of_person;
  thing.person = PersonId{*person};
  return thing;
}

}  // namespace

std::optional<ChannelName> parse_channel(std::string_view name) {
  if (name == "news") return ChannelName{ChannelKind::news};
  if (name == "news/members") return ChannelName{ChannelKind::news_members};
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  const std::string_view noun = name.substr(0, slash);
  name.remove_prefix(slash + 1);
  const auto number = take_number(name);
  if (!number) return std::nullopt;
  ChannelName thing;
  if (noun == "webinar") {
    thing.kind = ChannelKind::webinar;
    thing.webinar = WebinarId{*number};
    return parse_below(name, thing,
                       {{"/questions", ChannelKind::webinar_questions}, {"/backstage", ChannelKind::webinar_backstage}},
                       ChannelKind::webinar_person);
  }
  if (noun == "board") {
    thing.kind = ChannelKind::board;
    thing.board = BoardId{*number};
    return parse_below(name, thing, {{"/moderation", ChannelKind::board_moderation}}, std::nullopt);
  }
  if (noun == "thread") {
    thing.kind = ChannelKind::thread;
    thing.thread = ThreadId{*number};
    return parse_below(name, thing, {}, ChannelKind::thread_person);
  }
  if (noun != "person" || !name.empty()) return std::nullopt;
  thing.kind = ChannelKind::person;
  thing.person = PersonId{*number};
  return thing;
}

std::string webinar_channel(WebinarId webinar) { return "webinar/" + std::to_string(webinar.value); }

std::string webinar_questions_channel(WebinarId webinar) { return webinar_channel(webinar) + "/questions"; }

std::string webinar_backstage_channel(WebinarId webinar) { return webinar_channel(webinar) + "/backstage"; }

std::string webinar_person_channel(WebinarId webinar, PersonId person) {
  return webinar_channel(webinar) + "/person/" + std::to_string(person.value);
}

std::string board_channel(BoardId board) { return "board/" + std::to_string(board.value); }

std::string board_moderation_channel(BoardId board) { return board_channel(board) + "/moderation"; }

std::string thread_channel(ThreadId thread) { return "thread/" + std::to_string(thread.value); }

std::string thread_person_channel(ThreadId thread, PersonId person) {
  return thread_channel(thread) + "/person/" + std::to_string(person.value);
}

std::string news_channel(protocol::Visibility visibility) {
  return visibility == protocol::Visibility::public_ ? "news" : "news/members";
}

std::string person_channel(PersonId person) { return "person/" + std::to_string(person.value); }

namespace {

/// Nothing before what does not exist.
std::optional<Standing> standing_before(storage::Connection& connection, const Caller& caller,
                                        const ChannelName& name) {
  if (name.webinar) {
    const auto webinar = storage::find_webinar(connection, name.webinar);
    return webinar ? std::optional{standing(connection, caller, *webinar)} : std::nullopt;
  }
  BoardId of = name.board;
  if (name.thread) {
    const auto thread = storage::find_thread(connection, name.thread);
    if (!thread) return std::nullopt;
    of = thread->board;
  }
  if (!of) return standing(caller);
  const auto board = storage::find_board(connection, of);
  return board ? std::optional{standing(caller, *board)} : std::nullopt;
}

}  // namespace

std::optional<protocol::Error> refuse_channel(storage::Connection& connection, const Caller& caller,
                                              std::string_view channel) {
  const protocol::Error not_found{protocol::ErrorCode::not_found};
  const auto name = parse_channel(channel);
  if (!name) return not_found;
  const auto where = standing_before(connection, caller, *name);
  if (!where) return not_found;
  return refusal(verdict(name->kind, *where), caller.person && caller.person->id == name->person);
}

}  // namespace plenary::server::access
