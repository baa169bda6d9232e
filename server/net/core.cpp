#include "server/net/core.hpp"

#include <boost/asio/post.hpp>

namespace plenary::server::net {

namespace asio = boost::asio;

namespace {
constexpr std::chrono::seconds between_watches{5};
}

Core::Core(sync::SubscriptionObserver& observer, const protocol::Clock& clock)
    : clock_{clock}, work_{asio::make_work_guard(context_)}, watch_timer_{context_}, hub_{observer} {}

Core::~Core() { join(); }

void Core::post(std::function<void()> task) { asio::post(context_, std::move(task)); }

void Core::deliver(std::shared_ptr<const sync::Delivery> delivery, std::function<void()> taken) {
  post([this, delivery = std::move(delivery), taken = std::move(taken)] {
    hub_.deliver(*delivery);
    taken();
    flush_soon();
  });
}

/// After what is already waiting for this thread: commits that came meanwhile share one write a reader.
void Core::flush_soon() {
  if (std::exchange(flush_posted_, true)) return;
  post([this] {
    flush_posted_ = false;
    hub_.flush();
  });
}

void Core::start() {
  watch();
  thread_ = std::thread{[this] { context_.run(); }};
}

void Core::watch() {
  watch_timer_.expires_after(between_watches);
  watch_timer_.async_wait([this](boost::system::error_code error) {
    if (error) return;
    // A copy: closing takes sessions out.
    const auto sessions = sessions_;
    for (const auto& session : sessions) session->check_progress(clock_.now());
    watch();
  });
}

void Core::stop_sessions(std::int64_t earliest_ms, std::int64_t latest_ms) {
  post([this, earliest_ms, latest_ms] {
    watch_timer_.cancel();
    const auto sessions = sessions_;
    std::int64_t turn = 0;
    for (const auto& session : sessions) {
      const auto share = (latest_ms - earliest_ms) * turn++ / static_cast<std::int64_t>(sessions.size());
      session->stop(earliest_ms + share);
    }
  });
}

void Core::join() {
  if (!thread_.joinable()) return;
  work_.reset();
  context_.stop();
  thread_.join();
  // What the sessions hold of the hub goes before the hub does.
  const auto sessions = sessions_;
  for (const auto& session : sessions) session->on_closed();
  sessions_.clear();
}

void Core::add(std::shared_ptr<Session> session) { sessions_.insert(std::move(session)); }

void Core::remove(const std::shared_ptr<Session>& session) { sessions_.erase(session); }

}  // namespace plenary::server::net
