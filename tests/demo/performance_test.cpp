// Hours of the demo on a held clock.

#include "server/demo/performance.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "server/domain/presence.hpp"

namespace plenary::server::demo {
namespace {

using namespace std::chrono_literals;
using protocol::PersonId;
using protocol::Timestamp;
using protocol::WebinarId;

constexpr Timestamp noon{1'780'000'000'000};
constexpr WebinarId webinar{1};

PersonId id_of(std::size_t person) { return {static_cast<std::int64_t>(person) + 1}; }

struct DemoPerformance : testing::Test {
  std::shared_ptr<const Script> script = std::make_shared<const Script>(read_script(script_text()));
  Performance performance{script, {noon, 0, 7, 15s}};

  std::vector<Cue> play(std::chrono::milliseconds length) {
    std::vector<Cue> cues;
    while (performance.next_at() <= noon + length) cues.push_back(performance.next());
    return cues;
  }
};

TEST_F(DemoPerformance, cues_come_in_the_order_of_time) {
  Timestamp before = noon;
  for (const Cue& cue : play(2h)) {
    EXPECT_LE(before, cue.at);
    before = cue.at;
  }
}

TEST_F(DemoPerformance, keeps_a_calm_pace_without_end) {
  std::optional<Timestamp> before;
  int messages = 0;
  for (const Cue& cue : play(3h)) {
    if (cue.kind != Cue::Kind::say) continue;
    ++messages;
    if (before) {
      EXPECT_GE(cue.at - *before, 3s);
      EXPECT_LE(cue.at - *before, 16s);
    }
    before = cue.at;
  }
  EXPECT_GE(messages, 3 * 3600 / 6);
  EXPECT_LE(messages, 3 * 3600 / 4);
}

TEST_F(DemoPerformance, everything_is_said_in_each_round_and_by_different_people) {
  std::size_t lines = 0;
  for (const auto& scene : script->scenes) lines += scene.lines.size();
  std::map<std::string, std::set<std::optional<std::size_t>>> said;
  std::set<std::string> round;
  for (const Cue& cue : play(2h)) {
    if (cue.kind != Cue::Kind::say) continue;
    if (cue.turn < lines) round.insert(cue.line->text.str());
    said[cue.line->text.str()].insert(cue.person);
  }
  EXPECT_EQ(round.size(), lines);
  int of_several = 0;
  for (const auto& [text, people] : said) of_several += people.size() > 1 ? 1 : 0;
  EXPECT_GE(of_several, 80);
}

TEST_F(DemoPerformance, who_speaks_is_there_speaks_the_language_and_was_seen_typing) {
  std::set<std::size_t> here;
  std::map<std::optional<std::size_t>, std::size_t> typed;
  for (const Cue& cue : play(2h)) {
    if (cue.kind == Cue::Kind::arrive) {
      EXPECT_TRUE(here.insert(*cue.person).second);
    } else if (cue.kind == Cue::Kind::leave) {
      EXPECT_EQ(here.erase(*cue.person), 1U);
    } else if (cue.kind == Cue::Kind::type) {
      typed[cue.person] = cue.turn;
    } else if (cue.kind == Cue::Kind::say) {
      ASSERT_TRUE(typed.contains(cue.person));
      EXPECT_EQ(typed.at(cue.person), cue.turn);
      EXPECT_EQ(!cue.person, cue.line->role == host_role);
      if (cue.person) {
        EXPECT_TRUE(here.contains(*cue.person));
      }
    }
  }
}

TEST_F(DemoPerformance, replies_edits_and_reactions_come_after_what_they_are_about) {
  std::set<std::size_t> said;
  int replies = 0;
  for (const Cue& cue : play(1h)) {
    if (cue.kind == Cue::Kind::say) said.insert(cue.turn);
    if (cue.kind == Cue::Kind::edit || cue.kind == Cue::Kind::react) {
      EXPECT_TRUE(said.contains(cue.turn));
    }
    if (cue.reply_to) {
      ++replies;
      EXPECT_TRUE(said.contains(*cue.reply_to));
      EXPECT_LT(*cue.reply_to, cue.turn);
    }
  }
  EXPECT_GE(replies, 100);
}

TEST_F(DemoPerformance, P46_the_phone_flaps_and_is_never_away) {
  domain::Presence presence{15s};
  int drops = 0;
  for (Timestamp now = noon; now <= noon + 2h; now = now + 250ms) {
    while (performance.next_at() <= now) {
      const Cue cue = performance.next();
      if (cue.kind == Cue::Kind::arrive) presence.connected(webinar, id_of(*cue.person), now);
      if (cue.kind == Cue::Kind::leave) presence.disconnected(webinar, id_of(*cue.person), now);
      if (cue.kind == Cue::Kind::leave && cue.person == script->phone) ++drops;
    }
    for (const auto& change : presence.tick(now).attendance) {
      if (change.person == id_of(script->phone)) {
        EXPECT_TRUE(change.present) << (now - noon).count();
      }
    }
  }
  EXPECT_GE(drops, 100);
}

TEST_F(DemoPerformance, people_come_and_go_in_waves) {
  std::size_t least = script->people.size();
  std::size_t most = 0;
  for (Timestamp now = noon; now <= noon + 1h; now = now + 1s) {
    while (performance.next_at() <= now) performance.next();
    least = std::min(least, performance.connected().size());
    most = std::max(most, performance.connected().size());
  }
  EXPECT_GE(least, 60U);
  EXPECT_GE(most, least + 20);
}

TEST_F(DemoPerformance, begins_with_the_scene_it_is_told) {
  Performance later{script, {noon, 3, 7, 15s}};
  Cue cue = later.next();
  while (cue.kind != Cue::Kind::say) cue = later.next();
  EXPECT_EQ(cue.line, &script->scenes[3].lines.front());
}

}  // namespace
}  // namespace plenary::server::demo
