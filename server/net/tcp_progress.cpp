#include "server/net/tcp_progress.hpp"

// The kernel's header: the C library's tcp_info ends before tcpi_bytes_acked. The two cannot stand in one file.
#include <linux/tcp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace plenary::server::net {

std::uint64_t acknowledged_bytes(int descriptor) {
  tcp_info info{};
  socklen_t size = sizeof info;
  if (::getsockopt(descriptor, IPPROTO_TCP, TCP_INFO, &info, &size) != 0) return 0;
  return info.tcpi_bytes_acked;
}

}  // namespace plenary::server::net
