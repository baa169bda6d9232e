// P26: who reads slowly, and who does not read at all for a while.

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class SlowReader : public Room {
 protected:
  static server::Config config() {
    server::Config config = unlimited();
    config.sync.queue_bytes = 65'536;
    return config;
  }
  SlowReader() : Room{config()}, slow{server.port(), Socket::Options{{}, "plenary.v1", {}, 4'096}} {
    view.apply_answer(ok_of(slow.ask("hello", {{"subscriptions", {subscription(channel)}}}))["subscriptions"][0]);
  }

  bool fell_behind() const { return server.metric("plenary_pushes_dropped_total") > 0; }

  /// Reads until it has what a newcomer gets; the times it was told to ask again.
  int read_all(std::int64_t head) {
    int asked_again = 0;
    while (view.rev() < head) {
      const Json frame = slow.next([](const Json& one) { return one.contains("put") || one.contains("stale"); });
      if (frame.contains("put") && view.apply_push(frame)) continue;
      ++asked_again;
      view.apply_answer(ok_of(slow.ask("subscribe", view.resumption())));
    }
    return asked_again;
  }

  Socket slow;
  View view;
};

const std::string long_text(3'900, 'x');

TEST_F(SlowReader, P26_reads_everything_exactly_once_in_order_while_others_never_notice) {
  Socket quick = greeted({}, {channel});
  Socket author = greeted(host);
  int posted = 0;
  // One by one: what one commit makes is one push, and a large one is more than anybody's budget.
  for (; posted < 5'000 && (posted % 50 != 0 || !fell_behind()); ++posted) {
    const Json made = ok_of(author.change("message.post", {{"webinar", webinar}, {"text", long_text}}));
    (void)quick.next(push_of(channel, made["rev"]));
  }
  ASSERT_TRUE(fell_behind());
  const auto last = post(host, "after all of them");
  const std::int64_t head = number_in(snapshot({}, channel), "rev");
  (void)quick.next(push_of(channel, head));

  read_all(head);
  EXPECT_EQ(view.times_told().size(), static_cast<std::size_t>(posted) + 1);
  for (const auto& [message, times] : view.times_told()) EXPECT_EQ(times, 1) << message;
  std::int64_t expected_place = 1;
  for (const auto& [key, record] : view.records()) {
    if (key.first != "message") continue;
    EXPECT_EQ(record["pos"], expected_place++) << record["id"];
  }
  EXPECT_EQ(view.records().at({"message", last})["text"], "after all of them");

  post(host, "and live again");
  EXPECT_EQ(slow.next(push_of(channel, head + 1))["from"], head);
}

TEST_F(SlowReader, P26_is_caught_up_by_one_push_where_that_is_little) {
  const auto message = post(host, "first");
  Socket author = greeted(host);
  // One by one: edits of one commit are one push.
  for (int edit = 0; edit < 5'000 && (edit % 100 != 0 || !fell_behind()); ++edit) {
    ok_of(author.change("message.edit", {{"message", message}, {"text", std::to_string(edit) + long_text}}));
  }
  ASSERT_TRUE(fell_behind());
  ok_of(author.change("message.edit", {{"message", message}, {"text", "last"}}));
  EXPECT_EQ(read_all(number_in(snapshot({}, channel), "rev")), 0) << "nothing to ask again";
  EXPECT_GT(server.metric("plenary_catch_ups_total"), 0);
  EXPECT_EQ(view.records(), fresh_view({}, channel).records());
}

TEST_F(SlowReader, P26_loses_no_reply) {
  std::vector<std::int64_t> requests;
  for (int i = 0; i < 50; ++i) requests.push_back(slow.request("history", subscription(channel, {{"before", 1}})));
  for (int posted = 0; posted < 5'000 && !fell_behind(); posted += 100) post_many(host, 100, long_text);
  ASSERT_TRUE(fell_behind());
  for (const auto id : requests) ok_of(slow.reply(id));
  read_all(number_in(snapshot({}, channel), "rev"));
  EXPECT_EQ(view.rev(), snapshot({}, channel)["rev"]);
}

}  // namespace
}  // namespace plenary::test
