#include "server/cli/announce.hpp"

#include <ostream>

#include "server/cli/qr_code.hpp"
#include "server/version.hpp"

namespace plenary::server::cli {

namespace {

std::string http_address(const std::string& address, std::uint16_t port) {
  return "http://" + ListenAddress{address, port}.str();
}

/// What one can type on this machine: an unspecified address is every one of its own.
std::string own_address(const ListenAddress& listen, std::uint16_t port) {
  if (listen.address == "0.0.0.0") return http_address("127.0.0.1", port);
  if (listen.address == "::") return http_address("::1", port);
  return http_address(listen.address, port);
}

void announce_network(std::ostream& out, const Announcement& announcement) {
  if (!announcement.neighbours_address) {
    out << "This machine is on no network that others could reach it by.\n";
    return;
  }
  const auto address = http_address(*announcement.neighbours_address, announcement.port);
  const auto code = qr_code(address);
  out << "On the local network: " << address << '\n';
  // White on black, whatever the terminal's own colours are.
  out << (announcement.is_terminal ? "\033[97;40m" : "") << code << (announcement.is_terminal ? "\033[0m" : "");
}

void announce_demo(std::ostream& out, const std::string& here) {
  out << "A demonstration with invented people. Sign in with one click, on this machine only:\n";
  for (const char* role : {"host", "member", "moderator", "admin"}) out << "  " << here << "/demo/" << role << '\n';
}

}  // namespace

void announce(std::ostream& out, const Announcement& announcement) {
  const auto here = own_address(announcement.server.listen, announcement.port);
  const auto& public_url = announcement.server.public_url;
  out << "Plenary " << version << " listens at " << here << '\n';
  if (!public_url.empty()) out << "People reach it at " << public_url << '\n';
  if (announcement.lan) announce_network(out, announcement);
  if (announcement.demo) announce_demo(out, here);
  if (announcement.setup_token) {
    out << "Nobody looks after this server yet. Whoever opens this link first becomes its administrator:\n  "
        << (public_url.empty() ? here : public_url) << "/enter#" << *announcement.setup_token << '\n';
  }
  out.flush();
}

}  // namespace plenary::server::cli
