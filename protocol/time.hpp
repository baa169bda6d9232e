#pragma once
// Time on the wire and in the database: UTC milliseconds since 1970-01-01. The clock is passed in, so that tests hold it.

#include <chrono>
#include <compare>
#include <cstdint>

namespace plenary::protocol {

struct Timestamp {
  std::int64_t milliseconds = 0;
  constexpr auto operator<=>(const Timestamp&) const = default;
  constexpr Timestamp operator+(std::chrono::milliseconds d) const { return {milliseconds + d.count()}; }
  constexpr Timestamp operator-(std::chrono::milliseconds d) const { return {milliseconds - d.count()}; }
  constexpr std::chrono::milliseconds operator-(Timestamp other) const {
    return std::chrono::milliseconds{milliseconds - other.milliseconds};
  }
};

/// Where the program learns the time. Any thread.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override {
    using namespace std::chrono;
    return {duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count()};
  }
};

}  // namespace plenary::protocol
