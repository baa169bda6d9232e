#pragma once
// One run of the server with its threads, sockets and clock held in hand: what would be a thread is a Lane, what would be a
// TCP connection is a Link. Everything else is the server's own.

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "server/net/session.hpp"
#include "server/operations.hpp"
#include "tests/simulation/world.hpp"

namespace plenary::simulation {

inline constexpr std::size_t core_count = 2;

class HeldClock final : public protocol::Clock {
 public:
  [[nodiscard]] protocol::Timestamp now() const override { return now_; }
  void advance() { now_ = now_ + std::chrono::milliseconds{20}; }

 private:
  protocol::Timestamp now_{1'790'000'000'000};
};

/// One thread's queue.
class Lane final : public server::sync::Executor {
 public:
  /// What a reader posts to a core leaves the reader in a step of its own: meanwhile the writer may commit, and its frames
  /// come first.
  void post(std::function<void()> task) override {
    if (reader_at_work == nullptr || reader_at_work == this) {
      tasks_.push_back(std::move(task));
    } else {
      reader_at_work->tasks_.push_front([this, task = std::move(task)] { tasks_.push_back(task); });
    }
  }
  [[nodiscard]] bool is_empty() const { return tasks_.empty(); }
  void run_one() {
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
  }
  void forget() { tasks_.clear(); }

  static inline Lane* reader_at_work = nullptr;

 private:
  std::deque<std::function<void()>> tasks_;
};

class HeldReads final : public server::sync::Reads {
 public:
  explicit HeldReads(storage::Connection& connection) : connection_{connection} {}
  void submit(std::function<void(storage::Connection&)> job, std::function<void()>) override {
    lane.post([this, job = std::move(job)] {
      Lane::reader_at_work = &lane;
      job(connection_);
      Lane::reader_at_work = nullptr;
    });
  }
  Lane lane;

 private:
  storage::Connection& connection_;
};

class HeldWriter final : public server::sync::CommandSink {
 public:
  void submit(server::sync::Command command) override { inbox.push_back(std::move(command)); }
  std::deque<server::sync::Command> inbox;
};

class NobodyWatches final : public server::sync::SubscriptionObserver {
 public:
  void subscribed(const std::string&, protocol::PersonId) override {}
  void unsubscribed(const std::string&, protocol::PersonId) override {}
};

/// Both directions of one connection.
struct Link {
  std::deque<std::string> up;
  std::deque<std::string> down;
  bool paused = false;
  bool open = true;
  std::uint16_t close_code = 0;  ///< the server's
  std::uint64_t acknowledged_bytes = 0;
  std::size_t client = 0;
  std::size_t core = 0;
};

class HeldSocket final : public server::net::Socket {
 public:
  explicit HeldSocket(std::shared_ptr<Link> link) : link_{std::move(link)} {}
  void start(std::shared_ptr<server::net::SocketHandler> handler) override { handler_ = std::move(handler); }
  void write(std::vector<server::sync::Frame> frames) override {
    std::string text;
    for (const auto& frame : frames) text += (text.empty() ? "" : "\n") + *frame;
    link_->down.push_back(std::move(text));
  }
  void pause_reading(bool paused) override { link_->paused = paused; }
  [[nodiscard]] std::uint64_t acknowledged_bytes() const override { return link_->acknowledged_bytes; }
  void close(std::uint16_t code) override {
    link_->open = false;
    link_->close_code = code;
  }
  std::shared_ptr<server::net::SocketHandler> handler_;

 private:
  std::shared_ptr<Link> link_;
};

class Run {
 public:
  /// Without an epoch the run goes by the name of the one before: a planted mistake.
  Run(storage::Connection& connection, const protocol::Clock& clock, ServerMistake mistake, const std::string& epoch);
  ~Run();
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  void accept(const std::shared_ptr<Link>& link);
  void close(const std::shared_ptr<Link>& link);
  /// Nothing once the server or the client closed it.
  std::shared_ptr<HeldSocket> socket_of(const std::shared_ptr<Link>& link);
  [[nodiscard]] std::size_t commands_waiting() const { return writer_.inbox.size(); }
  /// The writer takes so many of them as one batch.
  void write_some(std::size_t count, std::mt19937_64& random);
  void submit(server::sync::Command command) { writer_.submit(std::move(command)); }

  [[nodiscard]] Lane& core_lane(std::size_t core) { return cores_[core].lane; }
  [[nodiscard]] Lane& reader_lane() { return reads_.lane; }

 private:
  struct PerCore {
    Lane lane;
    std::unique_ptr<server::sync::Hub> hub;
    std::unique_ptr<server::sync::SubscriberTools> subscriber_tools;
    std::unique_ptr<server::net::SessionTools> session_tools;
  };
  void build_core(PerCore& core, const protocol::Clock& clock, const server::OperationSettings& settings);

  storage::Connection& connection_;
  ServerMistake mistake_;
  NobodyWatches observer_;
  HeldReads reads_;
  HeldWriter writer_;
  std::unique_ptr<server::sync::Epochs> epochs_;
  std::array<PerCore, core_count> cores_;
  std::unique_ptr<server::Operations> operations_;
  std::vector<std::pair<std::shared_ptr<Link>, std::shared_ptr<HeldSocket>>> sockets_;
  std::vector<std::shared_ptr<HeldSocket>> closing_;  // the core has yet to hear of it
};

}  // namespace plenary::simulation
