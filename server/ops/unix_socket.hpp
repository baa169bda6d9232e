#pragma once
// Unix stream sockets by path, also where the path is longer than an address can hold, and lines over them.
// Failures throw std::system_error.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "server/ops/files.hpp"

namespace plenary::server::ops {

/// Bound with mode 0600 and listening; what was at `path` is replaced.
FileDescriptor listen_at(const std::filesystem::path& path);
FileDescriptor connect_to(const std::filesystem::path& path);
/// Is the process at the other end root's, or of the user we run as?
bool peer_is_trusted(int socket);

/// Reads lines of at most `longest` bytes.
class LineReader {
 public:
  LineReader(int socket, std::size_t longest) : socket_{socket}, longest_{longest} {}
  /// Without its newline. Nothing at the end of the stream, or when a line is too long.
  std::optional<std::string> next();

 private:
  int socket_;
  std::size_t longest_;
  std::string pending_;
};

/// `line` and a newline. A peer that has gone away is an error, not a signal.
void send_line(int socket, std::string line);

}  // namespace plenary::server::ops
