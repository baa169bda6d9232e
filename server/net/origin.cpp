#include "server/net/origin.hpp"

#include <algorithm>

namespace plenary::server::net {

namespace {

/// scheme://host[:port], lower case, default port left out, no trailing slash. Empty for anything else: "null", user
/// information, a path, odd characters.
std::string normalised(std::string_view origin) {
  if (!origin.empty() && origin.back() == '/') origin.remove_suffix(1);
  std::string text{origin};
  const bool is_clean = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':' || c == '/' || c == '[' || c == ']';
  });
  if (!is_clean) return {};
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  const bool secure = text.starts_with("https://");
  if (!secure && !text.starts_with("http://")) return {};
  const std::size_t authority = secure ? 8 : 7;
  if (text.size() == authority || text.find('/', authority) != std::string::npos) return {};
  const std::string_view default_port = secure ? ":443" : ":80";
  if (text.ends_with(default_port)) text.erase(text.rfind(default_port));
  return text;
}

}  // namespace

AllowedOrigins::AllowedOrigins(const std::string& public_url, const std::vector<std::string>& more)
    : public_url_{normalised(public_url)}, from_host_{public_url.empty()}, secure_{public_url.starts_with("https://")} {
  if (!public_url.empty()) exact_.push_back(normalised(public_url));
  for (const std::string& origin : more) exact_.push_back(normalised(origin));
}

std::string AllowedOrigins::own(std::string_view host) const {
  return from_host_ ? normalised("http://" + std::string{host}) : public_url_;
}

bool AllowedOrigins::allows(std::string_view origin, std::string_view host) const {
  // A trailing slash is for configuration only: a browser never sends one.
  if (origin.empty() || origin.back() == '/') return false;
  const std::string asked = normalised(origin);
  if (asked.empty()) return false;
  if (std::find(exact_.begin(), exact_.end(), asked) != exact_.end()) return true;
  if (!from_host_ || host.empty()) return false;
  const std::string here{host};
  return asked == normalised("http://" + here) || asked == normalised("https://" + here);
}

}  // namespace plenary::server::net
