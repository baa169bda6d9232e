#include "tests/bench/connection.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>

namespace plenary::bench {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr char text_opcode = 0x1;
constexpr char close_opcode = 0x8;
constexpr char ping_opcode = 0x9;
constexpr char pong_opcode = 0xA;
constexpr char final_bit = static_cast<char>(0x80);

std::array<char, 256 * 1024> common_buffer;

std::uint64_t big_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

}  // namespace

Connection::Connection(asio::io_context& context, ConnectionHandler& handler, std::size_t index)
    : socket_{context}, handler_{handler}, index_{index} {}

void Connection::open(const asio::ip::tcp::endpoint& server, const std::string& token, std::string first) {
  first_ = std::move(first);
  socket_.async_connect(server, [self = shared_from_this(), token](const error_code& error) {
    if (self->is_over_) return;
    if (error) return self->lose(error.message());
    self->socket_.non_blocking(true);
    self->socket_.set_option(asio::ip::tcp::no_delay{true});
    self->upgrade(token);
    self->wait();
  });
}

void Connection::upgrade(const std::string& token) {
  // The server's answer to the key is not looked at, so it may be the example of RFC 6455, 1.3.
  outgoing_ =
      "GET /api/v1/socket HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
      "Sec-WebSocket-Protocol: plenary.v1\r\n";
  if (!token.empty()) outgoing_ += "Authorization: Bearer " + token + "\r\n";
  outgoing_ += "\r\n";
  flush();
}

void Connection::send(std::string_view text) {
  append_frame(text_opcode, text);
  flush();
}

void Connection::drop() {
  is_over_ = true;
  error_code ignored;
  socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
  socket_.close(ignored);
}

void Connection::wait() {
  socket_.async_wait(asio::ip::tcp::socket::wait_read, [self = shared_from_this()](const error_code& error) {
    if (self->is_over_) return;
    if (error) return self->lose(error.message());
    self->read();
  });
}

void Connection::read() {
  std::size_t size = 0;
  do {
    error_code error;
    size = socket_.read_some(asio::buffer(common_buffer), error);
    if (error == asio::error::would_block) break;
    if (error) return lose(error.message());
    consume({common_buffer.data(), size});
    if (is_over_) return;
  } while (size == common_buffer.size());
  wait();
}

void Connection::consume(std::string_view data) {
  const bool is_continued = !partial_.empty();
  if (is_continued) data = partial_.append(data);
  while (!data.empty() && !is_over_) {
    const std::size_t used = is_upgraded_ ? consume_frame(data) : consume_upgrade(data);
    if (used == 0) break;
    data.remove_prefix(used);
  }
  // A new string even where it was continued: a long answer leaves no long buffer behind.
  partial_ = std::string{data};
}

std::size_t Connection::consume_upgrade(std::string_view data) {
  const std::size_t end = data.find("\r\n\r\n");
  if (end == std::string_view::npos) return 0;
  if (data.substr(0, 13) != "HTTP/1.1 101 ") {
    lose(std::string{data.substr(0, data.find('\r'))});
    return 0;
  }
  is_upgraded_ = true;
  send(first_);
  return end + 4;
}

std::size_t Connection::consume_frame(std::string_view data) {
  if (data.size() < 2) return 0;
  std::size_t header = 2;
  auto length = static_cast<std::uint64_t>(data[1]);
  if (length >= 126) {
    header += length == 126 ? 2 : 8;
    if (data.size() < header) return 0;
    length = big_endian(data.substr(2, header - 2));
  }
  if (data.size() - header < length) return 0;
  const auto payload = data.substr(header, length);
  switch (data[0] & 0x0f) {
    case text_opcode: on_text(payload); break;
    case ping_opcode:
      append_frame(pong_opcode, payload);
      flush();
      break;
    case close_opcode: lose("close code " + std::to_string(big_endian(payload.substr(0, 2)))); break;
    default: lose("a frame that the protocol does not know");
  }
  return header + length;
}

void Connection::on_text(std::string_view text) {
  while (!text.empty() && !is_over_) {
    const auto line = text.substr(0, text.find('\n'));
    handler_.on_line(*this, line);
    text.remove_prefix(std::min(line.size() + 1, text.size()));
  }
}

void Connection::append_frame(char opcode, std::string_view payload) {
  constexpr char mask_bit = static_cast<char>(0x80);
  outgoing_ += static_cast<char>(final_bit | opcode);
  if (payload.size() < 126) {
    outgoing_ += static_cast<char>(mask_bit | static_cast<char>(payload.size()));
  } else {
    // Nothing sent here is longer than 64 KiB, the server's own limit.
    outgoing_ += static_cast<char>(mask_bit | 126);
    outgoing_ += static_cast<char>(payload.size() >> 8);
    outgoing_ += static_cast<char>(payload.size());
  }
  outgoing_.append(4, '\0');
  outgoing_ += payload;
}

void Connection::flush() {
  if (!writing_.empty() || outgoing_.empty() || is_over_) return;
  writing_.swap(outgoing_);
  asio::async_write(socket_, asio::buffer(writing_), [self = shared_from_this()](const error_code& error, std::size_t) {
    if (self->is_over_) return;
    if (error) return self->lose(error.message());
    self->writing_.clear();
    self->flush();
  });
}

void Connection::lose(const std::string& reason) {
  if (is_over_) return;
  drop();
  handler_.on_lost(*this, reason);
}

}  // namespace plenary::bench
