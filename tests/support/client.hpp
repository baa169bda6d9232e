#pragma once
// A client of the two doors for tests. Every call waits for what it asks for, and throws when that has not come within a
// minute. One object a thread. Beast stays in client.cpp, so that suites compile fast.

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plenary::test {

using Json = nlohmann::json;
using Headers = std::vector<std::pair<std::string, std::string>>;

/// A UUIDv7, another one each time. Any thread.
std::string new_key();

/// How a request says who it is; what is empty is not sent.
struct Who {
  std::string token{};
  std::string cookie{};  ///< "plenary=…"
  std::string origin{};

  [[nodiscard]] Headers headers() const;
};

struct HttpReply {
  unsigned status = 0;
  std::string body;
  Headers headers;

  [[nodiscard]] Json json() const { return Json::parse(body); }
  /// Empty when there is none.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// One request on a connection of its own.
HttpReply http(std::uint16_t port, std::string_view method, std::string_view target, const Headers& headers = {},
               std::string_view body = {});
inline HttpReply get(std::uint16_t port, std::string_view target, const Headers& headers = {}) {
  return http(port, "GET", target, headers);
}
/// POST /api/v1/ops/<op>; an empty key is not sent.
HttpReply operate(std::uint16_t port, std::string_view operation, const Json& args, const Who& who = {},
                  const std::string& key = new_key());

/// The server answered the upgrade with something else.
struct UpgradeRefused : std::runtime_error {
  explicit UpgradeRefused(HttpReply given)
      : std::runtime_error{"upgrade refused: " + given.body}, reply{std::move(given)} {}
  HttpReply reply;
};

/// The socket was closed where a frame was awaited.
struct SocketClosed : std::runtime_error {
  explicit SocketClosed(std::uint16_t given)
      : std::runtime_error{"closed with " + std::to_string(given)}, code{given} {}
  std::uint16_t code;
};

class Socket {
 public:
  struct Options {
    Who who{};
    std::string subprotocol = "plenary.v1";
    Headers headers{};
    int receive_buffer_bytes = 0;  ///< 0: the system's
  };

  /// Throws UpgradeRefused.
  Socket(std::uint16_t port, const Options& options);
  explicit Socket(std::uint16_t port, Who who = {}) : Socket{port, Options{std::move(who)}} {}
  ~Socket();
  Socket(Socket&&) noexcept;
  Socket& operator=(Socket&&) noexcept;

  /// Of the answer to the upgrade.
  [[nodiscard]] std::string handshake_header(std::string_view name) const;

  /// One text frame, as it is.
  void send(std::string_view frame);
  void send_binary(std::string_view bytes);
  /// Sends one request and gives its id. An empty key is not sent.
  std::int64_t request(std::string_view operation, const Json& args, const std::string& key = {});
  /// The answer to one request: {"id":7,"ok":…} or {"id":7,"error":…}.
  Json reply(std::int64_t id);
  Json ask(std::string_view operation, const Json& args = Json::object()) { return reply(request(operation, args)); }
  Json change(std::string_view operation, const Json& args, const std::string& key = new_key()) {
    return reply(request(operation, args, key));
  }

  /// The first object, come already or still to come, that is wanted and was not taken before.
  Json next(const std::function<bool(const Json&)>& wanted);
  /// Everything that came, in order, taken or not. A reply to `ask` comes after all that was sent before it.
  [[nodiscard]] const std::vector<Json>& log() const;
  /// Reads to the end. The peer's close code; 1006 when the connection broke.
  std::uint16_t wait_for_close();
  /// Closes the TCP connection without a word, as a phone does in a tunnel.
  void drop();

 private:
  struct Parts;
  void read();

  std::unique_ptr<Parts> parts_;
};

}  // namespace plenary::test
