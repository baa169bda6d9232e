#pragma once
// The web client inside the program: made by the build from web-client/dist. Lives as long as the program; any thread.

#include <span>
#include <string_view>

namespace plenary::server::net {

struct Asset {
  std::string_view path;  ///< "/assets/main-1a2b3c.js"
  std::string_view content_type;
  std::string_view bytes;
  std::string_view brotli;  ///< empty where it saves nothing
  std::string_view gzip;    ///< likewise
  bool hashed = false;      ///< the name changes with the content: may be kept for ever
};

std::span<const Asset> embedded_assets();
/// Names this build of the client.
std::string_view embedded_release();

}  // namespace plenary::server::net
