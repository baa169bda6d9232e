#include "server/demo/performance.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace plenary::server::demo {

using namespace std::chrono_literals;
using protocol::Timestamp;

namespace {

// A pace that one can read along with.
constexpr auto least_between_lines = 3'000ms;
constexpr auto most_between_lines = 6'000ms;
constexpr auto least_between_scenes = 4'000ms;
constexpr auto most_between_scenes = 10'000ms;
constexpr auto types_for = 2'500ms;

constexpr auto between_waves = 4'000ms;
constexpr double wave_period_ms = 6 * 60'000;
constexpr double usual_share = 0.75;  // of the people, who are here at once
constexpr double wave_share = 0.17;
constexpr std::size_t moves_of_a_wave = 3;

constexpr std::size_t most_reactions = 6;

}  // namespace

Performance::Performance(std::shared_ptr<const Script> script, const PerformanceSettings& settings)
    : script_{std::move(script)},
      random_{settings.seed},
      begin_{settings.begin},
      away_after_{settings.away_after},
      scene_at_{settings.begin},
      wave_at_{settings.begin},
      flap_at_{settings.begin + 5'000ms} {
  scenes_to_come_.resize(script_->scenes.size());
  for (std::size_t i = 0; i < scenes_to_come_.size(); ++i) {
    scenes_to_come_[scenes_to_come_.size() - 1 - i] = (settings.first_scene + i) % scenes_to_come_.size();
  }
  std::vector<std::size_t> everybody(script_->people.size());
  std::iota(everybody.begin(), everybody.end(), std::size_t{0});
  std::shuffle(everybody.begin(), everybody.end(), random_);
  everybody.resize(static_cast<std::size_t>(usual_share * static_cast<double>(everybody.size())));
  for (const std::size_t person : everybody) arrive(person, begin_);
  arrive(script_->phone, begin_);
}

Timestamp Performance::next_at() {
  plan();
  return agenda_.begin()->first;
}

Cue Performance::next() {
  plan();
  Cue cue = std::move(agenda_.extract(agenda_.begin()).mapped());
  if (cue.kind == Cue::Kind::arrive) connected_.insert(*cue.person);
  if (cue.kind == Cue::Kind::leave) connected_.erase(*cue.person);
  if (cue.kind == Cue::Kind::react) cue.person = one_of({connected_.begin(), connected_.end()});
  return cue;
}

/// Plans until nothing that is still to be planned could come before the first cue.
void Performance::plan() {
  for (;;) {
    const Timestamp soonest = std::min({scene_at_, wave_at_, flap_at_});
    if (!agenda_.empty() && agenda_.begin()->first < soonest) return;
    if (soonest == scene_at_) {
      plan_scene();
    } else if (soonest == wave_at_) {
      plan_wave();
    } else {
      plan_flap();
    }
  }
}

void Performance::plan_scene() {
  const Scene& scene = script_->scenes[next_scene()];
  const std::size_t first_turn = turns_;
  std::map<std::string, std::size_t> roles;
  Timestamp at = scene_at_;
  for (const Line& line : scene.lines) {
    const auto person = cast(line, roles);
    plan_line(line, person, at, first_turn);
    at = at + between(least_between_lines, most_between_lines);
  }
  on_stage_.clear();
  for (const auto& [role, person] : roles) on_stage_.insert(person);
  scene_at_ = at + between(least_between_scenes, most_between_scenes);
}

void Performance::plan_line(const Line& line, std::optional<std::size_t> person, Timestamp at, std::size_t first_turn) {
  const std::size_t turn = turns_++;
  const Timestamp said_at = at + types_for;
  Cue cue{Cue::Kind::type, at, person, turn, nullptr, std::nullopt, {}};
  add(cue);
  cue.line = &line;
  cue.kind = Cue::Kind::say;
  cue.at = said_at;
  if (line.reply_to) cue.reply_to = first_turn + *line.reply_to;
  add(cue);
  cue.reply_to.reset();
  if (line.edited) {
    cue.kind = Cue::Kind::edit;
    cue.at = said_at + between(5'000ms, 9'000ms);
    add(cue);
  }
  if (line.reactions.empty()) return;
  const std::size_t reactions = 1 + random_() % most_reactions;
  for (std::size_t i = 0; i < reactions; ++i) {
    add({Cue::Kind::react, said_at + between(1'500ms, 20'000ms), std::nullopt, turn, nullptr, std::nullopt,
         line.reactions[random_() % line.reactions.size()]});
  }
}

/// Somebody who speaks the line's language, is not in the scene yet and was not in the one before.
std::optional<std::size_t> Performance::cast(const Line& line, std::map<std::string, std::size_t>& roles) {
  if (line.role == host_role) return std::nullopt;
  if (const auto found = roles.find(line.role); found != roles.end()) return found->second;
  std::vector<std::size_t> speakers;
  std::vector<std::size_t> rested;
  for (std::size_t i = 0; i < script_->people.size(); ++i) {
    const bool plays = std::any_of(roles.begin(), roles.end(), [i](const auto& role) { return role.second == i; });
    if (plays || i == script_->phone || script_->people[i].language.str() != line.language.str()) continue;
    speakers.push_back(i);
    if (!on_stage_.contains(i)) rested.push_back(i);
  }
  const std::size_t person = one_of(rested.empty() ? speakers : rested);
  roles.emplace(line.role, person);
  if (!here_.contains(person)) arrive(person, scene_at_);
  return person;
}

/// In the script's order first, then shuffled.
std::size_t Performance::next_scene() {
  const std::size_t scene = scenes_to_come_.back();
  scenes_to_come_.pop_back();
  if (scenes_to_come_.empty()) {
    scenes_to_come_.resize(script_->scenes.size());
    std::iota(scenes_to_come_.begin(), scenes_to_come_.end(), std::size_t{0});
    std::shuffle(scenes_to_come_.begin(), scenes_to_come_.end(), random_);
    if (scenes_to_come_.back() == scene) std::swap(scenes_to_come_.front(), scenes_to_come_.back());
  }
  return scene;
}

void Performance::plan_wave() {
  const auto passed = static_cast<double>((wave_at_ - begin_).count());
  const double share = usual_share + wave_share * std::sin(2 * std::numbers::pi * passed / wave_period_ms);
  const auto wanted = static_cast<std::size_t>(share * static_cast<double>(script_->people.size()));
  for (std::size_t i = 0; i < moves_of_a_wave && here_.size() != wanted; ++i) {
    std::vector<std::size_t> movable;
    const bool more = here_.size() < wanted;
    for (std::size_t person = 0; person < script_->people.size(); ++person) {
      if (here_.contains(person) == more || on_stage_.contains(person) || person == script_->phone) continue;
      movable.push_back(person);
    }
    if (movable.empty()) break;
    const std::size_t person = one_of(movable);
    if (more) {
      arrive(person, wave_at_);
    } else {
      here_.erase(person);
      add({Cue::Kind::leave, wave_at_, person, 0, nullptr, std::nullopt, {}});
    }
  }
  wave_at_ = wave_at_ + between_waves;
}

void Performance::plan_flap() {
  const Milliseconds longest = away_after_ * 4 / 5;
  const Timestamp back = flap_at_ + between(longest / 6, longest);
  add({Cue::Kind::leave, flap_at_, script_->phone, 0, nullptr, std::nullopt, {}});
  add({Cue::Kind::arrive, back, script_->phone, 0, nullptr, std::nullopt, {}});
  flap_at_ = back + between(8'000ms, 25'000ms);
}

void Performance::arrive(std::size_t person, Timestamp at) {
  if (here_.insert(person).second) add({Cue::Kind::arrive, at, person, 0, nullptr, std::nullopt, {}});
}

std::size_t Performance::one_of(const std::vector<std::size_t>& people) { return people.at(random_() % people.size()); }

void Performance::add(Cue cue) { agenda_.emplace(cue.at, std::move(cue)); }

Performance::Milliseconds Performance::between(Milliseconds least, Milliseconds most) {
  const auto spread = static_cast<std::uint64_t>((most - least).count() + 1);
  return least + Milliseconds{static_cast<std::int64_t>(random_() % spread)};
}

}  // namespace plenary::server::demo
