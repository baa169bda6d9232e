// P3: who a request is from.

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using WhoAsks = Room;

Json me_of(Socket socket) { return ok_of(socket.ask("hello")).value("me", Json{}); }

/// name=value of what a reply sets.
std::string cookie_in(const HttpReply& reply) {
  const std::string set = reply.header("Set-Cookie");
  return set.substr(0, set.find(';'));
}

TEST_F(WhoAsks, P3_an_unknown_token_is_401_on_both_doors) {
  for (const std::string& token : {std::string{"nonsense"}, std::string(43, 'A'), host.token + "x"}) {
    const HttpReply reply = server.operate("webinar.list", Json::object(), {token});
    EXPECT_EQ(reply.status, 401U);
    EXPECT_EQ(code_of(reply), "bad_token");
    try {
      (void)server.connect({token});
      ADD_FAILURE() << "accepted";
    } catch (const UpgradeRefused& refused) {
      EXPECT_EQ(refused.reply.status, 401U);
      EXPECT_EQ(code_of(refused.reply), "bad_token");
    }
  }
}

TEST_F(WhoAsks, P3_an_ended_token_is_an_unknown_one) {
  ok_of(server.operate("session.end", Json::object(), host));
  EXPECT_EQ(server.operate("webinar.list", Json::object(), host).status, 401U);
}

TEST_F(WhoAsks, P3_an_unknown_or_ended_cookie_is_nobody) {
  const Who unknown{{}, "plenary=nonsense", server.origin()};
  EXPECT_EQ(server.operate("webinar.list", Json::object(), unknown).status, 200U);
  EXPECT_EQ(me_of(server.connect(unknown)), Json{});
  const Who browser{{}, "plenary=" + host.token, server.origin()};
  EXPECT_EQ(me_of(server.connect(browser))["kind"], "member");
  ok_of(server.operate("session.end", Json::object(), browser));
  EXPECT_EQ(me_of(server.connect(browser)), Json{});
}

TEST_F(WhoAsks, P3_a_cookie_counts_only_with_an_allowed_origin) {
  const Who no_origin{{}, "plenary=" + host.token};
  EXPECT_EQ(code_of(server.operate("webinar.create", webinar_args(), no_origin)), "sign_in_required");
  EXPECT_EQ(me_of(server.connect(no_origin)), Json{});
  const Who allowed{{}, "plenary=" + host.token, server.origin()};
  ok_of(server.operate("webinar.create", webinar_args(), allowed));
}

TEST_F(WhoAsks, P3_no_foreign_page_gets_in_with_a_visitors_cookie) {
  const std::string port = std::to_string(server.port());
  const std::string here = "127.0.0.1:" + port;
  const auto before = snapshot({}, channel)["rev"];
  for (const std::string& origin : std::vector<std::string>{"null",
                                                            "http://evil.example",
                                                            "https://evil.example:" + port,
                                                            "http://" + here + ".evil.example",
                                                            "http://" + here + "@evil.example",
                                                            "http://evil.example/" + here,
                                                            "http://" + here + "/",
                                                            "http://" + here + "/path",
                                                            "http://user:pass@" + here,
                                                            "http://127.0.0.1",
                                                            "http://127.0.0.1:1",
                                                            "http://localhost:" + port,
                                                            "http://[::1]:" + port,
                                                            "http://0.0.0.0:" + port,
                                                            "http://127.1:" + port,
                                                            "ws://" + here,
                                                            "file://",
                                                            "//" + here,
                                                            here,
                                                            "http://",
                                                            "https://",
                                                            "javascript:alert(1)",
                                                            "data:text/html,x",
                                                            "chrome-extension://abcdefgh",
                                                            "http://" + here + "#",
                                                            "http://" + here + "?",
                                                            "http://" + here + " http://evil.example",
                                                            "http://evil.example http://" + here,
                                                            "http://evil.example, http://" + here,
                                                            "http:\\\\" + here,
                                                            "http://" + here + "%00.evil.example",
                                                            "http://127.0.0.1:" + port + "0"}) {
    const Who foreign{{}, "plenary=" + host.token, origin};
    const HttpReply reply = server.operate("message.post", {{"webinar", webinar}, {"text", "forged"}}, foreign);
    EXPECT_EQ(reply.status, 403U) << origin;
    EXPECT_EQ(code_of(reply), "bad_origin") << origin;
    EXPECT_EQ(server.operate("webinar.list", Json::object(), foreign).status, 403U) << origin;
    EXPECT_THROW(server.connect(foreign), UpgradeRefused) << origin;
  }
  const HttpReply empty = http(server.port(), "POST", "/api/v1/ops/webinar.list", {{"Origin", ""}}, "{}");
  EXPECT_EQ(empty.status, 403U);
  EXPECT_EQ(snapshot({}, channel)["rev"], before);
}

TEST_F(WhoAsks, P3_a_browser_gets_its_token_as_a_cookie_that_no_script_reads) {
  const Who browser{{}, {}, server.origin()};
  const HttpReply joined = server.operate("session.guest", {{"webinar", webinar}, {"name", "Amina"}}, browser);
  const auto person = ok_of(joined)["person"];
  EXPECT_EQ(ok_of(joined).size(), 1U) << joined.body;
  const std::string set = joined.header("Set-Cookie");
  EXPECT_NE(set.find("; HttpOnly"), std::string::npos) << set;
  EXPECT_NE(set.find("; SameSite=Lax"), std::string::npos) << set;
  EXPECT_NE(set.find("; Path=/"), std::string::npos) << set;

  const Who amina{{}, cookie_in(joined), server.origin()};
  const std::string token = amina.cookie.substr(amina.cookie.find('=') + 1);
  ASSERT_GE(token.size(), 32U);
  EXPECT_EQ(joined.body.find(token), std::string::npos);
  Socket socket = server.connect(amina);
  const Json hello = socket.ask("hello", {{"subscriptions", {subscription(channel)}}});
  EXPECT_EQ(hello["ok"]["me"]["id"], person);
  EXPECT_EQ(hello.dump().find(token), std::string::npos);
}

TEST_F(WhoAsks, P3_a_browsers_cookie_goes_when_its_session_ends) {
  const Who browser{{}, "plenary=" + host.token, server.origin()};
  const HttpReply ended = server.operate("session.end", Json::object(), browser);
  EXPECT_EQ(ended.header("Set-Cookie").find("plenary=; "), 0U);
  EXPECT_NE(ended.header("Set-Cookie").find("Max-Age=0"), std::string::npos);
}

class BehindTls : public Room {
 protected:
  static server::Config config() {
    server::Config config = unlimited();
    config.server.public_url = "https://meet.example.org";
    return config;
  }
  BehindTls() : Room{config()} {}
};

TEST_F(BehindTls, P3_the_cookie_is_bound_to_the_host_and_secure) {
  const std::string origin = "https://meet.example.org";
  const HttpReply joined = server.operate("session.guest", {{"webinar", webinar}, {"name", "Amina"}}, {{}, {}, origin});
  EXPECT_EQ(cookie_in(joined).find("__Host-plenary="), 0U);
  EXPECT_NE(joined.header("Set-Cookie").find("; Secure"), std::string::npos);
  EXPECT_EQ(me_of(server.connect({{}, cookie_in(joined), origin}))["name"], "Amina");
  // The name without the prefix is one that another site of the same host could have set.
  EXPECT_EQ(me_of(server.connect({{}, cookie_in(joined).substr(7), origin})), Json{});
  EXPECT_THROW(server.connect({{}, cookie_in(joined), server.origin()}), UpgradeRefused);
}

}  // namespace
}  // namespace plenary::test
