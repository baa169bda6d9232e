// The stage on the real database.

#include "server/demo/stage.hpp"

#include <gtest/gtest.h>

#include <map>

#include "protocol/json.hpp"
#include "server/access/caller.hpp"
#include "server/access/token.hpp"
#include "server/demo/people.hpp"
#include "storage/channels.hpp"
#include "storage/migrations.hpp"
#include "storage/runs.hpp"
#include "storage/webinars.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::demo {
namespace {

using namespace std::chrono_literals;
using protocol::Timestamp;
using protocol::WebinarState;

constexpr Timestamp noon{1'780'000'000'000};

struct DemoStage : testing::Test {
  test::TemporaryFolder folder;
  storage::Connection connection{folder / "plenary.db", storage::Connection::Role::writer};
  std::shared_ptr<const Script> script = std::make_shared<const Script>(read_script(script_text()));

  DemoStage() { storage::migrate(connection); }

  Stage start(Timestamp now) {
    storage::Transaction transaction{connection};
    storage::begin_run(transaction, access::new_token(), now);
    ensure_people(transaction, now);
    transaction.commit();
    return set_stage(connection, script, {now, 7, 15s});
  }

  std::vector<protocol::Json> timeline(protocol::WebinarId webinar) {
    std::vector<protocol::Json> messages;
    const auto head = storage::read_head(connection, access::webinar_channel(webinar)).value();
    for (const auto& record : storage::timeline_records(connection, head.id, 1, head.pos)) {
      std::string encoded;
      storage::append_record(encoded, record);
      if (record.type == "message") messages.push_back(protocol::parse_json(encoded).value());
    }
    return messages;
  }
};

TEST_F(DemoStage, shows_a_live_one_one_to_come_for_members_and_one_that_is_over) {
  const Stage stage = start(noon);
  const auto webinars = storage::list_webinars(connection, true, 10);
  ASSERT_EQ(webinars.size(), 3U);
  int live = 0;
  for (const auto& webinar : webinars) {
    const auto hosts = storage::hosts_of(connection, webinar.id);
    ASSERT_EQ(hosts.size(), 1U);
    EXPECT_EQ(hosts.front().id, stage.host.person);
    if (webinar.id == stage.webinar) {
      ++live;
      EXPECT_EQ(webinar.state, WebinarState::live);
      EXPECT_EQ(webinar.visibility, protocol::Visibility::public_);
    } else if (webinar.visibility == protocol::Visibility::members) {
      EXPECT_EQ(webinar.state, WebinarState::scheduled);
    } else {
      EXPECT_EQ(webinar.state, WebinarState::ended);
      EXPECT_EQ(timeline(webinar.id).size(), script->ended_scene.lines.size());
    }
  }
  EXPECT_EQ(live, 1);
}

TEST_F(DemoStage, has_minutes_of_conversation_in_the_past_at_once) {
  const Stage stage = start(noon);
  const auto messages = timeline(stage.webinar);
  EXPECT_GE(messages.size(), 50U);
  EXPECT_LE(messages.size(), 80U);
  std::int64_t before = 0;
  int replies = 0;
  int edited = 0;
  for (const auto& message : messages) {
    const auto at = message.at("at").get<std::int64_t>();
    EXPECT_LE(before, at);
    EXPECT_LE(at, noon.milliseconds);
    before = at;
    EXPECT_EQ(message.contains("replyTo"), message.contains("replyToPos"));
    replies += message.contains("replyTo") ? 1 : 0;
    edited += message.contains("editedAt") ? 1 : 0;
  }
  EXPECT_GE(before, (noon - 30s).milliseconds);
  EXPECT_GE(replies, 5);
  EXPECT_GE(edited, 1);
}

TEST_F(DemoStage, set_again_it_doubles_nobody_and_says_nothing_again) {
  const Stage first = start(noon);
  const auto said = timeline(first.webinar);
  Stage second = start(noon + 1h);
  EXPECT_EQ(second.webinar, first.webinar);
  EXPECT_EQ(storage::list_webinars(connection, true, 10).size(), 3U);
  ASSERT_EQ(second.people.size(), script->people.size());
  for (std::size_t i = 0; i < first.people.size(); ++i) {
    EXPECT_EQ(second.people[i].person, first.people[i].person);
    EXPECT_EQ(second.people[i].session, first.people[i].session);
  }
  EXPECT_EQ(timeline(second.webinar), said);
  EXPECT_GE(second.performance.next_at(), noon + 1h);
}

TEST_F(DemoStage, set_again_it_goes_on_with_the_next_scene) {
  const Stage first = start(noon);
  const auto last = timeline(first.webinar).back().at("text").get<std::string>();
  Stage second = start(noon + 1h);
  Cue cue = second.performance.next();
  while (cue.kind != Cue::Kind::say) cue = second.performance.next();
  std::size_t played = 0;
  for (std::size_t i = 0; i < script->scenes.size(); ++i) {
    for (const auto& line : script->scenes[i].lines) {
      if (line.text.str() == last || (line.edited && line.edited->str() == last)) played = i;
    }
  }
  EXPECT_EQ(cue.line, &script->scenes[(played + 1) % script->scenes.size()].lines.front());
}

TEST_F(DemoStage, what_the_host_ended_is_live_again_at_the_next_start) {
  const Stage first = start(noon);
  {
    storage::Transaction transaction{connection};
    storage::set_webinar_state(transaction, first.webinar, WebinarState::ended, noon + 1min);
    transaction.commit();
  }
  const Stage second = start(noon + 1h);
  EXPECT_EQ(second.webinar, first.webinar);
  EXPECT_EQ(storage::find_webinar(connection, first.webinar).value().state, WebinarState::live);
}

TEST_F(DemoStage, has_its_questions_where_the_script_wants_them_and_asks_them_once) {
  const Stage stage = start(noon);
  const auto states_on = [&](const std::string& channel, const std::string& type) {
    std::map<std::string, int> states;
    const auto head = storage::read_head(connection, channel).value();
    for (const auto& record : storage::state_records(connection, head.id)) {
      if (record.type != type) continue;
      std::string encoded;
      storage::append_record(encoded, record);
      ++states[protocol::parse_json(encoded).value().at("state").get<std::string>()];
    }
    return states;
  };
  const auto everyone = access::webinar_questions_channel(stage.webinar);
  const auto backstage = access::webinar_backstage_channel(stage.webinar);
  const auto shown = states_on(everyone, "question");
  EXPECT_EQ(shown.at("staged"), 1);
  EXPECT_GE(shown.at("answered"), 2);
  const auto reviewed = states_on(backstage, "review");
  EXPECT_GE(reviewed.at("pending"), 2);
  start(noon + 1h);
  EXPECT_EQ(states_on(everyone, "question"), shown);
  EXPECT_EQ(states_on(backstage, "review"), reviewed);
}

}  // namespace
}  // namespace plenary::server::demo
