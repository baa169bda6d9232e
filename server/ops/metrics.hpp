#pragma once
// What is counted about the running server, for /metrics (Prometheus text format 0.0.4). Any thread; a Counter costs a few
// nanoseconds and no lock, also where every core counts frames.

#include <prometheus/gauge.h>
#include <prometheus/histogram.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/error.hpp"
#include "protocol/operation.hpp"

namespace plenary::server::ops {

/// Only grows. Threads count on cache lines of their own, which a prometheus::Counter's do not.
class Counter {
 public:
  void add(std::uint64_t count = 1) noexcept;
  [[nodiscard]] std::uint64_t value() const noexcept;

 private:
  struct alignas(64) Slot {
    std::atomic<std::uint64_t> count{0};
  };
  std::array<Slot, 8> slots_;
};

class Metrics {
 public:
  prometheus::Gauge connections_open;
  prometheus::Gauge subscriptions_open;
  prometheus::Gauge people_present;
  prometheus::Gauge reader_queue_length;
  prometheus::Gauge wal_pages;

  Counter frames_sent;
  Counter bytes_sent;
  Counter pushes_dropped;  ///< of readers too slow for their byte budget (P26)
  Counter catch_ups;       ///< slow readers caught up afterwards
  Counter resumes;         ///< subscriptions answered with what was missed
  Counter snapshots;       ///< subscriptions answered with the present state
  Counter messages_posted;
  Counter refusals;  ///< operations and channels somebody had no right to

  prometheus::Histogram commit_commands{{1, 2, 5, 10, 20, 50, 100, 200, 500}};
  /// One transaction with its fsync.
  prometheus::Histogram commit_seconds{{0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5}};

  /// One answered operation; without an error it succeeded.
  void count_operation(protocol::Operation operation, std::optional<protocol::ErrorCode> error) noexcept;
  [[nodiscard]] std::uint64_t operations(protocol::Operation operation,
                                         std::optional<protocol::ErrorCode> error) const noexcept;

  /// The page of /metrics, with the process's memory and processor time beside the figures above.
  [[nodiscard]] std::string text() const;

 private:
  template <class Enumeration>
  static constexpr std::size_t count_of =
      boost::mp11::mp_size<boost::describe::describe_enumerators<Enumeration>>::value;
  /// By operation, then by error; the last is success.
  std::array<std::array<std::atomic<std::uint64_t>, count_of<protocol::ErrorCode> + 1>, count_of<protocol::Operation>>
      operations_{};
};

}  // namespace plenary::server::ops
