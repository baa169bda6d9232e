#include <iostream>

#include "tests/bench/scenarios.hpp"

namespace plenary::bench {

namespace {
constexpr std::size_t opened_at_once = 200;
}  // namespace

bool idle(Venue& venue, const Sizes& sizes) {
  Crowd crowd{venue, join_guests(venue, sizes.connections)};
  // The server's own caches are warm and its guests known before the first of them connects.
  const auto before = usage_of(venue.server_process).resident_bytes;
  const Stopwatch stopwatch{venue.server_process};
  crowd.open(opened_at_once, true);
  const auto after = usage_of(venue.server_process).resident_bytes;

  Report report{{"measure", "idle"}, {"connections", crowd.greeted}};
  report["bytesPerConnection"] = (after - before) / static_cast<std::int64_t>(crowd.greeted);
  report["serverMegabytesBefore"] = rounded(static_cast<double>(before) / 1e6, 1);
  report["serverMegabytesAfter"] = rounded(static_cast<double>(after) / 1e6, 1);
  stopwatch.report(report);
  report["lost"] = sizes.connections - crowd.greeted;
  std::cout << report.dump() << std::endl;
  return crowd.greeted == sizes.connections;
}

}  // namespace plenary::bench
