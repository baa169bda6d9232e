#pragma once
// Sessions (a browser's cookie, a program's token) and one-use entry tokens. Only hashes of tokens are stored (SHA-256 of
// 256 random bits: nothing to guess, so nothing slower is needed).

#include <optional>
#include <string_view>
#include <vector>

#include "storage/people.hpp"

namespace plenary::storage {

struct SessionRow {
  protocol::SessionId id;
  PersonRow person;
};

protocol::SessionId insert_session(Transaction& transaction, protocol::PersonId person, const Blob& token_hash,
                                   std::string_view label, protocol::Timestamp now, protocol::Timestamp expires_at);
/// A session that has neither ended nor expired.
std::optional<SessionRow> find_session(Connection& connection, const Blob& token_hash, protocol::Timestamp now);
std::optional<SessionRow> find_session(Connection& connection, protocol::SessionId id, protocol::Timestamp now);
/// Past their time and not yet ended.
std::vector<protocol::SessionId> expired_sessions(Connection& connection, protocol::Timestamp now, std::int64_t limit);
void end_session(Transaction& transaction, protocol::SessionId id, protocol::Timestamp now);

struct EntryTokenRow {
  protocol::SiteRole site_role{};
  std::optional<protocol::PersonId> person;  ///< who used it
};

void insert_entry_token(Transaction& transaction, const Blob& token_hash, protocol::SiteRole site_role,
                        protocol::Timestamp expires_at);
/// One that has not expired.
std::optional<EntryTokenRow> find_entry_token(Connection& connection, const Blob& token_hash, protocol::Timestamp now);
void use_entry_token(Transaction& transaction, const Blob& token_hash, protocol::PersonId person);
/// The unused ones: a new set-up link replaces the old.
void forget_entry_tokens(Transaction& transaction);

}  // namespace plenary::storage
