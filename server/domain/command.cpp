#include "server/domain/command.hpp"

namespace plenary::server::domain {

protocol::PersonRef reference(storage::Connection& connection, protocol::PersonId id) {
  return {id, storage::find_person(connection, id).value().name, {}};
}

protocol::PersonRef reference(storage::Connection& connection, protocol::WebinarId webinar, protocol::PersonId id) {
  protocol::PersonRef person = reference(connection, id);
  if (storage::webinar_role(connection, webinar, id) == protocol::WebinarRole::host) {
    person.role = protocol::WebinarRole::host;
  }
  return person;
}

std::int64_t appeal_until(std::int64_t decided_at) {
  constexpr std::int64_t day_ms = 86'400'000;
  return decided_at + protocol::default_limits.appeal_days * day_ms;
}

protocol::Result<Room> enter(storage::Connection& connection, const access::Caller& caller,
                             protocol::Operation operation, protocol::WebinarId webinar, bool is_own) {
  auto row = storage::find_webinar(connection, webinar);
  if (!row) return protocol::Error{protocol::ErrorCode::not_found};
  const access::Standing standing = access::standing(connection, caller, *row);
  if (const auto refused = access::refusal(access::verdict(operation, standing), is_own)) return *refused;
  return Room{std::move(*row), standing};
}

protocol::Result<Board> enter_board(storage::Connection& connection, const access::Caller& caller,
                                    protocol::Operation operation, protocol::BoardId board, bool is_own) {
  auto row = storage::find_board(connection, board);
  if (!row) return protocol::Error{protocol::ErrorCode::not_found};
  const access::Standing standing = access::standing(caller, *row);
  if (const auto refused = access::refusal(access::verdict(operation, standing), is_own)) return *refused;
  return Board{std::move(*row), standing};
}

std::optional<protocol::Pos> pos_of(storage::Connection& connection, const storage::RecordKey& key) {
  const auto head = storage::read_head(connection, key.channel);
  const auto record = head ? storage::find_record(connection, head->id, key.type, key.id) : std::nullopt;
  return record ? record->pos : std::nullopt;
}

}  // namespace plenary::server::domain
