#include "server/cli/local_network.hpp"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <memory>

namespace plenary::server::cli {

namespace {

bool is_private(std::string_view address) {
  in_addr parsed{};
  if (::inet_pton(AF_INET, std::string{address}.c_str(), &parsed) != 1) return false;
  const std::uint32_t bits = ntohl(parsed.s_addr);
  return (bits >> 24U) == 10 || (bits >> 20U) == 0xac1 || (bits >> 16U) == 0xc0a8;
}

bool is_bridge(std::string_view interface) {
  static constexpr auto prefixes = std::to_array<std::string_view>(
      {"docker", "br-", "virbr", "veth", "vnet", "lxc", "podman", "cni", "tun", "tap", "wg"});
  return std::any_of(prefixes.begin(), prefixes.end(), [&](auto prefix) { return interface.starts_with(prefix); });
}

int distance(const NetworkAddress& candidate) {
  if (!is_private(candidate.address)) return 2;
  return is_bridge(candidate.interface) ? 1 : 0;
}

}  // namespace

std::vector<NetworkAddress> network_addresses() {
  ifaddrs* list = nullptr;
  if (::getifaddrs(&list) != 0) return {};
  const std::unique_ptr<ifaddrs, decltype(&::freeifaddrs)> owner{list, &::freeifaddrs};
  std::vector<NetworkAddress> found;
  for (const ifaddrs* one = list; one != nullptr; one = one->ifa_next) {
    const bool is_usable = (one->ifa_flags & IFF_UP) != 0 && (one->ifa_flags & IFF_LOOPBACK) == 0;
    if (!is_usable || one->ifa_addr == nullptr || one->ifa_addr->sa_family != AF_INET) continue;
    std::array<char, INET_ADDRSTRLEN> text{};
    const auto* address = reinterpret_cast<const sockaddr_in*>(one->ifa_addr);
    if (::inet_ntop(AF_INET, &address->sin_addr, text.data(), text.size()) != nullptr) {
      found.push_back({one->ifa_name, text.data()});
    }
  }
  return found;
}

std::optional<std::string> best_for_neighbours(const std::vector<NetworkAddress>& addresses) {
  const auto best = std::min_element(addresses.begin(), addresses.end(),
                                     [](const auto& a, const auto& b) { return distance(a) < distance(b); });
  if (best == addresses.end()) return std::nullopt;
  return best->address;
}

}  // namespace plenary::server::cli
