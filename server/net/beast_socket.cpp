#include "server/net/beast_socket.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/http/field.hpp>
#include <chrono>

#include "server/net/tcp_progress.hpp"

namespace plenary::server::net {

namespace beast = boost::beast;
namespace websocket = beast::websocket;

namespace {

// A client pings every 25 s; Beast asks a silent one itself at half of this.
constexpr std::chrono::seconds idle_timeout{90};
constexpr std::chrono::seconds handshake_timeout{15};
constexpr boost::string_view subprotocol = "plenary.v1";
const sync::Frame newline = sync::make_frame("\n");

}  // namespace

bool offers_protocol(const BeastSocket::UpgradeRequest& request) {
  return request[beast::http::field::sec_websocket_protocol].find(subprotocol) != boost::string_view::npos;
}

BeastSocket::BeastSocket(beast::tcp_stream stream, std::size_t frame_bytes)
    : stream_{DrainingStream{std::move(stream)}} {
  beast::get_lowest_layer(stream_).expires_never();
  websocket::stream_base::timeout timeouts{};
  timeouts.handshake_timeout = handshake_timeout;
  timeouts.idle_timeout = idle_timeout;
  timeouts.keep_alive_pings = true;
  stream_.set_option(timeouts);
  stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
    response.set(beast::http::field::sec_websocket_protocol, subprotocol);
  }));
  stream_.auto_fragment(false);
  stream_.read_message_max(frame_bytes);
  stream_.text(true);
}

void BeastSocket::accept(const UpgradeRequest& request, std::function<void()> accepted) {
  if (!offers_protocol(request)) {
    // RFC 6455, 4.2.2: the answer names no subprotocol that was not offered.
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type&) {}));
  }
  stream_.async_accept(request, [self = shared_from_this(), accepted = std::move(accepted)](beast::error_code error) {
    if (!error) accepted();
  });
}

void BeastSocket::start(std::shared_ptr<SocketHandler> handler) {
  handler_ = std::move(handler);
  read();
}

void BeastSocket::read() {
  if (reading_ || paused_ || !handler_) return;
  reading_ = true;
  stream_.async_read(inbound_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_read(error); });
}

void BeastSocket::on_read(const beast::error_code& error) {
  reading_ = false;
  if (error || !handler_) return end();
  if (!stream_.got_text()) {
    close(websocket::close_code::unknown_data);
  } else if (close_code_ == 0) {
    const auto data = inbound_.data();
    handler_->on_text({static_cast<const char*>(data.data()), data.size()});
  }
  inbound_.consume(inbound_.size());
  // A rare long message leaves no long buffer behind.
  if (inbound_.capacity() > 4'096) inbound_.shrink_to_fit();
  read();
}

void BeastSocket::pause_reading(bool paused) {
  if (paused_ == paused) return;
  paused_ = paused;
  read();
}

void BeastSocket::write(std::vector<sync::Frame> frames) {
  if (close_sent_) return;
  writing_ = std::move(frames);
  std::vector<boost::asio::const_buffer> buffers;
  buffers.reserve(writing_.size() * 2);
  for (const sync::Frame& frame : writing_) {
    if (!buffers.empty()) buffers.push_back(boost::asio::buffer(*newline));
    buffers.push_back(boost::asio::buffer(*frame));
  }
  stream_.async_write(buffers, [self = shared_from_this()](beast::error_code error, std::size_t) {
    self->writing_.clear();
    if (error || !self->handler_) return self->end();
    if (self->close_code_ != 0) return self->send_close();
    // Kept here: the handler may let go of itself.
    const auto handler = self->handler_;
    handler->on_written();
  });
}

std::uint64_t BeastSocket::acknowledged_bytes() const {
  // native_handle() is not const in Asio.
  return net::acknowledged_bytes(const_cast<BeastSocket*>(this)->stream_.next_layer().socket().native_handle());
}

void BeastSocket::close(std::uint16_t code) {
  if (close_code_ != 0) return;
  close_code_ = code;
  // Beast allows one write at a time: the close frame waits for the one under way, but not for a peer that takes nothing.
  if (writing_.empty()) {
    send_close();
  } else if (code == close_code::reads_nothing) {
    end();
  }
}

void BeastSocket::send_close() {
  if (close_sent_) return;
  close_sent_ = true;
  paused_ = false;
  const websocket::close_reason reason{close_code_};
  stream_.async_close(reason, [self = shared_from_this()](beast::error_code) { self->end(); });
}

void BeastSocket::end() {
  beast::error_code ignored;
  beast::get_lowest_layer(stream_).socket().close(ignored);
  if (const auto handler = std::exchange(handler_, nullptr)) handler->on_closed();
}

}  // namespace plenary::server::net
