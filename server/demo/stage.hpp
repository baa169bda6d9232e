#pragma once
// Sets the demo's stage before the server listens: three webinars (live, to come for members, over), the scripted people
// as guests of the live one, and, the first time, the last minutes of its conversation. Setting it again finds all of that.

#include <map>
#include <vector>

#include "server/demo/performance.hpp"
#include "server/sync/subscriber.hpp"
#include "storage/connection.hpp"

namespace plenary::server::demo {

struct Stage {
  protocol::WebinarId webinar;
  sync::Identity host;
  std::vector<sync::Identity> people;                     ///< as in Script::people
  Performance performance;                                ///< goes on from here
  std::map<std::size_t, protocol::MessageId> messages{};  ///< by turn of the performance
};

struct StageSettings {
  protocol::Timestamp now;
  std::uint64_t seed = 0;
  std::chrono::milliseconds away_after{15'000};
};

/// Needs the demo's people with an account. `connection` is the one that writes, outside any transaction. What
/// happened before now went through the domain's own commands, at the times when it is said to have happened.
Stage set_stage(storage::Connection& connection, const std::shared_ptr<const Script>& script,
                const StageSettings& settings);

}  // namespace plenary::server::demo
