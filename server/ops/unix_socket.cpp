#include "server/ops/unix_socket.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace plenary::server::ops {

namespace {

[[noreturn]] void fail(const std::string& what) { throw std::system_error{errno, std::generic_category(), what}; }

FileDescriptor new_socket() {
  FileDescriptor socket{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  if (!socket.is_open()) fail("socket");
  return socket;
}

/// sun_path holds 107 bytes (unix(7)); a longer path is reached through its folder's descriptor.
struct Address {
  explicit Address(const std::filesystem::path& path) {
    std::string name = path.string();
    if (name.size() >= sizeof(value.sun_path)) {
      folder = open_file(path.parent_path(), O_PATH | O_DIRECTORY);
      name = "/proc/self/fd/" + std::to_string(folder.get()) + '/' + path.filename().string();
    }
    value.sun_family = AF_UNIX;
    name.copy(value.sun_path, sizeof(value.sun_path) - 1);
  }
  [[nodiscard]] const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&value); }

  sockaddr_un value{};
  FileDescriptor folder;
};

}  // namespace

FileDescriptor listen_at(const std::filesystem::path& path) {
  std::filesystem::remove(path);
  FileDescriptor socket = new_socket();
  // bind() gives the file the socket's own mode, so it is never open to others, not even for a moment.
  if (::fchmod(socket.get(), 0600) != 0) fail(path.string());
  const Address address{path};
  if (::bind(socket.get(), address.get(), sizeof(address.value)) != 0) fail(path.string());
  if (::listen(socket.get(), SOMAXCONN) != 0) fail(path.string());
  return socket;
}

FileDescriptor connect_to(const std::filesystem::path& path) {
  FileDescriptor socket = new_socket();
  const Address address{path};
  if (::connect(socket.get(), address.get(), sizeof(address.value)) != 0) fail(path.string());
  return socket;
}

bool peer_is_trusted(int socket) {
  ucred peer{};
  socklen_t size = sizeof(peer);
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return false;
  return peer.uid == 0 || peer.uid == ::geteuid();
}

std::optional<std::string> LineReader::next() {
  for (;;) {
    if (const auto end = pending_.find('\n'); end != std::string::npos) {
      std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      return line;
    }
    if (pending_.size() > longest_) return std::nullopt;
    std::array<char, 4'096> bytes{};
    const ssize_t count = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return std::nullopt;
    pending_.append(bytes.data(), static_cast<std::size_t>(count));
  }
}

void send_line(int socket, std::string line) {
  line += '\n';
  std::string_view rest = line;
  while (!rest.empty()) {
    const ssize_t sent = ::send(socket, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) fail("send");
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
}

}  // namespace plenary::server::ops
