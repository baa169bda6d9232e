// P4: what does not exist and what one may not see cannot be told apart.

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Visibility : public Room {
 protected:
  Visibility() : members_only{live_webinar("members")} {
    Socket member = greeted({server.token_of("member")});
    secret = number_in(ok_of(member.change("message.post", {{"webinar", members_only}, {"text", "between members"}})),
                       "message");
  }

  /// Every way to name a webinar or a message, with `of` and `message` in it.
  static std::vector<std::pair<std::string, Json>> ways(std::int64_t of, std::int64_t message) {
    const std::string named = webinar_channel(of);
    return {{"subscribe", subscription(named)},
            {"subscribe", subscription(named + "/person/1")},
            {"history", subscription(named, {{"before", 10}})},
            {"message.post", {{"webinar", of}, {"text", "hello"}}},
            {"message.edit", {{"message", message}, {"text", "mine"}}},
            {"message.remove", {{"message", message}, {"reason", "because"}}},
            {"message.react", {{"message", message}, {"emoji", "👍"}, {"on", true}}},
            {"people.list", {{"webinar", of}}},
            {"webinar.open", {{"webinar", of}}},
            {"webinar.close", {{"webinar", of}}},
            {"session.guest", {{"webinar", of}, {"name", "Amina"}}}};
  }

  std::int64_t members_only;
  std::int64_t secret = 0;
};

constexpr std::int64_t nowhere = 987'654;

TEST_F(Visibility, P4_a_members_webinar_is_to_guests_as_if_it_were_not) {
  for (const Who& who : {Who{}, guest("Amina").who()}) {
    const auto seen = ways(members_only, secret);
    const auto absent = ways(nowhere, nowhere);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const auto& [operation, args] = seen[i];
      const HttpReply of_seen = server.operate(operation, args, who);
      const HttpReply of_absent = server.operate(operation, absent[i].second, who);
      EXPECT_EQ(code_of(of_seen), "not_found") << operation << ' ' << of_seen.body;
      EXPECT_EQ(of_seen.body, of_absent.body) << operation;
      EXPECT_EQ(of_seen.status, of_absent.status) << operation;
      if (operation == "session.guest") continue;
      Socket socket = greeted(who);
      Json over_socket = socket.change(operation, args);
      over_socket.erase("id");
      EXPECT_EQ(over_socket, of_absent.json()) << operation;
    }
    Socket socket = greeted(who);
    EXPECT_EQ(code_of(socket.ask("typing", {{"webinar", members_only}})), "not_found");
    EXPECT_EQ(code_of(socket.ask("typing", {{"webinar", nowhere}})), "not_found");
  }
}

TEST_F(Visibility, P4_a_members_webinar_is_in_no_list_and_no_page_of_a_guest) {
  for (const Who& who : {Who{}, guest("Amina").who()}) {
    const std::string listed = server.operate("webinar.list", Json::object(), who).body;
    EXPECT_EQ(listed.find("\"id\":" + std::to_string(members_only)), std::string::npos) << listed;
    EXPECT_NE(listed.find("\"id\":" + std::to_string(webinar)), std::string::npos) << listed;
  }
  const HttpReply of_seen = server.get("/w/" + std::to_string(members_only));
  EXPECT_EQ(of_seen.body, server.get("/w/" + std::to_string(nowhere)).body);
  EXPECT_EQ(of_seen.body.find("Welcome desk"), std::string::npos);
}

TEST_F(Visibility, P4_members_see_it_without_joining) {
  const Who member{server.token_of("member")};
  EXPECT_EQ(snapshot(member, webinar_channel(members_only))["records"].size(), 2U);
  ok_of(server.operate("message.react", {{"message", secret}, {"emoji", "👍"}, {"on", true}}, member));
}

TEST_F(Visibility, P4_other_peoples_channels_are_as_those_of_nobody) {
  const Guest amina = guest("Amina");
  const Guest other = guest("Bruno");
  for (const Who& who : {amina.who(), host, Who{server.token_of("admin")}, Who{}}) {
    for (const std::string& named :
         {own_channel(webinar, other), webinar_channel(webinar) + "/person/4321",
          "person/" + std::to_string(other.person), std::string{"person/4321"}, std::string{"person/"},
          std::string{"person/0"}, std::string{"webinar"}, std::string{""}, std::string{"webinar/01"},
          std::string{"webinar/-1"}, channel + "/", channel + "/backstages", channel + "/questions/1", "/" + channel,
          channel + " ", std::string{"webinar/99999999999999999999"}}) {
      EXPECT_EQ(server.operate("subscribe", subscription(named), who).body, R"({"error":{"code":"not_found"}})")
          << named;
      EXPECT_EQ(code_of(server.operate("history", subscription(named, {{"before", 5}}), who)), "not_found") << named;
    }
  }
  EXPECT_EQ(snapshot(amina.who(), "person/" + std::to_string(amina.person))["records"].size(), 1U);
}

}  // namespace
}  // namespace plenary::test
