#include "tests/support/client.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <random>

namespace plenary::test {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http_protocol = beast::http;
namespace websocket = beast::websocket;
using Request = http_protocol::request<http_protocol::string_body>;
using Response = http_protocol::response<http_protocol::string_body>;

namespace {

/// A test that waits longer has failed; how long that takes to say is all that depends on it.
constexpr std::chrono::seconds patience{60};
constexpr std::uint16_t no_close_frame = 1006;
constexpr std::size_t largest_frame = 256UL * 1024 * 1024;

beast::string_view view(std::string_view text) { return {text.data(), text.size()}; }
std::string str(beast::string_view text) { return {text.data(), text.size()}; }

asio::ip::tcp::endpoint here(std::uint16_t port) { return {asio::ip::address_v4::loopback(), port}; }

/// Runs one asynchronous call to its end.
template <class Start>
beast::error_code finish(asio::io_context& context, Start start) {
  beast::error_code outcome;
  start([&outcome](const beast::error_code& error, auto&&...) { outcome = error; });
  context.restart();
  context.run();
  return outcome;
}

void require(const beast::error_code& error, const char* what) {
  if (error) throw std::runtime_error{std::string{what} + ": " + error.message()};
}

void connect(asio::io_context& context, beast::tcp_stream& stream, std::uint16_t port, int receive_buffer_bytes) {
  stream.socket().open(asio::ip::tcp::v4());
  if (receive_buffer_bytes > 0) {
    stream.socket().set_option(asio::socket_base::receive_buffer_size{receive_buffer_bytes});
  }
  stream.expires_after(patience);
  require(finish(context, [&](auto done) { stream.async_connect(here(port), std::move(done)); }), "connect");
  stream.socket().set_option(asio::ip::tcp::no_delay{true});
}

HttpReply taken_apart(const Response& response) {
  HttpReply reply{response.result_int(), response.body(), {}};
  for (const auto& field : response) reply.headers.emplace_back(str(field.name_string()), str(field.value()));
  return reply;
}

}  // namespace

std::string new_key() {
  static std::atomic<std::uint64_t> count{std::random_device{}()};
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
          .count();
  char text[64];
  const auto at = static_cast<std::uint64_t>(milliseconds);
  std::snprintf(text, sizeof text, "%08llx-%04llx-7000-8000-%012llx",
                static_cast<unsigned long long>(at >> 16 & 0xFFFFFFFF), static_cast<unsigned long long>(at & 0xFFFF),
                static_cast<unsigned long long>(++count & 0xFFFFFFFFFFFF));
  return text;
}

Headers Who::headers() const {
  Headers headers;
  if (!token.empty()) headers.emplace_back("Authorization", "Bearer " + token);
  if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
  if (!origin.empty()) headers.emplace_back("Origin", origin);
  return headers;
}

std::string HttpReply::header(std::string_view name) const {
  const auto found = std::find_if(headers.begin(), headers.end(),
                                  [&](const auto& one) { return beast::iequals(view(one.first), view(name)); });
  return found == headers.end() ? std::string{} : found->second;
}

HttpReply http(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers,
               std::string_view body) {
  asio::io_context context;
  beast::tcp_stream stream{context};
  connect(context, stream, port, 0);
  Request request;
  request.version(11);
  request.method_string(view(method));
  request.target(view(target));
  request.set(http_protocol::field::host, "127.0.0.1:" + std::to_string(port));
  for (const auto& [name, value] : headers) request.insert(name, value);
  request.keep_alive(false);
  request.body() = body;
  request.prepare_payload();
  require(finish(context, [&](auto done) { http_protocol::async_write(stream, request, std::move(done)); }), "write");
  beast::flat_buffer inbound;
  http_protocol::response_parser<http_protocol::string_body> parser;
  parser.body_limit(largest_frame);
  require(finish(context, [&](auto done) { http_protocol::async_read(stream, inbound, parser, std::move(done)); }),
          "read");
  return taken_apart(parser.get());
}

HttpReply operate(std::uint16_t port, std::string_view operation, const Json& args, const Who& who,
                  const std::string& key) {
  Headers headers = who.headers();
  if (!key.empty()) headers.emplace_back("Idempotency-Key", key);
  return http(port, "POST", "/api/v1/ops/" + std::string{operation}, headers, args.dump());
}

struct Socket::Parts {
  asio::io_context context;
  websocket::stream<beast::tcp_stream> stream{context};
  beast::flat_buffer inbound;
  Response handshake;
  std::int64_t last_id = 0;
  std::vector<Json> log;
  std::vector<bool> taken;
  std::size_t first_untaken = 0;

  void hurry() { beast::get_lowest_layer(stream).expires_after(patience); }
};

Socket::Socket(std::uint16_t port, const Options& options) : parts_{std::make_unique<Parts>()} {
  auto& stream = parts_->stream;
  connect(parts_->context, beast::get_lowest_layer(stream), port, options.receive_buffer_bytes);
  stream.auto_fragment(false);
  stream.read_message_max(largest_frame);
  stream.set_option(websocket::stream_base::decorator([&options](websocket::request_type& request) {
    if (!options.subprotocol.empty()) {
      request.set(http_protocol::field::sec_websocket_protocol, options.subprotocol);
    }
    for (const auto& [name, value] : options.who.headers()) request.insert(name, value);
    for (const auto& [name, value] : options.headers) request.insert(name, value);
  }));
  const std::string host = "127.0.0.1:" + std::to_string(port);
  const auto error = finish(parts_->context, [&](auto done) {
    stream.async_handshake(parts_->handshake, host, "/api/v1/socket", std::move(done));
  });
  if (error == websocket::error::upgrade_declined) throw UpgradeRefused{taken_apart(parts_->handshake)};
  require(error, "upgrade");
}

Socket::~Socket() = default;
Socket::Socket(Socket&&) noexcept = default;
Socket& Socket::operator=(Socket&&) noexcept = default;

std::string Socket::handshake_header(std::string_view name) const {
  return taken_apart(parts_->handshake).header(name);
}

void Socket::send(std::string_view frame) {
  parts_->hurry();
  parts_->stream.text(true);
  require(finish(parts_->context, [&](auto done) { parts_->stream.async_write(asio::buffer(frame), std::move(done)); }),
          "send");
}

void Socket::send_binary(std::string_view bytes) {
  parts_->hurry();
  parts_->stream.binary(true);
  require(finish(parts_->context, [&](auto done) { parts_->stream.async_write(asio::buffer(bytes), std::move(done)); }),
          "send");
}

std::int64_t Socket::request(std::string_view operation, const Json& args, const std::string& key) {
  const std::int64_t id = ++parts_->last_id;
  Json frame{{"id", id}, {"op", operation}, {"args", args}};
  if (!key.empty()) frame["key"] = key;
  send(frame.dump());
  return id;
}

Json Socket::reply(std::int64_t id) {
  return next([id](const Json& one) { return one.contains("id") && one["id"] == id; });
}

Json Socket::next(const std::function<bool(const Json&)>& wanted) {
  for (std::size_t i = parts_->first_untaken;; ++i) {
    while (i >= parts_->log.size()) read();
    if (parts_->taken[i] || !wanted(parts_->log[i])) continue;
    parts_->taken[i] = true;
    auto& first = parts_->first_untaken;
    while (first < parts_->taken.size() && parts_->taken[first]) ++first;
    return parts_->log[i];
  }
}

void Socket::read() {
  parts_->hurry();
  parts_->inbound.clear();
  const auto error =
      finish(parts_->context, [&](auto done) { parts_->stream.async_read(parts_->inbound, std::move(done)); });
  if (error == beast::error::timeout) throw std::runtime_error{"nothing came"};
  // The peer may be gone before it has our answer to its close frame: that it sent one counts.
  const std::uint16_t told = parts_->stream.reason().code;
  if (error) throw SocketClosed{told != 0 ? told : no_close_frame};
  std::string_view rest{static_cast<const char*>(parts_->inbound.data().data()), parts_->inbound.size()};
  while (!rest.empty()) {
    const auto end = std::min(rest.find('\n'), rest.size());
    parts_->log.push_back(Json::parse(rest.substr(0, end)));
    parts_->taken.push_back(false);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

const std::vector<Json>& Socket::log() const { return parts_->log; }

std::uint16_t Socket::wait_for_close() {
  try {
    for (;;) read();
  } catch (const SocketClosed& closed) {
    return closed.code;
  }
}

void Socket::drop() { beast::get_lowest_layer(parts_->stream).close(); }

}  // namespace plenary::test
