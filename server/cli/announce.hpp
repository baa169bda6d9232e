#pragma once
// What `serve` says on standard output once it listens: where to go, and how to get in.

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "server/config.hpp"

namespace plenary::server::cli {

struct Announcement {
  Config::Server server;
  std::uint16_t port = 0;
  bool demo = false;
  bool lan = false;
  std::optional<std::string> neighbours_address{};  ///< of this machine on the local network
  std::optional<std::string> setup_token{};
  bool is_terminal = false;  ///< it may be told which colours a QR code wants
};

void announce(std::ostream& out, const Announcement& announcement);

}  // namespace plenary::server::cli
