#pragma once
// Accepts connections and hands them to the cores in turn.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <vector>

#include "server/net/core.hpp"
#include "server/net/http_connection.hpp"

namespace plenary::server::net {

class Listener {
 public:
  /// Binds at once; throws boost::system::system_error. Accepts on the first core's thread.
  Listener(const boost::asio::ip::tcp::endpoint& endpoint, std::vector<HttpTools*> cores,
           std::function<void(const boost::system::error_code&)> failed);
  [[nodiscard]] std::uint16_t port() const;
  void start();
  /// Any thread. No connection is accepted after `closed` was called (on the first core's thread).
  void stop(std::function<void()> closed);

 private:
  void accept();

  std::vector<HttpTools*> cores_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_;
  std::function<void(const boost::system::error_code&)> failed_;
  std::size_t next_ = 0;
};

}  // namespace plenary::server::net
