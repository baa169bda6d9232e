// P30–P32: an intent happens once.

#include <thread>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Intents : public Room {
 protected:
  Intents() : amina{guest("Amina")} {}
  Json args(const std::string& text = "Bonjour") const { return {{"webinar", webinar}, {"text", text}}; }
  std::int64_t messages() const {
    const Json page = ok_of(server.operate("history", subscription(channel, {{"after", 0}, {"limit", 100}}), {}, {}));
    return static_cast<std::int64_t>(page["records"].size());
  }

  Guest amina;
};

TEST_F(Intents, P30_a_change_without_a_key_is_refused_on_both_doors) {
  Socket socket = greeted(amina.who());
  const std::vector<std::pair<std::string, Json>> changes{
      {"webinar.create", webinar_args()},
      {"webinar.open", {{"webinar", webinar}}},
      {"webinar.close", {{"webinar", webinar}}},
      {"message.post", args()},
      {"message.edit", {{"message", 1}, {"text", "x"}}},
      {"message.remove", {{"message", 1}}},
      {"message.react", {{"message", 1}, {"emoji", "👍"}, {"on", true}}},
      {"session.guest", {{"webinar", webinar}, {"name", "Amina"}}},
      {"session.redeem", {{"token", "x"}}},
      {"session.end", Json::object()}};
  for (const auto& [operation, its_args] : changes) {
    EXPECT_EQ(code_of(socket.ask(operation, its_args)), "key_required") << operation;
    EXPECT_EQ(code_of(server.operate(operation, its_args, amina.who(), {})), "key_required") << operation;
  }
}

TEST_F(Intents, P30_a_key_is_a_uuid_of_version_7) {
  Socket socket = greeted(amina.who());
  for (const std::string& key :
       {std::string{"x"}, std::string{"018f0000-0000-4000-8000-000000000001"},
        std::string{"018f0000-0000-7000-7000-000000000001"}, std::string{"018f0000-0000-7000-c000-000000000001"},
        std::string{"018f00000000700080000000000000001"}, std::string{"018g0000-0000-7000-8000-000000000001"},
        std::string{"018f0000-0000-7000-8000-00000000001"}, std::string{"018f0000-0000-7000-8000-0000000000011"},
        std::string{"{018f0000-0000-7000-8000-0000000000}"}, std::string(5'000, '7')}) {
    EXPECT_EQ(code_of(socket.change("message.post", args(), key)), "bad_key") << key;
  }
  EXPECT_EQ(code_of(server.operate("message.post", args(), amina.who(), "x")), "bad_key");
  EXPECT_EQ(messages(), 0);
}

TEST_F(Intents, P31_a_repeat_gets_the_first_answer_and_changes_nothing) {
  Socket socket = greeted(amina.who());
  const std::string key = new_key();
  const Json first = ok_of(socket.change("message.post", args(), key));
  post(host, "something between");
  EXPECT_EQ(ok_of(socket.change("message.post", args(), key)), first);
  EXPECT_EQ(ok_of(greeted(amina.who()).change("message.post", args(), key)), first);
  std::string upper = key;
  for (char& c : upper) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(ok_of(socket.change("message.post", args(), upper)), first) << "the same UUID, spelled differently";
  EXPECT_EQ(messages(), 2);
}

TEST_F(Intents, P31_a_repeat_in_another_run_gets_the_first_answer) {
  const std::string key = new_key();
  const Json first = ok_of(server.operate("message.post", args(), amina.who(), key));
  server.stop();
  server.start();
  EXPECT_EQ(ok_of(server.operate("message.post", args(), amina.who(), key)), first);
  EXPECT_EQ(messages(), 1);
}

TEST_F(Intents, P31_another_intent_under_the_same_key_is_refused) {
  const std::string key = new_key();
  const Json first = ok_of(server.operate("message.post", args(), amina.who(), key));
  const HttpReply other_text = server.operate("message.post", args("Bonsoir"), amina.who(), key);
  EXPECT_EQ(code_of(other_text), "key_reused");
  EXPECT_EQ(other_text.status, 409U);
  EXPECT_EQ(code_of(server.operate("message.edit", {{"message", first["message"]}, {"text", "x"}}, amina.who(), key)),
            "key_reused");
  EXPECT_EQ(messages(), 1);
}

TEST_F(Intents, P31_keys_are_each_persons_own) {
  const std::string key = new_key();
  const Json first = ok_of(server.operate("message.post", args(), amina.who(), key));
  EXPECT_NE(ok_of(server.operate("message.post", args(), host, key)), first);
  EXPECT_EQ(messages(), 2);
}

TEST_F(Intents, P31_a_failure_is_not_stored) {
  ok_of(server.operate("webinar.close", {{"webinar", webinar}}, host));
  const std::string key = new_key();
  EXPECT_EQ(code_of(server.operate("message.post", args(), amina.who(), key)), "not_live");
  ok_of(server.operate("webinar.open", {{"webinar", webinar}}, host));
  ok_of(server.operate("message.post", args(), amina.who(), key));
}

TEST_F(Intents, P31_repeats_in_one_batch_change_once) {
  Socket socket = greeted(amina.who());
  const std::string key = new_key();
  std::string frame;
  for (int id = 100; id < 140; ++id) {
    frame += Json{{"id", id}, {"op", "message.post"}, {"key", key}, {"args", args()}}.dump() + "\n";
  }
  socket.send(frame);
  const Json first = ok_of(socket.reply(100));
  for (int id = 101; id < 140; ++id) EXPECT_EQ(ok_of(socket.reply(id)), first);
  EXPECT_EQ(messages(), 1);
}

TEST_F(Intents, P31_in_one_batch_another_intent_under_the_same_key_is_refused) {
  Socket socket = greeted(amina.who());
  const std::string key = new_key();
  std::string frame;
  for (int id = 100; id < 120; ++id) {
    frame += Json{{"id", id}, {"op", "message.post"}, {"key", key}, {"args", args(std::to_string(id))}}.dump() + "\n";
  }
  socket.send(frame);
  ok_of(socket.reply(100));
  for (int id = 101; id < 120; ++id) EXPECT_EQ(code_of(socket.reply(id)), "key_reused");
  EXPECT_EQ(messages(), 1);
}

TEST_F(Intents, P31_repeats_at_once_over_many_connections_change_once) {
  constexpr std::size_t connections = 8;
  const std::string key = new_key();
  std::vector<Json> replies(connections);
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < connections; ++i) {
    threads.emplace_back([&, i] { replies[i] = server.operate("message.post", args(), amina.who(), key).json(); });
  }
  for (auto& thread : threads) thread.join();
  for (const Json& reply : replies) EXPECT_EQ(reply, replies.front());
  EXPECT_TRUE(replies.front().contains("ok")) << replies.front();
  EXPECT_EQ(messages(), 1);
}

TEST_F(Intents, P32_a_reply_carries_the_rev_of_its_record) {
  Socket socket = greeted(amina.who(), {channel});
  const Json made = ok_of(socket.change("message.post", args()));
  const Json push = socket.next(push_of(channel, made["rev"]));
  EXPECT_EQ(made["channel"], channel);
  EXPECT_EQ(push["put"][0]["id"], made["message"]);
  EXPECT_EQ(push["put"][0]["rev"], made["rev"]);
}

}  // namespace
}  // namespace plenary::test
