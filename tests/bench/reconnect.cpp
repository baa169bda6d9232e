#include <cmath>
#include <iostream>
#include <stdexcept>

#include "tests/bench/lines.hpp"
#include "tests/bench/scenarios.hpp"

namespace plenary::bench {

namespace {

constexpr std::size_t opened_at_once = 200;

void post_missed(Venue& venue, std::size_t count) {
  Crowd sender{venue, join_guests(venue, 1)};
  std::size_t acknowledged = 0;
  sender.on_message = [&](std::size_t, std::string_view line) {
    if (line.find(R"("ok":)") == std::string_view::npos) throw std::runtime_error{std::string{line}};
    ++acknowledged;
  };
  sender.open(1, false);
  for (std::size_t number = 0; number < count; ++number) {
    sender.send(0, post_request(static_cast<std::int64_t>(number) + 2, venue.webinar, number));
  }
  venue.run_until([&] { return acknowledged == count; }, "the missed messages were posted");
}

}  // namespace

bool reconnect(Venue& venue, const Sizes& sizes) {
  Crowd crowd{venue, join_guests(venue, sizes.connections)};
  crowd.open(opened_at_once, true);
  crowd.drop();
  post_missed(venue, sizes.posts);

  Latencies latencies;
  std::size_t lost = 0;
  std::size_t snapshots = 0;
  const Stopwatch stopwatch{venue.server_process};
  crowd.on_greeted = [&](std::size_t, std::string_view line) {
    latencies.add(Clock::now() - stopwatch.start());
    if (line.find(R"("mode":"resume")") == std::string_view::npos) ++snapshots;
    std::size_t caught_up = 0;
    for_each_number(line, [&](std::size_t number) { caught_up += number == caught_up ? 1 : 0; });
    lost += caught_up == sizes.posts ? 0 : 1;
  };
  crowd.resume();
  venue.run_until([&] { return crowd.greeted == sizes.connections; }, "everybody had resumed");

  Report report{{"measure", "reconnect"}, {"connections", crowd.greeted}, {"missedPosts", sizes.posts}};
  report["resumedPerSecond"] = std::lround(static_cast<double>(crowd.greeted) / stopwatch.seconds());
  stopwatch.report(report);
  latencies.report(report);
  report["snapshots"] = snapshots;
  report["lost"] = lost;
  std::cout << report.dump() << std::endl;
  return lost + snapshots == 0;
}

}  // namespace plenary::bench
