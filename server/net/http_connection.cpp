#include "server/net/http_connection.hpp"

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "server/net/beast_socket.hpp"
#include "server/net/pages.hpp"

namespace plenary::server::net {

namespace beast = boost::beast;
namespace http = beast::http;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;

namespace {

constexpr std::chrono::seconds header_timeout{10};
constexpr std::chrono::seconds answer_timeout{60};
constexpr std::uint32_t header_bytes = 8 * 1024;
constexpr std::string_view operations_path = "/api/v1/ops/";
constexpr std::string_view socket_path = "/api/v1/socket";
constexpr std::string_view demo_path = "/demo/";
constexpr std::string_view bearer = "Bearer ";

std::string to_string(boost::string_view text) { return {text.data(), text.size()}; }

HttpReply ok_reply(const sync::Answer& answer, bool with_token) {
  std::string ok = answer.ok;
  if (with_token && answer.secret) ok.insert(ok.size() - 1, ",\"token\":\"" + *answer.secret + "\"");
  return {200, "application/json", "{\"ok\":" + ok + "}", {{"Cache-Control", "no-store"}}};
}

}  // namespace

HttpConnection::HttpConnection(boost::asio::ip::tcp::socket socket, HttpTools& tools)
    : stream_{std::move(socket)}, tools_{tools} {
  beast::error_code error;
  const auto endpoint = stream_.socket().remote_endpoint(error);
  if (!error) {
    peer_address_ = endpoint.address().to_string();
    peer_is_loopback_ = endpoint.address().is_loopback();
  }
  stream_.socket().set_option(boost::asio::ip::tcp::no_delay{true}, error);
}

void HttpConnection::start() { read(); }

void HttpConnection::read() {
  parser_.emplace();
  parser_->header_limit(header_bytes);
  parser_->body_limit(static_cast<std::uint64_t>(protocol::default_limits.frame_bytes));
  stream_.expires_after(header_timeout);
  http::async_read(stream_, inbound_, *parser_,
                   [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_read(error); });
}

void HttpConnection::on_read(const beast::error_code& error) {
  if (error == http::error::body_limit) {
    request_ = parser_->release();
    request_.keep_alive(false);
    return respond(error_reply(Error{ErrorCode::too_large}));
  }
  if (error) return;
  request_ = parser_->release();
  stream_.expires_after(answer_timeout);
  route();
}

void HttpConnection::route() {
  const std::string target = to_string(request_.target());
  const auto query_at = target.find('?');
  const std::string path = target.substr(0, query_at);
  const std::string query = query_at == std::string::npos ? std::string{} : target.substr(query_at + 1);
  if (path == socket_path) return upgrade();
  if (path.starts_with(operations_path)) return perform(path.substr(operations_path.size()));
  if (request_.method() != http::verb::get && request_.method() != http::verb::head) {
    return respond({405, "text/plain; charset=utf-8", "method not allowed\n", {{"Allow", "GET, HEAD"}}});
  }
  route_get(path, query);
}

void HttpConnection::route_get(const std::string& path, const std::string& query) {
  const bool is_forwarded = request_.find(http::field::forwarded) != request_.end() ||
                            request_.find("X-Forwarded-For") != request_.end() ||
                            request_.find(http::field::via) != request_.end();
  auto known = tools_.probe({path, query, peer_is_loopback_, is_forwarded, header(http::field::authorization)});
  if (known) return respond(std::move(*known));
  if (tools_.demo_sign_in && peer_is_loopback_ && !is_forwarded && path.starts_with(demo_path)) {
    return demo_sign_in(path.substr(demo_path.size()));
  }
  if (const auto address = page_address(path)) return serve_page(*address, page_request_of(query));
  if (const auto address = feed_address(path)) return serve_feed(*address, page_request_of(query));
  if (auto file = asset(path, header(http::field::accept_encoding)); file && path != "/index.html") {
    return respond(std::move(*file));
  }
  respond(page(preferred_language(header(http::field::cookie), header(http::field::accept_language)), {}, false));
}

PageRequest HttpConnection::page_request_of(const std::string& query) const {
  PageRequest request =
      page_request(preferred_language(header(http::field::cookie), header(http::field::accept_language)), query);
  request.origin = tools_.origins.own(header(http::field::host));
  return request;
}

void HttpConnection::serve_page(const PageAddress& address, const PageRequest& request) {
  if (address.of == PageOf::house) return respond(page(request.language, {}, true));
  auto& core = tools_.core;
  tools_.reads.submit(
      [self = shared_from_this(), &core, request, address](storage::Connection& connection) {
        auto content = self->tools_.public_page(connection, address, request);
        core.post([self, language = request.language, content = std::move(content)] {
          self->respond(page(language, content, true));
        });
      },
      [self = shared_from_this(), &core, language = request.language] {
        core.post([self, language] { self->respond(page(language, {}, true)); });
      });
}

void HttpConnection::serve_feed(const FeedAddress& address, const PageRequest& request) {
  auto& core = tools_.core;
  tools_.reads.submit(
      [self = shared_from_this(), &core, request, address](storage::Connection& connection) {
        auto feed = self->tools_.feed(connection, address, request);
        core.post([self, language = request.language, feed = std::move(feed)] {
          if (!feed) return self->respond(page(language, {}, false));
          self->respond({200,
                         "application/atom+xml; charset=utf-8",
                         *feed,
                         {{"Cache-Control", "no-cache"}, {"Vary", "Accept-Language, Cookie"}}});
        });
      },
      [self = shared_from_this(), &core] {
        core.post([self] { self->respond(error_reply(Error{ErrorCode::unavailable, std::nullopt, 1'000})); });
      });
}

bool HttpConnection::origin_allowed() const {
  return tools_.origins.allows(header(http::field::origin), header(http::field::host));
}

std::string HttpConnection::cookie_name() const { return tools_.origins.is_secure() ? "__Host-plenary" : "plenary"; }

std::string HttpConnection::session_cookie(const std::string& token) const {
  return cookie_name() + "=" + token +
         "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(token.empty() ? 0 : tools_.cookie_age.count()) +
         (tools_.origins.is_secure() ? "; Secure" : "");
}

void HttpConnection::identify(std::function<void(const Sender&)> then) {
  Sender sender;
  sender.is_browser = request_.find(http::field::origin) != request_.end();
  const std::string authorization = header(http::field::authorization);
  const bool by_token = authorization.starts_with(bearer);
  // A cookie counts only with an allowed Origin (P3); that one which is not allowed got no further than route().
  const std::string cookies = header(http::field::cookie);
  const std::string token = by_token            ? authorization.substr(bearer.size())
                            : sender.is_browser ? std::string{cookie_value(cookies, cookie_name())}
                                                : std::string{};
  if (token.empty() && !by_token) return then(sender);
  auto& core = tools_.core;
  tools_.reads.submit(
      [self = shared_from_this(), &core, sender, by_token, token, then](storage::Connection& connection) mutable {
        sender.identity = self->tools_.identify(connection, token);
        sender.token_refused = by_token && !sender.identity.session;
        core.post([self, sender, then] { then(sender); });
      },
      [self = shared_from_this(), &core] {
        core.post([self] { self->respond(error_reply(Error{ErrorCode::unavailable})); });
      });
}

void HttpConnection::upgrade() {
  if (!beast::websocket::is_upgrade(request_)) {
    return respond({426, "text/plain; charset=utf-8", "a WebSocket is spoken here\n", {{"Upgrade", "websocket"}}});
  }
  if (request_.find(http::field::origin) != request_.end() && !origin_allowed()) {
    return respond(error_reply(Error{ErrorCode::bad_origin}));
  }
  identify([self = shared_from_this()](const Sender& sender) {
    if (sender.token_refused) return self->respond(error_reply(Error{ErrorCode::bad_token}));
    auto socket = std::make_shared<BeastSocket>(std::move(self->stream_),
                                                static_cast<std::size_t>(protocol::default_limits.frame_bytes));
    auto session = std::make_shared<Session>(
        self->tools_.session_tools, SessionPeer{sender.identity, sender.is_browser, self->peer_address_}, socket);
    // A program that offers nothing is taken to know what it does; a browser of another protocol is told to stop.
    const bool knows = self->request_[http::field::sec_websocket_protocol].empty() || offers_protocol(self->request_);
    socket->accept(self->request_, [session, socket, knows] {
      if (!knows) return socket->close(close_code::unknown_protocol);
      session->start();
    });
  });
}

void HttpConnection::perform(const std::string& name) {
  if (request_.method() != http::verb::post) {
    return respond({405, "text/plain; charset=utf-8", "method not allowed\n", {{"Allow", "POST"}}});
  }
  if (request_.find(http::field::origin) != request_.end() && !origin_allowed()) {
    return respond(error_reply(Error{ErrorCode::bad_origin}));
  }
  const auto operation = protocol::operation_from_wire(name);
  if (!operation) return respond(error_reply(Error{ErrorCode::unknown_operation, "op"}));
  auto args = request_.body().empty() ? protocol::Result<protocol::Json>{protocol::Json::object()}
                                      : protocol::parse_json(request_.body());
  if (!args) return respond(error_reply(args.error()));
  identify([self = shared_from_this(), operation = *operation, args = std::move(*args)](const Sender& sender) {
    if (sender.token_refused) return self->respond(error_reply(Error{ErrorCode::bad_token}));
    std::optional<std::string> key;
    if (const auto found = self->request_.find("Idempotency-Key"); found != self->request_.end()) {
      key = to_string(found->value());
    }
    Request request{operation, args, key, sender.identity, Via::http, sender.is_browser, self->peer_address_};
    auto& core = self->tools_.core;
    self->tools_.operations.perform(
        std::move(request), {core, core.hub()},
        [self, operation, is_browser = sender.is_browser](const protocol::Result<sync::Answer>& answer) {
          self->answer_operation(operation, is_browser, answer);
        });
  });
}

void HttpConnection::answer_operation(Operation operation, bool is_browser,
                                      const protocol::Result<sync::Answer>& answer) {
  if (!answer) return respond(error_reply(answer.error()));
  HttpReply reply = ok_reply(*answer, !is_browser);
  if (is_browser && answer->secret) reply.headers.emplace_back("Set-Cookie", session_cookie(*answer->secret));
  if (is_browser && operation == Operation::session_end) {
    reply.headers.emplace_back("Set-Cookie", session_cookie({}));
  }
  respond(std::move(reply));
}

void HttpConnection::demo_sign_in(const std::string& who) {
  tools_.demo_sign_in(who, [self = shared_from_this()](const std::optional<std::string>& token) {
    self->tools_.core.post([self, token] {
      if (!token) return self->respond({404, "text/plain; charset=utf-8", "no such person in the demo\n", {}});
      self->respond({303,
                     "text/plain; charset=utf-8",
                     {},
                     {{"Location", "/"}, {"Set-Cookie", self->session_cookie(*token)}, {"Cache-Control", "no-store"}}});
    });
  });
}

std::string HttpConnection::header(http::field name) const { return to_string(request_[name]); }

void HttpConnection::respond(HttpReply reply) {
  auto response =
      std::make_shared<http::response<http::string_body>>(static_cast<http::status>(reply.status), request_.version());
  response->set(http::field::content_type, reply.content_type);
  for (const auto& [name, value] : security_headers(header(http::field::host))) response->set(name, value);
  for (const auto& [name, value] : reply.headers) response->insert(name, value);
  response->keep_alive(request_.keep_alive());
  if (request_.method() == http::verb::head) {
    response->content_length(reply.body.size());
  } else {
    response->body() = std::move(reply.body);
    response->prepare_payload();
  }
  stream_.expires_after(answer_timeout);
  http::async_write(stream_, *response, [self = shared_from_this(), response](beast::error_code error, std::size_t) {
    if (error) return;
    if (response->keep_alive()) return self->read();
    self->stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, error);
  });
}

}  // namespace plenary::server::net
