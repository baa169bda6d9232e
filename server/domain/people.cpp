#include "server/domain/people.hpp"

#include "protocol/connection.hpp"
#include "protocol/text.hpp"
#include "server/access/token.hpp"
#include "storage/attendance.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;
using protocol::PersonId;
using protocol::PersonKind;
using protocol::Result;
using protocol::SessionOk;
using protocol::Timestamp;
using storage::Transaction;

namespace {

constexpr std::int64_t sessions_ended_at_once = 200;

void publish_person(Transaction& transaction, PersonId id) {
  const auto person = storage::find_person(transaction.connection(), id).value();
  transaction.publish(access::person_channel(id), id.value,
                      protocol::PersonRecord{person.name, person.kind, person.site_role}, storage::Placement::state());
}

/// A guest who is already here under this name.
bool is_known_guest(const access::Caller& caller, const std::string& name) {
  return caller.person && caller.person->kind == PersonKind::guest &&
         protocol::folded_for_search(caller.person->name) == protocol::folded_for_search(name);
}

sync::Made session_made(PersonId person, std::string token) {
  auto made = domain::made(SessionOk{person, std::nullopt});
  made.secret = std::move(token);
  return made;
}

}  // namespace

std::string begin_session(Transaction& transaction, PersonId person, std::string_view label, Timestamp now,
                          Timestamp expires_at) {
  std::string token = access::new_token();
  storage::insert_session(transaction, person, access::token_hash(token), label, now, expires_at);
  return token;
}

Result<sync::Made> join_as_guest(CommandContext& context, const protocol::SessionGuestArgs& args,
                                 const SessionLengths& lengths, const std::optional<SessionOk>& earlier) {
  const auto expires_at = context.now + lengths.guest;
  if (earlier) {
    return session_made(earlier->person,
                        begin_session(context.transaction, earlier->person, "guest", context.now, expires_at));
  }
  const auto room = enter(context.connection(), context.caller, Operation::session_guest, args.webinar);
  if (!room) return room.error();
  if (room->webinar.state == protocol::WebinarState::ended) return Error{ErrorCode::not_live};

  PersonId person = context.caller.id();
  if (!is_known_guest(context.caller, args.name.str())) {
    person = storage::insert_guest(context.transaction, args.name.str(), context.now);
    publish_person(context.transaction, person);
  }
  storage::set_webinar_role(context.transaction, args.webinar, person, protocol::WebinarRole::attendee);
  return session_made(person, begin_session(context.transaction, person, "guest", context.now, expires_at));
}

Result<sync::Made> redeem_entry_token(CommandContext& context, const protocol::SessionRedeemArgs& args,
                                      const SessionLengths& lengths, const std::optional<SessionOk>& earlier) {
  const auto expires_at = context.now + lengths.member;
  if (earlier) {
    return session_made(earlier->person,
                        begin_session(context.transaction, earlier->person, "link", context.now, expires_at));
  }
  const auto hash = access::token_hash(args.token);
  const auto entry = storage::find_entry_token(context.connection(), hash, context.now);
  if (!entry || entry->person) return Error{ErrorCode::not_found, "token"};
  if (!args.name) return Error{ErrorCode::missing_field, "name"};
  const PersonId person =
      storage::insert_member(context.transaction, {args.name->str(), std::nullopt, entry->site_role}, context.now);
  storage::use_entry_token(context.transaction, hash, person);
  publish_person(context.transaction, person);
  return session_made(person, begin_session(context.transaction, person, "link", context.now, expires_at));
}

Result<sync::Made> end_session(CommandContext& context) {
  const auto verdict = access::verdict(Operation::session_end, access::standing(context.caller));
  if (const auto refused = access::refusal(verdict, true)) return *refused;
  storage::end_session(context.transaction, context.caller.session, context.now);
  auto made = domain::made(protocol::NoArgs{});
  made.rechecks.push_back({context.caller.session, {}, {}});
  return made;
}

sync::Made end_expired_sessions(Transaction& transaction, Timestamp now) {
  auto made = domain::made(protocol::NoArgs{});
  for (const auto session : storage::expired_sessions(transaction.connection(), now, sessions_ended_at_once)) {
    storage::end_session(transaction, session, now);
    made.rechecks.push_back({session, {}, {}});
  }
  return made;
}

Result<protocol::PeopleListOk> list_people(storage::Connection& connection, const access::Caller& caller,
                                           const protocol::PeopleListArgs& args) {
  const auto webinar = storage::find_webinar(connection, args.webinar);
  const bool names_visible = webinar && webinar->people_visible == protocol::PeopleVisible::names;
  const auto room = enter(connection, caller, Operation::people_list, args.webinar, names_visible);
  if (!room) return room.error();
  const std::int64_t limit = args.limit.value_or(protocol::default_limits.people_per_page);
  if (limit < 1 || limit > protocol::default_limits.people_per_page) return Error{ErrorCode::out_of_range, "limit"};
  auto page = storage::list_attendees(
      connection, {args.webinar, args.search ? protocol::folded_for_search(args.search->str()) : std::string{},
                   args.after.value_or(std::string{}), limit});
  return protocol::PeopleListOk{std::move(page.people), page.count, page.present, std::move(page.next)};
}

std::optional<protocol::Me> describe(storage::Connection& connection, const access::Caller& caller) {
  if (!caller.person) return std::nullopt;
  const auto& person = *caller.person;
  protocol::Me me{person.id, person.name, person.kind, person.site_role, {}};
  if (person.kind == PersonKind::guest) me.guest_of = storage::webinars_attended_by(connection, person.id);
  return me;
}

}  // namespace plenary::server::domain
