#pragma once
// Token buckets: so many at once, so many a second. Thread-safe.

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "protocol/time.hpp"

namespace plenary::server::access {

/// Refills `per_second`, holds at most `burst`. A rate of 0 is no limit.
class TokenBucket {
 public:
  TokenBucket() = default;
  TokenBucket(double per_second, double burst) : per_second_{per_second}, burst_{burst}, tokens_{burst} {}

  /// Takes one; or says how long until there is one.
  std::optional<std::chrono::milliseconds> take(protocol::Timestamp now);
  [[nodiscard]] bool is_full(protocol::Timestamp now) const { return tokens_at(now) >= burst_; }

 private:
  [[nodiscard]] double tokens_at(protocol::Timestamp now) const;

  double per_second_ = 0;
  double burst_ = 0;
  double tokens_ = 0;
  std::optional<protocol::Timestamp> last_;
};

/// One bucket a key (a person, an address). Full buckets are forgotten, so memory follows who is active.
class RateLimits {
 public:
  RateLimits(double per_second, double burst) : per_second_{per_second}, burst_{burst} {}
  std::optional<std::chrono::milliseconds> take(const std::string& key, protocol::Timestamp now);

 private:
  double per_second_;
  double burst_;
  std::mutex mutex_;
  std::unordered_map<std::string, TokenBucket> buckets_;
  std::size_t sweep_at_ = 1'024;
};

}  // namespace plenary::server::access
