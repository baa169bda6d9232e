#include <cmath>
#include <iostream>
#include <stdexcept>

#include "tests/bench/lines.hpp"
#include "tests/bench/scenarios.hpp"

namespace plenary::bench {

namespace {

/// How often each number is in the channel's timeline, read back page by page.
std::vector<std::size_t> read_back(Venue& venue, std::size_t count) {
  std::vector<std::size_t> found(count);
  std::int64_t position = 0;
  bool has_more = true;
  Crowd reader{venue, {venue.host_token}};
  reader.on_message = [&](std::size_t, std::string_view line) {
    for_each_number(line, [&](std::size_t number) { ++found.at(number); });
    position = number_of(line.substr(line.rfind(R"("pos":)")), "pos").value();
    has_more = line.find(R"("more":true)") != std::string_view::npos;
  };
  reader.open(1, false);
  for (std::int64_t id = 2; has_more; ++id) {
    const auto before = position;
    reader.send(0, R"({"id":)" + std::to_string(id) + R"(,"op":"history","args":{"channel":")" + venue.channel() +
                       R"(","after":)" + std::to_string(position) + R"(,"limit":100}})");
    venue.run_until([&] { return position > before; }, "a page was read back");
  }
  return found;
}

}  // namespace

bool posts(Venue& venue, const Sizes& sizes) {
  Crowd senders{venue, join_guests(venue, sizes.connections)};
  senders.open(senders.members.size(), false);

  std::vector<Clock::time_point> sent(sizes.connections);
  std::size_t posted = 0;
  std::size_t acknowledged = 0;
  Latencies latencies;
  const auto post = [&](std::size_t sender) {
    sent[sender] = Clock::now();
    senders.send(sender, post_request(static_cast<std::int64_t>(posted) + 2, venue.webinar, posted));
    ++posted;
  };
  const Stopwatch stopwatch{venue.server_process};
  const auto end = stopwatch.start() + std::chrono::duration<double>(sizes.seconds);
  senders.on_message = [&](std::size_t sender, std::string_view line) {
    if (line.find(R"("ok":)") == std::string_view::npos) throw std::runtime_error{std::string{line}};
    const auto now = Clock::now();
    ++acknowledged;
    latencies.add(now - sent[sender]);
    if (now < end) post(sender);
  };
  for (std::size_t sender = 0; sender < sizes.connections; ++sender) post(sender);
  venue.run_until([&] { return acknowledged == posted && Clock::now() >= end; }, "every post was acknowledged");

  Report report{{"measure", "posts"}, {"senders", sizes.connections}, {"acknowledged", acknowledged}};
  report["acknowledgedPerSecond"] = std::lround(static_cast<double>(acknowledged) / stopwatch.seconds());
  stopwatch.report(report);
  latencies.report(report);
  std::size_t lost = 0;
  std::size_t doubled = 0;
  for (const std::size_t times : read_back(venue, posted)) {
    lost += times == 0 ? 1 : 0;
    doubled += times > 1 ? 1 : 0;
  }
  report["lost"] = lost;
  report["doubled"] = doubled;
  std::cout << report.dump() << std::endl;
  return lost + doubled == 0;
}

}  // namespace plenary::bench
