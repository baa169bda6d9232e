#pragma once
// How far a TCP connection has come.

#include <cstdint>

namespace plenary::server::net {

/// Bytes the peer has acknowledged since the connection began (Linux, tcp(7): TCP_INFO, tcpi_bytes_acked); 0 if unknown.
std::uint64_t acknowledged_bytes(int descriptor);

}  // namespace plenary::server::net
