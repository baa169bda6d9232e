// P10–P15, P20–P23, P25: the connection and its subscriptions.

#include <algorithm>
#include <thread>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using Subscribing = Room;

TEST_F(Subscribing, P20_hello_comes_first_and_once) {
  Socket socket = server.connect();
  for (const std::string operation : {"ping", "webinar.list", "subscribe"}) {
    EXPECT_EQ(code_of(socket.ask(operation, operation == "subscribe" ? subscription(channel) : Json::object())),
              "hello_required");
  }
  EXPECT_EQ(code_of(socket.ask("hello", {{"client", 5}})), "wrong_type");
  ok_of(socket.ask("hello"));
  EXPECT_EQ(code_of(socket.ask("hello")), "hello_repeated");
}

TEST_F(Subscribing, P20_hello_says_who_and_where_and_the_limits) {
  const Guest amina = guest("Amina");
  Socket socket = server.connect(amina.who());
  const Json hello = ok_of(socket.ask("hello", {{"client", "test"}, {"locale", "fr"}}));
  EXPECT_EQ(hello["me"]["id"], amina.person);
  EXPECT_EQ(hello["me"]["name"], "Amina");
  EXPECT_EQ(hello["me"]["kind"], "guest");
  EXPECT_EQ(hello["me"]["guestOf"], Json::array({webinar}));
  EXPECT_EQ(hello["limits"]["textCharacters"], 4'000);
  EXPECT_EQ(hello["limits"]["messagesPerSecond"], 0);
  EXPECT_EQ(hello["epoch"], snapshot({}, channel)["epoch"]);
}

TEST_F(Subscribing, P20_each_subscription_is_answered_by_itself_in_the_order_asked) {
  const Guest amina = guest("Amina");
  Socket socket = server.connect(amina.who());
  const std::vector<std::string> asked{"webinar/999", channel, "person/999", own_channel(webinar, amina),
                                       channel + "x"};
  Json subscriptions = Json::array();
  for (const auto& one : asked) subscriptions.push_back(subscription(one));
  const Json answers = ok_of(socket.ask("hello", {{"subscriptions", subscriptions}}))["subscriptions"];
  ASSERT_EQ(answers.size(), asked.size());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    EXPECT_EQ(answers[i]["channel"], asked[i]);
    EXPECT_EQ(code_of(answers[i]), i == 1 || i == 3 ? "" : "not_found") << answers[i];
  }
}

TEST_F(Subscribing, P20_too_many_channels_are_refused) {
  Json subscriptions = Json::array();
  for (int i = 0; i < 65; ++i) subscriptions.push_back(subscription(webinar_channel(i + 1)));
  Socket socket = server.connect();
  EXPECT_EQ(code_of(socket.ask("hello", {{"subscriptions", subscriptions}})), "too_many_channels");
}

TEST_F(Subscribing, P21_a_snapshot_holds_the_state_and_the_last_page) {
  post_many(host, 60);
  const Json answer = snapshot({}, channel);
  EXPECT_EQ(answer["mode"], "snapshot");
  EXPECT_EQ(answer["more"], true);
  std::vector<std::int64_t> places;
  int webinars = 0;
  for (const Json& record : answer["records"]) {
    webinars += record["type"] == "webinar";
    if (record["type"] == "message") places.push_back(number_in(record, "pos"));
  }
  EXPECT_EQ(webinars, 1);
  ASSERT_EQ(places.size(), 50U);
  for (std::size_t i = 0; i < places.size(); ++i) EXPECT_EQ(places[i], static_cast<std::int64_t>(i) + 11);

  const Json bare = ok_of(server.operate("subscribe", subscription(channel, {{"page", "none"}}), {}, {}));
  EXPECT_EQ(bare["records"].size(), 1U);
  EXPECT_EQ(bare["more"], true);
}

TEST_F(Subscribing, P21_a_resume_holds_exactly_what_was_missed) {
  const auto ids = post_many(host, 5);
  View view = fresh_view({}, channel);
  const auto since = view.rev();
  post_many(host, 3);
  ok_of(server.operate("message.edit", {{"message", ids[1]}, {"text", "two"}}, host));
  ok_of(server.operate("message.edit", {{"message", ids[1]}, {"text", "two, again"}}, host));
  const Json answer = ok_of(server.operate("subscribe", view.resumption(), {}, {}));
  EXPECT_EQ(answer["mode"], "resume");
  EXPECT_EQ(answer["records"].size(), 4U) << "a record changed twice arrives once";
  for (const Json& record : answer["records"]) EXPECT_GT(record["rev"], since);
  view.apply_answer(answer);
  EXPECT_EQ(view.records(), fresh_view({}, channel).records());
  EXPECT_TRUE(ok_of(server.operate("subscribe", view.resumption(), {}, {}))["records"].empty());
}

TEST_F(Subscribing, P15_what_the_server_cannot_have_said_gets_a_snapshot) {
  post_many(host, 3);
  const View view = fresh_view({}, channel);
  const auto mode = [&](const char* field, const Json& value) {
    Json args = view.resumption();
    args[field] = value;
    return ok_of(server.operate("subscribe", args, {}, {}))["mode"];
  };
  EXPECT_EQ(mode("since", view.rev()), "resume");
  EXPECT_EQ(mode("epoch", "another"), "snapshot");
  EXPECT_EQ(mode("c", 1'000'000), "snapshot");
  EXPECT_EQ(mode("c", 0), "snapshot") << "before that run began";
  EXPECT_EQ(mode("since", view.rev() + 1), "snapshot");
}

TEST_F(Subscribing, P15_a_client_resumes_across_runs) {
  post_many(host, 3);
  View view = fresh_view({}, channel);
  post_many(host, 2);
  server.stop();
  server.start();
  post_many(host, 2);
  const Json answer = ok_of(server.operate("subscribe", view.resumption(), {}, {}));
  EXPECT_EQ(answer["mode"], "resume");
  EXPECT_NE(answer["epoch"], view.resumption()["epoch"]);
  view.apply_answer(answer);
  EXPECT_EQ(view.records(), fresh_view({}, channel).records());
}

class ShortMemory : public Room {
 protected:
  static server::Config config() {
    server::Config config = unlimited();
    config.sync.resume_records = 10;
    return config;
  }
  ShortMemory() : Room{config()} {}
};

TEST_F(ShortMemory, P21_who_missed_more_than_the_limit_gets_a_snapshot) {
  const View view = fresh_view({}, channel);
  post_many(host, 10);
  EXPECT_EQ(ok_of(server.operate("subscribe", view.resumption(), {}, {}))["mode"], "resume");
  post_many(host, 1);
  EXPECT_EQ(ok_of(server.operate("subscribe", view.resumption(), {}, {}))["mode"], "snapshot");
}

TEST_F(Subscribing, P22_pushes_follow_the_answer_without_a_gap_while_others_post) {
  std::vector<Socket> readers;
  for (int i = 0; i < 4; ++i) readers.push_back(server.connect());
  std::thread poster{[this] { post_many(host, 200); }};
  std::vector<View> views(readers.size());
  for (std::size_t i = 0; i < readers.size(); ++i) {
    views[i].apply_answer(
        ok_of(readers[i].ask("hello", {{"subscriptions", {subscription(channel)}}}))["subscriptions"][0]);
  }
  poster.join();
  const std::int64_t head = number_in(snapshot({}, channel), "rev");
  for (std::size_t i = 0; i < readers.size(); ++i) {
    while (views[i].rev() < head) {
      const Json push = readers[i].next(push_of(channel));
      EXPECT_EQ(push["from"], views[i].rev()) << "a quick reader gets each push once, in order";
      ASSERT_TRUE(views[i].apply_push(push));
    }
    for (const auto& [message, times] : views[i].times_told()) EXPECT_EQ(times, 1) << message;
  }
}

TEST_F(Subscribing, P21_subscribing_again_replaces) {
  Socket socket = greeted({}, {channel});
  View view;
  view.apply_answer(ok_of(socket.ask("subscribe", subscription(channel))));
  post(host, "once");
  ok_of(socket.ask("ping"));
  ASSERT_TRUE(view.apply_push(socket.next(push_of(channel))));
  ok_of(socket.ask("ping"));
  EXPECT_EQ(std::count_if(socket.log().begin(), socket.log().end(), push_of(channel)), 1);
}

TEST_F(Subscribing, P23_nothing_follows_an_unsubscription) {
  Socket socket = greeted({}, {channel});
  const auto first = post(host, "heard");
  const Json heard = socket.next(push_of(channel));
  EXPECT_EQ(heard["put"][0]["id"], first);
  EXPECT_EQ(ok_of(socket.ask("unsubscribe", subscription(channel))), subscription(channel));
  post_many(host, 5);
  ok_of(socket.ask("ping"));
  EXPECT_EQ(std::count_if(socket.log().begin(), socket.log().end(), push_of(channel)), 1);
  EXPECT_EQ(code_of(socket.ask("unsubscribe", subscription(channel))), "not_subscribed");
}

TEST_F(Subscribing, P25_a_lost_last_push_is_noticed_by_a_ping) {
  Socket socket = server.connect();
  View view;
  view.apply_answer(ok_of(socket.ask("hello", {{"subscriptions", {subscription(channel)}}}))["subscriptions"][0]);
  const auto message = post(host, "lost on the way");
  const Json lost = socket.next(push_of(channel));
  const Json heads{{"heads", {{{"channel", channel}, {"rev", view.rev()}}}}};
  // Once may have crossed the push on its way; who says so again has not got it.
  EXPECT_GT(ok_of(socket.ask("ping", heads))["at"], 0);
  ok_of(socket.ask("ping", heads));
  const Json again = socket.next(push_of(channel));
  EXPECT_EQ(again["from"], view.rev());
  EXPECT_EQ(again["rev"], lost["rev"]);
  EXPECT_EQ(again["put"], lost["put"]);
  ASSERT_TRUE(view.apply_push(again));
  EXPECT_EQ(view.times_told().at(message), 1);
}

TEST_F(Subscribing, P10_everyone_on_a_channel_gets_the_same_frames) {
  const Guest amina = guest("Amina");
  Socket of_guest = greeted(amina.who(), {channel});
  Socket of_host = greeted(host, {channel});
  Socket of_nobody = greeted({}, {channel});
  const auto message = post(amina.who(), "Bonjour");
  ok_of(server.operate("message.edit", {{"message", message}, {"text", "Bonsoir"}}, amina.who()));
  const std::int64_t head = number_in(snapshot({}, channel), "rev");
  for (std::int64_t rev = head - 1; rev <= head; ++rev) {
    const Json push = of_guest.next(push_of(channel, rev));
    EXPECT_EQ(of_host.next(push_of(channel, rev)), push);
    EXPECT_EQ(of_nobody.next(push_of(channel, rev)), push);
  }
}

}  // namespace
}  // namespace plenary::test
