#include "server/net/listener.hpp"

namespace plenary::server::net {

namespace asio = boost::asio;

namespace {
/// Out of file descriptors: accepting at once again would spin.
constexpr std::chrono::milliseconds pause_after_failure{100};
}  // namespace

Listener::Listener(const asio::ip::tcp::endpoint& endpoint, std::vector<HttpTools*> cores,
                   std::function<void(const boost::system::error_code&)> failed)
    : cores_{std::move(cores)},
      acceptor_{cores_.front()->core.context()},
      pause_{cores_.front()->core.context()},
      failed_{std::move(failed)} {
  acceptor_.open(endpoint.protocol());
  acceptor_.set_option(asio::socket_base::reuse_address{true});
  acceptor_.bind(endpoint);
  acceptor_.listen(asio::socket_base::max_listen_connections);
}

std::uint16_t Listener::port() const { return acceptor_.local_endpoint().port(); }

void Listener::start() { accept(); }

void Listener::stop(std::function<void()> closed) {
  cores_.front()->core.post([this, closed = std::move(closed)] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_.cancel();
    closed();
  });
}

void Listener::accept() {
  HttpTools& tools = *cores_[next_++ % cores_.size()];
  acceptor_.async_accept(
      tools.core.context(), [this, &tools](const boost::system::error_code& error, asio::ip::tcp::socket socket) {
        if (!acceptor_.is_open()) return;
        if (error) {
          failed_(error);
          pause_.expires_after(pause_after_failure);
          pause_.async_wait([this](const boost::system::error_code& cancelled) {
            if (!cancelled) accept();
          });
          return;
        }
        // Built on its own core: from here on nothing else touches it.
        auto shared = std::make_shared<asio::ip::tcp::socket>(std::move(socket));
        tools.core.post([&tools, shared] { std::make_shared<HttpConnection>(std::move(*shared), tools)->start(); });
        accept();
      });
}

}  // namespace plenary::server::net
