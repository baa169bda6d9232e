#include "server/domain/command.hpp"

namespace plenary::server::domain {

protocol::Result<Room> enter(storage::Connection& connection, const access::Caller& caller,
                             protocol::Operation operation, protocol::WebinarId webinar, bool is_own) {
  auto row = storage::find_webinar(connection, webinar);
  if (!row) return protocol::Error{protocol::ErrorCode::not_found};
  const access::Standing standing = access::standing(connection, caller, *row);
  if (const auto refused = access::refusal(access::verdict(operation, standing), is_own)) return *refused;
  return Room{std::move(*row), standing};
}

}  // namespace plenary::server::domain
