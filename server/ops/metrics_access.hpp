#pragma once
// Who may read /metrics: a program on this machine, or one with the token of `metrics.token_file`. Any thread.

#include <filesystem>
#include <string_view>

#include "storage/connection.hpp"

namespace plenary::server::ops {

class MetricsAccess {
 public:
  /// `token_file` may be empty: then only this machine. Throws OperatorError when its first line holds no token.
  explicit MetricsAccess(const std::filesystem::path& token_file);

  struct Request {
    bool peer_is_loopback = false;
    /// It carries Forwarded, X-Forwarded-For or Via: a reverse proxy on this machine passes on a stranger's request.
    bool is_forwarded = false;
    std::string_view authorization;  ///< the header, or empty
  };
  [[nodiscard]] bool allows(const Request& request) const;

 private:
  storage::Blob token_hash_;  // empty, and no token's: only this machine
};

}  // namespace plenary::server::ops
