#include <cmath>
#include <iostream>
#include <stdexcept>

#include "tests/bench/lines.hpp"
#include "tests/bench/scenarios.hpp"

namespace plenary::bench {

namespace {

constexpr std::size_t opened_at_once = 200;

struct Arrivals {
  explicit Arrivals(const Sizes& sizes) : next(sizes.connections), sent(sizes.posts), readers(sizes.posts) {}

  std::vector<std::size_t> next;        // of each subscriber: the number it waits for
  std::vector<Clock::time_point> sent;  // of each post
  std::vector<std::size_t> readers;     // of each post: who has it
  std::size_t complete = 0;             // posts that everybody has, from the first on
  std::size_t lost = 0;
  std::size_t doubled = 0;
  Latencies latencies;

  void take(std::size_t subscriber, std::size_t number, Clock::time_point now) {
    if (number < next[subscriber]) {
      ++doubled;
      return;
    }
    // What was passed over will not come any more: it is counted, and not waited for.
    lost += number - next[subscriber];
    while (next[subscriber] <= number) ++readers[next[subscriber]++];
    latencies.add(now - sent[number]);
    while (complete < readers.size() && readers[complete] == next.size()) ++complete;
  }
};

}  // namespace

bool fanout(Venue& venue, const Sizes& sizes) {
  Arrivals arrivals{sizes};
  Crowd subscribers{venue, join_guests(venue, sizes.connections)};
  subscribers.on_message = [&](std::size_t subscriber, std::string_view line) {
    const auto now = Clock::now();
    for_each_number(line, [&](std::size_t number) { arrivals.take(subscriber, number, now); });
  };
  subscribers.open(opened_at_once, true);
  Crowd sender{venue, join_guests(venue, 1)};
  std::size_t acknowledged = 0;
  sender.on_message = [&](std::size_t, std::string_view line) {
    if (line.find(R"("ok":)") == std::string_view::npos) throw std::runtime_error{std::string{line}};
    ++acknowledged;
  };
  sender.open(1, false);

  const Stopwatch stopwatch{venue.server_process};
  for (std::size_t number = 0; number < sizes.posts; ++number) {
    venue.run_until([&] { return number - arrivals.complete < sizes.in_flight; }, "everybody had a message");
    arrivals.sent[number] = Clock::now();
    sender.send(0, post_request(static_cast<std::int64_t>(number) + 2, venue.webinar, number));
  }
  venue.run_until([&] { return acknowledged == sizes.posts && arrivals.complete == sizes.posts; },
                  "everybody had every message");

  Report report{{"measure", "fanout"},
                {"subscribers", sizes.connections},
                {"posts", sizes.posts},
                {"inFlight", sizes.in_flight},
                {"deliveries", arrivals.latencies.count()}};
  report["deliveriesPerSecond"] = std::lround(static_cast<double>(arrivals.latencies.count()) / stopwatch.seconds());
  stopwatch.report(report);
  arrivals.latencies.report(report);
  report["lost"] = arrivals.lost;
  report["doubled"] = arrivals.doubled;
  report["gaps"] = subscribers.gaps;
  std::cout << report.dump() << std::endl;
  return arrivals.lost + arrivals.doubled + subscribers.gaps == 0;
}

}  // namespace plenary::bench
