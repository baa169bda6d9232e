#pragma once
// Under which address do others on the local network reach this machine?

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenary::server::cli {

struct NetworkAddress {
  std::string interface;
  std::string address;  ///< IPv4
};

/// The IPv4 addresses of the interfaces that are up, without the loopback.
std::vector<NetworkAddress> network_addresses();
/// The one a phone on the same network would use: a private one (RFC 1918) of real hardware before one of a container's or
/// virtual machine's bridge, before a public one.
std::optional<std::string> best_for_neighbours(const std::vector<NetworkAddress>& addresses);

}  // namespace plenary::server::cli
