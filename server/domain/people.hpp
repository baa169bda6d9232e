#pragma once
// People come in: as guests of a webinar, by a one-use link; go out; and are listed.

#include <chrono>

#include "protocol/people.hpp"
#include "server/domain/command.hpp"

namespace plenary::server::domain {

struct SessionLengths {
  std::chrono::hours guest{24 * 180};
  std::chrono::hours member{24 * 30};
};

/// A name in, a durable guest out. A guest who joins another webinar under the same name stays the same person.
/// `earlier` is the answer of this same intent, when it is a repeat: the same guest gets a fresh token (P40).
protocol::Result<sync::Made> join_as_guest(CommandContext& context, const protocol::SessionGuestArgs& args,
                                           const SessionLengths& lengths,
                                           const std::optional<protocol::SessionOk>& earlier);

/// A one-use token in, a session out. The set-up link makes its user an admin, and needs a name. Errors: not_found for a
/// token that does not exist, has expired or was used.
protocol::Result<sync::Made> redeem_entry_token(CommandContext& context, const protocol::SessionRedeemArgs& args,
                                                const SessionLengths& lengths,
                                                const std::optional<protocol::SessionOk>& earlier);

/// Everything this session was subscribed to is authorised anew before the answer.
protocol::Result<sync::Made> end_session(CommandContext& context);

/// Sessions that time has ended: the same path (DESIGN.md 5).
sync::Made end_expired_sessions(storage::Transaction& transaction, protocol::Timestamp now);

/// A new session of somebody whose right to it was settled before. Gives the token.
std::string begin_session(storage::Transaction& transaction, protocol::PersonId person, std::string_view label,
                          protocol::Timestamp now, protocol::Timestamp expires_at);

protocol::Result<protocol::PeopleListOk> list_people(storage::Connection& connection, const access::Caller& caller,
                                                     const protocol::PeopleListArgs& args);

/// Oneself, for `hello`.
std::optional<protocol::Me> describe(storage::Connection& connection, const access::Caller& caller);

}  // namespace plenary::server::domain
