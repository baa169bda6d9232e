#pragma once
// What reads and writes after the upgrade stands behind this interface, so that the engine can be replaced without
// touching a feature. Everything on the core's thread.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "server/sync/frame.hpp"

namespace plenary::server::net {

/// Close codes (PROTOCOL.md P8; RFC 6455, section 7.4).
namespace close_code {
inline constexpr std::uint16_t stopping = 4000;
inline constexpr std::uint16_t reads_nothing = 4001;
inline constexpr std::uint16_t flooding = 4002;
inline constexpr std::uint16_t unknown_protocol = 4500;
}  // namespace close_code

class SocketHandler {
 public:
  virtual ~SocketHandler() = default;
  /// One text message, whole; the view lives until it returns.
  virtual void on_text(std::string_view text) = 0;
  /// The last write() was taken by the system.
  virtual void on_written() = 0;
  /// Once, whoever closed; nothing follows.
  virtual void on_closed() = 0;
};

class Socket {
 public:
  virtual ~Socket() = default;
  /// Begins to read. The socket keeps its handler alive until on_closed().
  virtual void start(std::shared_ptr<SocketHandler> handler) = 0;
  /// All frames as one text message, joined by newlines, in one gathered write. One at a time.
  virtual void write(std::vector<sync::Frame> frames) = 0;
  /// A paused socket takes no further message: the sender feels it through TCP.
  virtual void pause_reading(bool paused) = 0;
  /// Bytes the peer has acknowledged: whether it accepts anything at all.
  [[nodiscard]] virtual std::uint64_t acknowledged_bytes() const = 0;
  /// Sends the code after what is being written, waits a moment for the peer's, and closes.
  virtual void close(std::uint16_t code) = 0;
};

}  // namespace plenary::server::net
