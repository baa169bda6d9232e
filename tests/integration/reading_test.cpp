// P12, P13, P24: the timeline, read in pages.

#include <thread>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Reading : public Room {
 protected:
  Reading() : messages{post_many(host, 120)} {}

  Json history(Json more) const {
    return ok_of(server.operate("history", subscription(channel, std::move(more)), {}, {}));
  }

  void expect_page(const Json& args, std::int64_t first, std::int64_t last, bool more) const {
    const Json page = history(args);
    std::vector<std::int64_t> expected;
    for (auto pos = first; pos <= last; ++pos) expected.push_back(pos);
    std::vector<std::int64_t> found;
    for (const Json& record : page["records"]) found.push_back(number_in(record, "pos"));
    EXPECT_EQ(found, expected) << args;
    EXPECT_EQ(page["more"], more) << args;
    EXPECT_EQ(page["rev"], snapshot({}, channel)["rev"]);
  }

  std::vector<std::int64_t> messages;
};

TEST_F(Reading, P24_before_after_and_around_have_exactly_their_range) {
  expect_page({{"before", 121}, {"limit", 20}}, 101, 120, true);
  expect_page({{"before", 21}, {"limit", 20}}, 1, 20, false);
  expect_page({{"before", 11}, {"limit", 20}}, 1, 10, false);
  expect_page({{"before", 1}, {"limit", 20}}, 1, 0, false);
  expect_page({{"before", 100'000}, {"limit", 20}}, 101, 120, true);
  expect_page({{"after", 0}, {"limit", 20}}, 1, 20, true);
  expect_page({{"after", 100}, {"limit", 20}}, 101, 120, false);
  expect_page({{"after", 120}}, 1, 0, false);
  expect_page({{"after", 115}}, 116, 120, false);
  expect_page({{"around", 60}, {"limit", 11}}, 55, 65, true);
  expect_page({{"around", 2}, {"limit", 11}}, 1, 7, true);
  expect_page({{"around", 119}, {"limit", 11}}, 114, 120, true);
  expect_page({{"before", 90}}, 40, 89, true);
  expect_page({{"before", 121}, {"limit", 100}}, 21, 120, true);
}

TEST_F(Reading, P24_pages_back_to_the_beginning_hold_everything_once) {
  std::vector<std::int64_t> found;
  for (Json page = history({{"before", 121}, {"limit", 17}});;
       page = history({{"before", page["records"][0]["pos"]}, {"limit", 17}})) {
    for (auto record = page["records"].rbegin(); record != page["records"].rend(); ++record)
      found.push_back(number_in(*record, "id"));
    if (page["more"] == false) break;
  }
  EXPECT_EQ(found, (std::vector<std::int64_t>{messages.rbegin(), messages.rend()}));
}

TEST_F(Reading, P12_a_tally_is_paged_with_its_message) {
  Socket reader = greeted({}, {channel});
  ok_of(server.operate("message.react", {{"message", messages[4]}, {"emoji", "👍"}, {"on", true}}, host));
  const Json push = reader.next(push_of(channel));
  EXPECT_EQ(push["put"][0]["type"], "tally");
  EXPECT_EQ(push["put"][0]["pos"], 5);
  const Json page = history({{"around", 5}, {"limit", 1}});
  ASSERT_EQ(page["records"].size(), 2U);
  EXPECT_EQ(page["records"][0]["type"], "message");
  EXPECT_EQ(page["records"][1]["type"], "tally");
  EXPECT_EQ(page["records"][1]["reactions"], (Json{{"👍", 1}}));
}

TEST_F(Reading, P13_a_removed_message_keeps_its_place_and_its_tally_goes) {
  ok_of(server.operate("message.react", {{"message", messages[4]}, {"emoji", "👍"}, {"on", true}}, host));
  Socket reader = greeted({}, {channel});
  const Json removed = ok_of(server.operate("message.remove", {{"message", messages[4]}}, host));
  const Json page = history({{"around", 5}, {"limit", 1}});
  const Json expected{{"type", "message"}, {"id", messages[4]},  {"rev", removed["rev"]},
                      {"pos", 5},          {"state", "removed"}, {"by", "author"}};
  EXPECT_EQ(page["records"], Json::array({expected}));
  const Json push = reader.next(push_of(channel, removed["rev"]));
  EXPECT_NE(std::find(push["put"].begin(), push["put"].end(), expected), push["put"].end()) << push;
}

TEST_F(Reading, P12_places_have_no_gap_when_many_post_at_once_and_some_are_refused) {
  std::vector<std::thread> posters;
  for (int i = 0; i < 4; ++i) {
    posters.emplace_back([this] {
      Socket socket = greeted(host);
      for (int j = 0; j < 25; ++j) {
        const Json args{{"webinar", webinar}, {"text", j % 5 == 0 ? "" : "more"}};
        (void)socket.change("message.post", args);
      }
    });
  }
  for (auto& poster : posters) poster.join();
  expect_page({{"after", 120}, {"limit", 100}}, 121, 200, false);
}

}  // namespace
}  // namespace plenary::test
