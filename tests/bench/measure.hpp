#pragma once
// What is measured, and the one JSON line that says it.

#include <chrono>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

namespace plenary::bench {

using Clock = std::chrono::steady_clock;
using Report = nlohmann::ordered_json;

/// Seconds of processor time and bytes in memory of a process so far, from /proc (proc(5)).
struct Usage {
  double cpu_seconds;
  std::int64_t resident_bytes;
};
Usage usage_of(int process);

/// Runs from its construction: wall time, and the processor time of both sides.
class Stopwatch {
 public:
  explicit Stopwatch(int server_process);
  [[nodiscard]] Clock::time_point start() const { return start_; }
  [[nodiscard]] double seconds() const;
  /// Adds seconds, serverCpuSeconds and clientCpuSeconds.
  void report(Report& report) const;

 private:
  int server_process_;
  Clock::time_point start_ = Clock::now();
  double server_cpu_seconds_;
  double client_cpu_seconds_;
};

class Latencies {
 public:
  void add(Clock::duration latency) {
    microseconds_.push_back(std::chrono::duration<float, std::micro>(latency).count());
  }
  [[nodiscard]] std::size_t count() const { return microseconds_.size(); }
  /// Adds p50Ms, p99Ms and maxMs.
  void report(Report& report);

 private:
  std::vector<float> microseconds_;
};

/// To so many decimal places: a figure with fifteen is read as one that is exact.
double rounded(double value, int places);

}  // namespace plenary::bench
