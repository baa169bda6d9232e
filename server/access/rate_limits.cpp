#include "server/access/rate_limits.hpp"

#include <algorithm>
#include <cmath>

namespace plenary::server::access {

using protocol::Timestamp;

double TokenBucket::tokens_at(Timestamp now) const {
  if (!last_) return tokens_;
  const auto passed = std::max<std::int64_t>(0, (now - *last_).count());
  return std::min(burst_, tokens_ + per_second_ * static_cast<double>(passed) / 1'000.0);
}

std::optional<std::chrono::milliseconds> TokenBucket::take(Timestamp now) {
  if (per_second_ <= 0) return std::nullopt;
  tokens_ = tokens_at(now);
  last_ = now;
  if (tokens_ >= 1) {
    tokens_ -= 1;
    return std::nullopt;
  }
  return std::chrono::milliseconds{static_cast<std::int64_t>(std::ceil((1 - tokens_) / per_second_ * 1'000.0))};
}

std::optional<std::chrono::milliseconds> RateLimits::take(const std::string& key, Timestamp now) {
  if (per_second_ <= 0) return std::nullopt;
  const std::lock_guard lock{mutex_};
  if (buckets_.size() >= sweep_at_) {
    std::erase_if(buckets_, [&](const auto& entry) { return entry.second.is_full(now); });
    sweep_at_ = std::max<std::size_t>(1'024, buckets_.size() * 2);
  }
  return buckets_.try_emplace(key, per_second_, burst_).first->second.take(now);
}

}  // namespace plenary::server::access
