#pragma once
// One client on a socket: reads its frames, limits them, decodes them, and hands each operation on. The operations of the
// connection itself (hello, subscribe, unsubscribe, ping) are answered here; the others go to Operations.
//
// Lives on its core's thread, from the upgrade to on_closed().

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/json.hpp"
#include "protocol/operation.hpp"
#include "protocol/time.hpp"
#include "server/access/rate_limits.hpp"
#include "server/net/socket.hpp"
#include "server/operations.hpp"
#include "server/sync/subscriber.hpp"

namespace plenary::server::net {

class Session;

/// What the sessions of a core work with. Outlives them.
struct SessionTools {
  Operations& operations;
  sync::SubscriberTools& subscriber_tools;
  const protocol::Clock& clock;
  protocol::Limits limits;
  std::string version;
  std::string release;
  /// Reads who the session is, for `hello`.
  std::function<std::optional<protocol::Me>(storage::Connection&, protocol::SessionId)> describe;
  std::function<void(const std::shared_ptr<Session>&)> opened;
  std::function<void(const std::shared_ptr<Session>&)> ended;
  std::function<void(std::size_t frames, std::size_t bytes)> wrote;
};

struct SessionPeer {
  sync::Identity identity;
  bool is_browser = false;
  std::string address;
};

class Session final : public SocketHandler, public sync::Outlet, public std::enable_shared_from_this<Session> {
 public:
  Session(SessionTools& tools, SessionPeer peer, std::shared_ptr<Socket> socket);

  void start();
  /// Tells the client when to come back, then closes.
  void stop(std::int64_t reconnect_after_ms);
  /// Every few seconds: closes who accepts nothing.
  void check_progress(protocol::Timestamp now);

  // SocketHandler
  void on_text(std::string_view text) override;
  void on_written() override;
  void on_closed() override;
  // Outlet
  void write(std::vector<sync::Frame> frames) override;

 private:
  using RequestId = std::optional<std::int64_t>;

  void handle(std::string_view line);
  void dispatch(RequestId id, protocol::Operation operation, protocol::Json args, std::optional<std::string> key);
  std::optional<protocol::Error> refusal(protocol::Operation operation);
  void hello(RequestId id, const protocol::Json& args);
  void subscribe(RequestId id, const protocol::Json& args);
  void unsubscribe(RequestId id, const protocol::Json& args);
  void ping(RequestId id, const protocol::Json& args);
  void perform(RequestId id, protocol::Operation operation, protocol::Json args, std::optional<std::string> key);
  void answer(RequestId id, const protocol::Result<sync::Answer>& answer);
  void feel_pressure();

  SessionTools& tools_;
  SessionPeer peer_;
  std::shared_ptr<Socket> socket_;  ///< until it has closed
  std::shared_ptr<sync::Subscriber> subscriber_;
  access::TokenBucket operations_bucket_;
  std::int64_t outstanding_ = 0;
  std::int64_t refused_in_a_row_ = 0;
  bool greeted_ = false;
  bool closed_ = false;
  bool closing_ = false;  ///< once everything queued is written
  std::optional<protocol::Timestamp> stuck_since_;
  std::uint64_t acknowledged_then_ = 0;
  bool writing_ = false;
};

}  // namespace plenary::server::net
