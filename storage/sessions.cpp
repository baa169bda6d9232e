#include "storage/sessions.hpp"

#include "storage/enumerations.hpp"

namespace plenary::storage {

using protocol::PersonId;
using protocol::SessionId;
using protocol::Timestamp;

constexpr const char* insert_session_sql =
    "INSERT INTO session (person, token_hash, label, created_at, expires_at) "
    "VALUES ($person, $hash, $label, $now, $expires)";
SessionId insert_session(Transaction& transaction, PersonId person, const Blob& token_hash, std::string_view label,
                         Timestamp now, Timestamp expires_at) {
  Query{transaction.connection(), insert_session_sql}
      .bind("$person", person.value)
      .bind("$hash", token_hash)
      .bind("$label", label)
      .bind("$now", now.milliseconds)
      .bind("$expires", expires_at.milliseconds)
      .run();
  return SessionId{transaction.connection().last_insert_id()};
}

namespace {

std::optional<SessionRow> session_of(Connection& connection, Query& query) {
  if (!query.step()) return std::nullopt;
  auto person = find_person(connection, PersonId{query.integer(1)});
  if (!person) return std::nullopt;
  return SessionRow{SessionId{query.integer(0)}, std::move(*person)};
}

}  // namespace

constexpr const char* select_session_by_token =
    "SELECT id, person FROM session WHERE token_hash = $hash AND ended_at IS NULL AND expires_at > $now";
std::optional<SessionRow> find_session(Connection& connection, const Blob& token_hash, Timestamp now) {
  Query query{connection, select_session_by_token};
  query.bind("$hash", token_hash).bind("$now", now.milliseconds);
  return session_of(connection, query);
}

constexpr const char* select_session =
    "SELECT id, person FROM session WHERE id = $id AND ended_at IS NULL AND expires_at > $now";
std::optional<SessionRow> find_session(Connection& connection, SessionId id, Timestamp now) {
  Query query{connection, select_session};
  query.bind("$id", id.value).bind("$now", now.milliseconds);
  return session_of(connection, query);
}

constexpr const char* select_expired =
    "SELECT id FROM session WHERE ended_at IS NULL AND expires_at <= $now LIMIT $limit";
std::vector<SessionId> expired_sessions(Connection& connection, Timestamp now, std::int64_t limit) {
  Query query{connection, select_expired};
  query.bind("$now", now.milliseconds).bind("$limit", limit);
  std::vector<SessionId> sessions;
  while (query.step()) sessions.push_back(SessionId{query.integer(0)});
  return sessions;
}

constexpr const char* update_session_end = "UPDATE session SET ended_at = $now WHERE id = $id AND ended_at IS NULL";
void end_session(Transaction& transaction, SessionId id, Timestamp now) {
  Query{transaction.connection(), update_session_end}.bind("$now", now.milliseconds).bind("$id", id.value).run();
}

constexpr const char* insert_entry_token_sql =
    "INSERT INTO entry_token (token_hash, site_role, expires_at) VALUES ($hash, $role, $expires)";
void insert_entry_token(Transaction& transaction, const Blob& token_hash, protocol::SiteRole site_role,
                        Timestamp expires_at) {
  Query{transaction.connection(), insert_entry_token_sql}
      .bind("$hash", token_hash)
      .bind("$role", word_of(site_role))
      .bind("$expires", expires_at.milliseconds)
      .run();
}

constexpr const char* select_entry_token =
    "SELECT site_role, person FROM entry_token WHERE token_hash = $hash AND expires_at > $now";
std::optional<EntryTokenRow> find_entry_token(Connection& connection, const Blob& token_hash, Timestamp now) {
  Query query{connection, select_entry_token};
  query.bind("$hash", token_hash).bind("$now", now.milliseconds);
  if (!query.step()) return std::nullopt;
  EntryTokenRow row{from_word<protocol::SiteRole>(query.text(0)), std::nullopt};
  if (const auto person = query.optional_integer(1)) row.person = PersonId{*person};
  return row;
}

constexpr const char* update_entry_token = "UPDATE entry_token SET person = $person WHERE token_hash = $hash";
void use_entry_token(Transaction& transaction, const Blob& token_hash, PersonId person) {
  Query{transaction.connection(), update_entry_token}.bind("$person", person.value).bind("$hash", token_hash).run();
}

constexpr const char* delete_entry_tokens = "DELETE FROM entry_token WHERE person IS NULL";
void forget_entry_tokens(Transaction& transaction) { Query{transaction.connection(), delete_entry_tokens}.run(); }

}  // namespace plenary::storage
