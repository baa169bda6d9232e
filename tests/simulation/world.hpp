#pragma once
// The whole server core under a scheduler that holds every thread's queue, every link and the clock: real sessions, real
// operations, domain, storage (SQLite in memory), writer batches, hubs; only threads, sockets and time are pretended.
//
// One seed is one history: who does what, what is delayed, which connection breaks, when the server is killed and started
// again, when its file is put back from a copy. Afterwards everything is let run dry, and every client must hold exactly
// what a fresh snapshot holds.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "tests/simulation/client.hpp"

namespace plenary::simulation {

/// Mistakes the server's seams can make; each must be found.
enum class ServerMistake {
  none,
  loses_a_delivery,  ///< a core never hears of some commits, and nobody pings
  keeps_its_epoch,   ///< a run after a restore goes by the name of the run before
};

struct Plan {
  std::uint64_t seed = 0;
  ClientMistake client_mistake = ClientMistake::none;
  ServerMistake server_mistake = ServerMistake::none;
};

/// What was wrong at the end, or nothing.
std::vector<std::string> run_history(const Plan& plan);

}  // namespace plenary::simulation
