#pragma once
// What happens on the demo's stage and when: scene after scene without end, cast anew each time, with pauses; people who
// come and go in waves; somebody who types; a phone that loses its network and finds it again. Knows neither a database nor
// the time of day: who performs it asks for the next cue. The same settings make the same performance.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "protocol/time.hpp"
#include "server/demo/script.hpp"

namespace plenary::server::demo {

struct Cue {
  enum class Kind { arrive, leave, type, say, edit, react };
  Kind kind{};
  protocol::Timestamp at;
  std::optional<std::size_t> person;    ///< of Script::people; absent: the host
  std::size_t turn = 0;                 ///< say, edit, react: which message, counted from 0 over the whole performance
  const Line* line = nullptr;           ///< say, edit
  std::optional<std::size_t> reply_to;  ///< say: an earlier turn
  protocol::Emoji emoji;                ///< react
};

struct PerformanceSettings {
  protocol::Timestamp begin;
  std::size_t first_scene = 0;
  std::uint64_t seed = 0;
  std::chrono::milliseconds away_after{15'000};  ///< the phone is always back before that
};

class Performance {
 public:
  Performance(std::shared_ptr<const Script> script, const PerformanceSettings& settings);

  /// When the next cue is due.
  [[nodiscard]] protocol::Timestamp next_at();
  /// Takes the next cue, in the order of time. There always is one.
  Cue next();

  /// Who is connected after the cues taken so far.
  [[nodiscard]] const std::set<std::size_t>& connected() const { return connected_; }

 private:
  using Milliseconds = std::chrono::milliseconds;

  void plan();
  void plan_scene();
  void plan_line(const Line& line, std::optional<std::size_t> person, protocol::Timestamp at, std::size_t first_turn);
  void plan_wave();
  void plan_flap();
  std::size_t next_scene();
  std::optional<std::size_t> cast(const Line& line, std::map<std::string, std::size_t>& roles);
  void arrive(std::size_t person, protocol::Timestamp at);
  std::size_t one_of(const std::vector<std::size_t>& people);
  void add(Cue cue);
  Milliseconds between(Milliseconds least, Milliseconds most);

  std::shared_ptr<const Script> script_;
  std::mt19937_64 random_;
  protocol::Timestamp begin_;
  Milliseconds away_after_;
  std::multimap<protocol::Timestamp, Cue> agenda_;
  protocol::Timestamp scene_at_;
  protocol::Timestamp wave_at_;
  protocol::Timestamp flap_at_;
  std::vector<std::size_t> scenes_to_come_;  // the next one last
  std::size_t turns_ = 0;
  std::set<std::size_t> here_;       // as planned
  std::set<std::size_t> on_stage_;   // of the scene that runs: they stay
  std::set<std::size_t> connected_;  // as performed
};

}  // namespace plenary::server::demo
