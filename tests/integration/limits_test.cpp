// Rates that the operator sets, and a disk that is nearly full.

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Limited : public Room {
 protected:
  static server::Config config() {
    server::Config config = unlimited();
    config.limits = {20, 1, 3};
    return config;
  }
  Limited() : Room{config()} {}
};

/// `limited` of the replies to as many requests, each of which says when to retry.
int count_limited(const std::vector<Json>& replies) {
  int limited = 0;
  for (const Json& reply : replies) {
    if (code_of(reply).empty()) continue;
    EXPECT_EQ(code_of(reply), "rate_limited") << reply;
    EXPECT_GT(reply["error"].value("retryAfterMs", 0), 0) << reply;
    ++limited;
  }
  return limited;
}

TEST_F(Limited, P6_operations_of_one_connection_have_a_rate) {
  Socket socket = server.connect();
  const Json hello = ok_of(socket.ask("hello"));
  EXPECT_EQ(hello["limits"]["operationsPerSecond"], 20);
  EXPECT_EQ(hello["limits"]["joinsPerMinute"], 3);
  std::string frame;
  for (int id = 100; id < 400; ++id) frame += "{\"id\":" + std::to_string(id) + ",\"op\":\"ping\"}\n";
  socket.send(frame);
  std::vector<Json> replies;
  for (int id = 100; id < 400; ++id) replies.push_back(socket.reply(id));
  const int limited = count_limited(replies);
  EXPECT_GT(limited, 0);
  EXPECT_LE(limited, 300 - 39) << "a burst of twice the rate passes";
  ok_of(greeted({}).ask("ping"));
}

TEST_F(Limited, P6_messages_of_one_person_have_a_rate_over_both_doors) {
  std::vector<Json> replies;
  for (int i = 0; i < 40; ++i) {
    replies.push_back(server.operate("message.post", {{"webinar", webinar}, {"text", "x"}}, host).json());
  }
  const int limited = count_limited(replies);
  EXPECT_GT(limited, 0);
  EXPECT_LE(limited, 35) << "a burst passes";
  EXPECT_EQ(snapshot({}, channel)["records"].size(), 41U - static_cast<std::size_t>(limited))
      << "nothing of the refused is written";
  ok_of(
      server.operate("message.post", {{"webinar", webinar}, {"text", "another person"}}, {server.token_of("member")}));
}

TEST_F(Limited, P6_joins_from_one_address_have_a_rate) {
  std::vector<Json> replies;
  unsigned last_status = 0;
  std::string retry_after;
  for (int i = 0; i < 30; ++i) {
    const HttpReply reply = server.operate("session.guest", {{"webinar", webinar}, {"name", "Amina"}});
    replies.push_back(reply.json());
    if (reply.status != 200) {
      last_status = reply.status;
      retry_after = reply.header("Retry-After");
    }
  }
  EXPECT_GT(count_limited(replies), 0);
  EXPECT_TRUE(replies[2].contains("ok"));
  EXPECT_EQ(last_status, 429U);
  EXPECT_NE(retry_after, "");
}

TEST_F(Limited, P31_a_rate_refusal_is_not_the_outcome_of_its_key) {
  std::string key;
  for (int i = 0; i < 40; ++i) {
    key = new_key();
    const Json args{{"webinar", webinar}, {"text", "x"}};
    if (code_of(server.operate("message.post", args, host, key)) == "rate_limited") break;
  }
  server.stop();
  server.start();
  ok_of(server.operate("message.post", {{"webinar", webinar}, {"text", "later"}}, host, key));
}

using FullDisk = Room;

TEST_F(FullDisk, growth_is_refused_before_the_disk_is_full_and_making_room_is_not) {
  const auto message = post(host, "before");
  server::Config config = unlimited();
  config.storage.minimum_free_mb = 1'048'576;
  server.stop();
  server.start(config);
  const auto rev = snapshot({}, channel)["rev"];

  EXPECT_EQ(server.get("/readyz").status, 503U);
  for (const auto& [operation, args] : std::vector<std::pair<std::string, Json>>{
           {"message.post", {{"webinar", webinar}, {"text", "after"}}},
           {"message.edit", {{"message", message}, {"text", "after"}}},
           {"message.react", {{"message", message}, {"emoji", "👍"}, {"on", true}}},
           {"webinar.create", webinar_args()},
           {"session.guest", {{"webinar", webinar}, {"name", "Amina"}}}}) {
    const HttpReply reply = server.operate(operation, args, host);
    EXPECT_EQ(code_of(reply), "storage_full") << operation;
    EXPECT_EQ(reply.status, 507U);
    EXPECT_GT(reply.json()["error"]["retryAfterMs"], 0);
  }
  EXPECT_EQ(snapshot({}, channel)["rev"], rev);
  ok_of(server.operate("message.remove", {{"message", message}}, host));
  ok_of(server.operate("webinar.close", {{"webinar", webinar}}, host));
  ok_of(server.operate("session.end", Json::object(), host));
}

}  // namespace
}  // namespace plenary::test
