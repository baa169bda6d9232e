#pragma once
// One io thread: its event loop, its hub, its sessions. Nothing here is shared with another core.

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <unordered_set>
#include <utility>

#include "protocol/time.hpp"
#include "server/net/session.hpp"
#include "server/sync/hub.hpp"
#include "server/sync/writer.hpp"

namespace plenary::server::net {

class Core final : public sync::Executor, public sync::DeliveryTarget {
 public:
  Core(sync::SubscriptionObserver& observer, const protocol::Clock& clock);
  ~Core() override;
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;

  [[nodiscard]] boost::asio::io_context& context() { return context_; }
  [[nodiscard]] sync::Hub& hub() { return hub_; }

  // Any thread.
  void post(std::function<void()> task) override;
  void deliver(std::shared_ptr<const sync::Delivery> delivery, std::function<void()> taken) override;
  void start();
  /// Tells each session when to come back, between the two, evenly spread, and closes it.
  void stop_sessions(std::int64_t earliest_ms, std::int64_t latest_ms);
  /// Ends the thread; sessions still open are cut.
  void join();

  // The core's thread.
  void add(std::shared_ptr<Session> session);
  void remove(const std::shared_ptr<Session>& session);
  [[nodiscard]] std::size_t session_count() const { return sessions_.size(); }

 private:
  void watch();
  void flush_soon();

  const protocol::Clock& clock_;
  boost::asio::io_context context_{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_;
  boost::asio::steady_timer watch_timer_;
  sync::Hub hub_;
  std::unordered_set<std::shared_ptr<Session>> sessions_;
  bool flush_posted_ = false;
  std::thread thread_;
};

}  // namespace plenary::server::net
