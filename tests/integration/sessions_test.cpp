// P27, P40, P41: sessions, from the door to their end.

#include <algorithm>
#include <thread>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using Sessions = Room;

TEST_F(Sessions, P40_a_repeat_gives_the_same_guest_a_fresh_token) {
  const Json args{{"webinar", webinar}, {"name", "Amina"}};
  const std::string key = new_key();
  const Json first = ok_of(server.operate("session.guest", args, {}, key));
  const Json again = ok_of(server.operate("session.guest", args, {}, key));
  EXPECT_EQ(again["person"], first["person"]);
  EXPECT_NE(again["token"], first["token"]);
  for (const Json& made : {first, again}) {
    EXPECT_EQ(ok_of(server.connect({text_in(made, "token")}).ask("hello"))["me"]["id"], first["person"]);
  }
  EXPECT_EQ(code_of(server.operate("session.guest", {{"webinar", webinar}, {"name", "Bruno"}}, {}, key)), "key_reused");
  EXPECT_NE(ok_of(server.operate("session.guest", args))["person"], first["person"]) << "another intent, another guest";
}

TEST_F(Sessions, P40_a_guest_who_joins_elsewhere_under_the_same_name_stays_the_same_person) {
  const Guest amina = guest("Amina");
  const auto other = live_webinar();
  const Json same = ok_of(server.operate("session.guest", {{"webinar", other}, {"name", "amina"}}, amina.who()));
  EXPECT_EQ(same["person"], amina.person);
  EXPECT_EQ(ok_of(server.connect(amina.who()).ask("hello"))["me"]["guestOf"], (Json{webinar, other}));
  const Json changed = ok_of(server.operate("session.guest", {{"webinar", other}, {"name", "Bruno"}}, amina.who()));
  EXPECT_NE(changed["person"], amina.person);
}

TEST_F(Sessions, P40_a_program_joins_over_its_socket_and_a_browser_does_not) {
  const Json args{{"webinar", webinar}, {"name", "Amina"}};
  const Json made = ok_of(greeted({}).change("session.guest", args));
  EXPECT_EQ(ok_of(server.connect({text_in(made, "token")}).ask("hello"))["me"]["id"], made["person"]);
  Socket browser = greeted({{}, {}, server.origin()});
  EXPECT_EQ(code_of(browser.change("session.guest", args)), "http_only");
  EXPECT_EQ(code_of(browser.change("session.redeem", {{"token", "x"}})), "http_only");
}

class FirstStart : public ::testing::Test {
 protected:
  FirstStart() : server{unlimited(), false}, token{server.make_setup_token()} { server.start(); }

  HttpReply redeem(const Json& args, const std::string& key = new_key()) const {
    return server.operate("session.redeem", args, {}, key);
  }

  RunningServer server;
  std::string token;
};

TEST_F(FirstStart, P41_the_setup_link_makes_an_admin_once) {
  EXPECT_EQ(code_of(redeem({{"token", token + "x"}, {"name", "Noor"}})), "not_found");
  const Json unnamed = redeem({{"token", token}}).json();
  EXPECT_EQ(code_of(unnamed), "missing_field");
  EXPECT_EQ(field_of(unnamed), "name");

  const std::string key = new_key();
  const Json made = ok_of(redeem({{"token", token}, {"name", "Noor"}}, key));
  const Json me = ok_of(server.connect({text_in(made, "token")}).ask("hello"))["me"];
  EXPECT_EQ(me["id"], made["person"]);
  EXPECT_EQ(me["siteRole"], "admin");

  EXPECT_EQ(code_of(redeem({{"token", token}, {"name", "Somebody"}})), "not_found") << "used";
  const Json again = ok_of(redeem({{"token", token}, {"name", "Noor"}}, key));
  EXPECT_EQ(again["person"], made["person"]) << "the first answer was lost on the way";
}

TEST_F(FirstStart, P41_two_at_once_make_one_admin) {
  std::vector<std::string> codes(6);
  std::vector<std::thread> threads;
  for (auto& code : codes) {
    threads.emplace_back([&] { code = code_of(redeem({{"token", token}, {"name", "Noor"}})); });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(std::count(codes.begin(), codes.end(), ""), 1);
  EXPECT_EQ(std::count(codes.begin(), codes.end(), "not_found"), 5);
}

TEST_F(FirstStart, demo_doors_are_closed_outside_the_demo) {
  EXPECT_EQ(server.get("/demo/admin").header("Set-Cookie"), "");
}

TEST_F(Sessions, P27_an_ended_session_loses_its_own_channels_and_keeps_what_anybody_may_read) {
  const Guest amina = guest("Amina");
  const std::string own = own_channel(webinar, amina);
  const std::string person = "person/" + std::to_string(amina.person);
  const auto message = post(amina.who(), "a text that names somebody");
  Socket socket = greeted(amina.who(), {channel, own, person});
  ok_of(server.operate("session.end", Json::object(), amina.who()));

  const Json removed = ok_of(server.operate("message.remove", {{"message", message}, {"reason", "It names"}}, host));
  (void)socket.next(gone_of(own));
  (void)socket.next(gone_of(person));
  (void)socket.next(push_of(channel, removed["rev"]));
  ok_of(socket.ask("ping"));
  for (const Json& one : socket.log()) EXPECT_FALSE(push_of(own)(one)) << one;
  EXPECT_EQ(code_of(socket.ask("subscribe", subscription(own))), "not_found");
  EXPECT_EQ(code_of(socket.change("message.post", {{"webinar", webinar}, {"text", "still here"}})), "sign_in_required");
}

TEST_F(Sessions, P27_a_session_that_ends_itself_is_told_gone_of_its_own_channel) {
  const Guest amina = guest("Amina");
  Socket socket = greeted(amina.who(), {own_channel(webinar, amina)});
  ok_of(socket.change("session.end", Json::object()));
  (void)socket.next(gone_of(own_channel(webinar, amina)));
}

TEST_F(Sessions, P27_other_sessions_of_the_person_go_on) {
  const std::string key = new_key();
  const Json args{{"webinar", webinar}, {"name", "Amina"}};
  const Json phone = ok_of(server.operate("session.guest", args, {}, key));
  const Guest laptop{number_in(phone, "person"),
                     text_in(ok_of(server.operate("session.guest", args, {}, key)), "token")};
  const std::string own = own_channel(webinar, laptop);
  Socket socket = greeted(laptop.who(), {own});
  ok_of(server.operate("session.end", Json::object(), {text_in(phone, "token")}));
  const Json args_of_reaction{{"message", post(laptop.who(), "Bonjour")}, {"emoji", "👍"}, {"on", true}};
  ok_of(server.operate("message.react", args_of_reaction, laptop.who()));
  (void)socket.next(push_of(own));
  for (const Json& one : socket.log()) EXPECT_FALSE(one.contains("gone")) << one;
}

}  // namespace
}  // namespace plenary::test
