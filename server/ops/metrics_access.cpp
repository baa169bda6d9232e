#include "server/ops/metrics_access.hpp"

#include <fstream>
#include <string>

#include "server/access/token.hpp"
#include "server/ops/operator_error.hpp"

namespace plenary::server::ops {

namespace {
constexpr std::size_t shortest_token = 16;
constexpr std::string_view bearer = "Bearer ";
}  // namespace

MetricsAccess::MetricsAccess(const std::filesystem::path& token_file) {
  if (token_file.empty()) return;
  std::ifstream file{token_file};
  std::string token;
  std::getline(file, token);
  if (token.size() < shortest_token) {
    throw OperatorError{"The first line of " + token_file.string() +
                        " (metrics.token_file) must hold a token of at least " + std::to_string(shortest_token) +
                        " characters."};
  }
  token_hash_ = access::token_hash(token);
}

bool MetricsAccess::allows(const Request& request) const {
  if (request.peer_is_loopback && !request.is_forwarded) return true;
  if (!request.authorization.starts_with(bearer)) return false;
  // Comparing hashes says nothing about the token, however long it takes.
  return access::token_hash(request.authorization.substr(bearer.size())) == token_hash_;
}

}  // namespace plenary::server::ops
