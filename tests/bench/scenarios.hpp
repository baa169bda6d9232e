#pragma once
// The measurements. Each gets a server of its own with a live webinar, checks that nothing was lost, and says what it
// saw as one JSON line. It is true when nothing was lost or doubled.

#include "tests/bench/crowd.hpp"

namespace plenary::bench {

struct Sizes {
  std::size_t connections = 1'000;
  std::size_t posts = 100;
  /// fanout: posts under way; the next one leaves when the oldest has reached everybody.
  std::size_t in_flight = 1;
  /// posts: for how long.
  double seconds = 5;
};

/// One sender, everybody subscribed: from the post to its arrival at each.
bool fanout(Venue& venue, const Sizes& sizes);
/// Senders who post again as soon as they are acknowledged, nobody subscribed. Then the whole channel is read back.
bool posts(Venue& venue, const Sizes& sizes);
/// What the server's memory grows by for each connection that said hello and subscribed.
bool idle(Venue& venue, const Sizes& sizes);
/// Everybody's connection is cut, some posts are missed, all come back at the same moment.
bool reconnect(Venue& venue, const Sizes& sizes);

}  // namespace plenary::bench
