#pragma once
// A WebSocket of Boost.Beast behind the Socket interface (RFC 6455). Frames are joined into one message and written with
// one gathered call.

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <functional>
#include <memory>

#include "server/net/draining_stream.hpp"
#include "server/net/socket.hpp"

namespace plenary::server::net {

class BeastSocket final : public Socket, public std::enable_shared_from_this<BeastSocket> {
 public:
  using UpgradeRequest = boost::beast::http::request<boost::beast::http::string_body>;

  BeastSocket(boost::beast::tcp_stream stream, std::size_t frame_bytes);

  /// Answers the upgrade; `accepted` is called if that went well.
  void accept(const UpgradeRequest& request, std::function<void()> accepted);

  void start(std::shared_ptr<SocketHandler> handler) override;
  void write(std::vector<sync::Frame> frames) override;
  void pause_reading(bool paused) override;
  [[nodiscard]] std::uint64_t acknowledged_bytes() const override;
  void close(std::uint16_t code) override;

 private:
  void read();
  void on_read(const boost::beast::error_code& error);
  void send_close();
  void end();

  boost::beast::websocket::stream<DrainingStream, false> stream_;
  boost::beast::flat_buffer inbound_;
  std::vector<sync::Frame> writing_;  // kept alive until written
  std::shared_ptr<SocketHandler> handler_;
  std::uint16_t close_code_ = 0;  // wanted
  bool reading_ = false;
  bool paused_ = false;
  bool close_sent_ = false;
};

/// Does the client offer plenary.v1?
bool offers_protocol(const BeastSocket::UpgradeRequest& request);

}  // namespace plenary::server::net
