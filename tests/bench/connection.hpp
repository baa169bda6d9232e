#pragma once
// A WebSocket client (RFC 6455) that costs next to nothing, so that what is measured is the server: frames are masked
// with a key of zeros, which leaves them as they are; every connection reads into one common buffer; a frame is handed
// on line by line where it lies. What the server sends is trusted to be well formed.
//
// One thread. A connection lives until it was dropped or lost and its last handler has run.

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace plenary::bench {

class Connection;

/// What the connections of a crowd tell. Outlives them.
class ConnectionHandler {
 public:
  virtual ~ConnectionHandler() = default;
  /// One JSON object of the server's; `line` is valid during the call.
  virtual void on_line(Connection& connection, std::string_view line) = 0;
  /// It ended, or never began, and nobody here dropped it.
  virtual void on_lost(Connection& connection, const std::string& reason) = 0;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// `index` is the handler's own: which of its connections this is.
  Connection(boost::asio::io_context& context, ConnectionHandler& handler, std::size_t index);

  [[nodiscard]] std::size_t index() const { return index_; }

  /// Connects, upgrades as the owner of `token` (empty: as nobody), and sends `first` as soon as that went well.
  void open(const boost::asio::ip::tcp::endpoint& server, const std::string& token, std::string first);
  void send(std::string_view text);
  /// Without a word, as a phone that leaves the network: the connection is reset.
  void drop();

 private:
  void upgrade(const std::string& token);
  void wait();
  void read();
  void consume(std::string_view data);
  [[nodiscard]] std::size_t consume_upgrade(std::string_view data);
  [[nodiscard]] std::size_t consume_frame(std::string_view data);
  void on_text(std::string_view text);
  void append_frame(char opcode, std::string_view payload);
  void flush();
  void lose(const std::string& reason);

  boost::asio::ip::tcp::socket socket_;
  ConnectionHandler& handler_;
  std::size_t index_;
  std::string first_;
  std::string partial_;   // what arrived of a frame that is not complete
  std::string outgoing_;  // waits for the write under way
  std::string writing_;
  bool is_upgraded_ = false;
  bool is_over_ = false;
};

}  // namespace plenary::bench
