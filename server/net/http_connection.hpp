#pragma once
// One HTTP/1.1 connection: reads a request, finds out who sends it, answers, and again; or becomes a WebSocket. On its
// core's thread.
//
// The second door of the operation table is here: POST /api/v1/ops/<op> (PROTOCOL.md P2, P3).

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/access/rate_limits.hpp"
#include "server/net/core.hpp"
#include "server/net/http_reply.hpp"
#include "server/net/origin.hpp"
#include "server/net/pages.hpp"
#include "server/operations.hpp"

namespace plenary::server::net {

/// What the HTTP door needs of the program. Outlives the connections of its core.
struct HttpTools {
  Core& core;
  Operations& operations;
  SessionTools& session_tools;
  sync::Reads& reads;
  const AllowedOrigins& origins;
  /// Whose session a token is; nobody for an unknown one. On a reader's thread.
  std::function<sync::Identity(storage::Connection&, std::string_view token)> identify;
  /// What everybody may read of a page, and a feed's text; empty, or nothing, where that is nothing. On a reader's thread.
  std::function<PageContent(storage::Connection&, const PageAddress&, const PageRequest&)> public_page;
  std::function<std::optional<std::string>(storage::Connection&, const FeedAddress&, const PageRequest&)> feed;

  struct Probe {
    std::string path;
    std::string query;
    bool peer_is_loopback = false;
    bool is_forwarded = false;
    std::string authorization;
  };
  /// /healthz, /readyz, /metrics and what else the program answers by GET; nothing for a path it does not know.
  std::function<std::optional<HttpReply>(const Probe&)> probe;
  /// Demo only: signs in as one of its people; gives a token and where to go.
  std::function<void(std::string who, std::function<void(std::optional<std::string> token)>)> demo_sign_in;
  /// How long the browser keeps its cookie.
  std::chrono::seconds cookie_age{};
};

class HttpConnection final : public std::enable_shared_from_this<HttpConnection> {
 public:
  HttpConnection(boost::asio::ip::tcp::socket socket, HttpTools& tools);
  void start();

 private:
  using Message = boost::beast::http::request<boost::beast::http::string_body>;
  struct Sender {
    sync::Identity identity;
    bool is_browser = false;
    bool token_refused = false;  ///< a Bearer token nobody has
  };

  void read();
  void on_read(const boost::beast::error_code& error);
  void route();
  void route_get(const std::string& path, const std::string& query);
  void identify(std::function<void(const Sender&)> then);
  void upgrade();
  void perform(const std::string& operation);
  void answer_operation(protocol::Operation operation, bool is_browser, const protocol::Result<sync::Answer>& answer);
  void serve_page(const PageAddress& address, const PageRequest& request);
  void serve_feed(const FeedAddress& address, const PageRequest& request);
  [[nodiscard]] PageRequest page_request_of(const std::string& query) const;
  void demo_sign_in(const std::string& who);
  void respond(HttpReply reply);
  [[nodiscard]] std::string header(boost::beast::http::field name) const;
  [[nodiscard]] bool origin_allowed() const;
  [[nodiscard]] std::string cookie_name() const;
  [[nodiscard]] std::string session_cookie(const std::string& token) const;

  boost::beast::tcp_stream stream_;
  HttpTools& tools_;
  std::string peer_address_;
  bool peer_is_loopback_ = false;
  boost::beast::flat_buffer inbound_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  Message request_;
};

}  // namespace plenary::server::net
