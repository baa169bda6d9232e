#pragma once
// A live webinar on the server under load, and the guests who connect to it.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tests/bench/connection.hpp"
#include "tests/bench/measure.hpp"

namespace plenary::bench {

/// The server under load, and the one thread of this client.
struct Venue {
  boost::asio::io_context context{1};
  boost::asio::ip::tcp::endpoint server;
  int server_process = 0;
  std::int64_t webinar = 0;
  std::string host_token;

  /// Runs handlers until `done`. Throws after two minutes: the server is stuck.
  void run_until(const std::function<bool()>& done, const char* what);
  [[nodiscard]] std::string channel() const { return "webinar/" + std::to_string(webinar); }
};

/// With the one-use token that a server with an empty data folder prints: becomes its administrator, and makes a live,
/// public webinar.
void open_webinar(Venue& venue, const std::string& setup_token);
/// So many new guests of it: their tokens.
std::vector<std::string> join_guests(Venue& venue, std::size_t count);

/// Asks one thing on a connection of its own, and returns the reply's line. Throws on an error.
std::string ask(Venue& venue, const std::string& token, const std::string& request_after_id);

/// Where a member of the crowd is, and where it resumes.
struct Member {
  std::shared_ptr<Connection> connection;
  std::string epoch;
  std::int64_t commit = 0;
  std::int64_t rev = 0;
  bool is_greeted = false;
};

class Crowd : public ConnectionHandler {
 public:
  Crowd(Venue& venue, std::vector<std::string> tokens);
  ~Crowd() override;
  Crowd(const Crowd&) = delete;
  Crowd& operator=(const Crowd&) = delete;

  std::vector<Member> members;
  std::size_t greeted = 0;  ///< whose hello was answered
  std::size_t gaps = 0;     ///< pushes that began after what the member had (P22)
  /// A line of the server's that is neither a hello's answer nor a signal; its push was taken note of.
  std::function<void(std::size_t member, std::string_view line)> on_message = [](std::size_t, std::string_view) {};
  /// The answer to a member's hello, already taken note of.
  std::function<void(std::size_t member, std::string_view line)> on_greeted = [](std::size_t, std::string_view) {};

  /// Connects everybody, `at_once` at a time; with or without a subscription to the webinar.
  void open(std::size_t at_once, bool is_subscribing);
  /// Connects everybody at the same moment, each resuming from where it was.
  void resume();
  void drop();
  void send(std::size_t member, std::string_view text) { members[member].connection->send(text); }

  void on_line(Connection& connection, std::string_view line) override;
  void on_lost(Connection& connection, const std::string& reason) override;

 private:
  void open_one(std::size_t member, const std::string& subscriptions);
  void greet(std::size_t member, std::string_view line);

  Venue& venue_;
  std::vector<std::string> tokens_;
};

}  // namespace plenary::bench
