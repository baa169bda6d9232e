#pragma once
// Which pages may speak to this server (RFC 6454). Exact comparison of parsed origins; nothing is matched by prefix or
// suffix.

#include <string>
#include <string_view>
#include <vector>

namespace plenary::server::net {

/// The origins the operator named; with none, a page is trusted when it came from the host it is asking.
class AllowedOrigins {
 public:
  /// `public_url` empty: from the request's Host. `more` are further allowed origins.
  AllowedOrigins(const std::string& public_url, const std::vector<std::string>& more);

  [[nodiscard]] bool allows(std::string_view origin, std::string_view host) const;
  /// Where people reach this server: the configured address, or what this request's Host says; empty where that is odd.
  [[nodiscard]] std::string own(std::string_view host) const;
  /// People reach this server under TLS.
  [[nodiscard]] bool is_secure() const { return secure_; }

 private:
  std::string public_url_;
  std::vector<std::string> exact_;
  bool from_host_ = true;
  bool secure_ = false;
};

}  // namespace plenary::server::net
