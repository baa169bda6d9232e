#pragma once
// A TCP stream that a WebSocket can be closed on without losing its last word. When a frame is refused, what the peer still
// sends is read and thrown away until it ends its side, because a socket that is closed over unread bytes sends a reset, and
// the reset can overtake the close frame (RFC 6455, 7.1.1; RFC 1122, 4.2.2.13). Beast's own teardown means the same and stops
// after its first read: it looks at the count of the call before (Boost 1.81, websocket/impl/teardown.hpp).

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>

namespace plenary::server::net {

class DrainingStream : public boost::beast::tcp_stream {
 public:
  explicit DrainingStream(boost::beast::tcp_stream stream) : boost::beast::tcp_stream{std::move(stream)} {}
};

namespace detail {

/// Who sends more than this, or for longer, may be reset.
inline constexpr std::size_t most_drained_bytes = 1 << 20;
inline constexpr std::chrono::seconds longest_drain{5};

struct Drain {
  DrainingStream& stream;
  std::unique_ptr<std::array<char, 4'096>> buffer = std::make_unique<std::array<char, 4'096>>();
  std::size_t left = most_drained_bytes;

  template <class Self>
  void operator()(Self& self) {
    boost::beast::error_code ignored;
    stream.socket().shutdown(boost::asio::socket_base::shutdown_send, ignored);
    stream.expires_after(longest_drain);
    read(self);
  }

  template <class Self>
  void operator()(Self& self, const boost::beast::error_code& error, std::size_t bytes) {
    if (!error && bytes < left) {
      left -= bytes;
      return read(self);
    }
    boost::beast::error_code ignored;
    stream.socket().close(ignored);
    self.complete({});
  }

  template <class Self>
  void read(Self& self) {
    // Taken before the operation moves.
    const auto room = boost::asio::buffer(*buffer);
    auto& from = stream;
    from.async_read_some(room, std::move(self));
  }
};

}  // namespace detail

/// What Beast calls when a WebSocket over this stream ends (its customization point, found by the stream's namespace).
template <class Handler>
void async_teardown(boost::beast::role_type, DrainingStream& stream, Handler&& handler) {
  boost::asio::async_compose<Handler, void(boost::beast::error_code)>(detail::Drain{stream}, handler, stream);
}

}  // namespace plenary::server::net
