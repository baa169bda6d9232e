// What an operator's tools read, and how the server goes.

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <thread>

#include "server/ops/operator_error.hpp"
#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using Operating = Room;

TEST_F(Operating, health_readiness_and_metrics_answer) {
  EXPECT_EQ(server.get("/healthz").body, "ok\n");
  EXPECT_EQ(server.get("/readyz").body, "ready\n");
  post_many(host, 3);
  Socket socket = greeted({}, {channel});
  EXPECT_EQ(server.metric("plenary_messages_posted_total"), 3);
  EXPECT_GE(server.metric("plenary_connections_open"), 1);
  EXPECT_GT(server.metric("process_resident_memory_bytes"), 0);
  EXPECT_NE(server.get("/metrics").body.find(R"(plenary_operations_total{operation="message.post",outcome="ok"} 3)"),
            std::string::npos);
}

TEST_F(Operating, metrics_are_not_for_who_comes_through_a_proxy) {
  for (const Headers& headers : {Headers{{"X-Forwarded-For", "203.0.113.9"}}, Headers{{"Forwarded", "for=203.0.113.9"}},
                                 Headers{{"Via", "1.1 proxy"}}}) {
    EXPECT_EQ(server.get("/metrics", headers).status, 404U);
    EXPECT_EQ(server.get("/demo/admin", headers).header("Set-Cookie"), "");
  }
}

TEST_F(Operating, metrics_hold_no_name_and_no_text) {
  post(guest("Zebulonia").who(), "quixotically");
  const std::string metrics = server.get("/metrics").body;
  EXPECT_EQ(metrics.find("Zebulonia"), std::string::npos);
  EXPECT_EQ(metrics.find("quixotically"), std::string::npos);
}

TEST_F(Operating, P8_a_stopping_server_says_when_to_come_back_and_closes_with_4000) {
  constexpr std::size_t clients = 20;
  std::vector<Socket> sockets;
  for (std::size_t i = 0; i < clients; ++i) sockets.push_back(greeted({}, {channel}));
  std::thread stopping{[this] { server.stop(); }};
  std::vector<std::int64_t> waits;
  for (Socket& socket : sockets) {
    const Json closing = socket.next([](const Json& one) { return one.contains("closing"); });
    waits.push_back(number_in(closing["closing"], "reconnectAfterMs"));
    EXPECT_EQ(socket.wait_for_close(), 4000);
  }
  stopping.join();
  EXPECT_LT(*std::min_element(waits.begin(), waits.end()), *std::max_element(waits.begin(), waits.end()))
      << "they do not come back all at once";
  for (const auto wait : waits) {
    EXPECT_GE(wait, 500);
    EXPECT_LE(wait, 5'000);
  }
}

TEST_F(Operating, what_was_acknowledged_before_a_stop_is_there_after_it) {
  Socket socket = greeted(host, {channel});
  std::vector<std::pair<std::int64_t, std::string>> sent;
  std::map<std::string, std::int64_t> acknowledged;
  for (int i = 0; i < 60; ++i) {
    const std::string text = "message " + std::to_string(i);
    sent.emplace_back(socket.request("message.post", {{"webinar", webinar}, {"text", text}}, new_key()), text);
  }
  (void)socket.next(push_of(channel));
  std::thread stopping{[this] { server.stop(); }};
  EXPECT_EQ(socket.wait_for_close(), 4000);
  stopping.join();
  for (const Json& one : socket.log()) {
    if (!one.contains("ok")) continue;
    for (const auto& [id, text] : sent) {
      if (one["id"] == id) acknowledged[text] = number_in(one["ok"], "message");
    }
  }
  EXPECT_FALSE(acknowledged.empty());
  server.start();
  const Json page = ok_of(server.operate("history", subscription(channel, {{"after", 0}, {"limit", 100}}), {}, {}));
  std::map<std::string, std::int64_t> kept;
  for (const Json& record : page["records"]) {
    EXPECT_TRUE(kept.emplace(text_in(record, "text"), number_in(record, "id")).second) << record;
  }
  for (const auto& [text, message] : acknowledged) EXPECT_EQ(kept.at(text), message);
}

/// Makes the page that holds `text` unreadable.
void damage_page_of(const std::string& text, const std::filesystem::path& database) {
  constexpr std::size_t page_bytes = 4'096;
  std::fstream file{database, std::ios::in | std::ios::out | std::ios::binary};
  const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
  const auto found = bytes.find(text);
  ASSERT_NE(found, std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(found - found % page_bytes));
  file << std::string(page_bytes, 'Z');
}

TEST_F(Operating, a_damaged_database_is_refused_where_the_start_looks_for_damage) {
  post_many(host, 60, " quixotically " + std::string(150, 'x'));
  server.stop();
  damage_page_of("quixotically", server.database());
  server::Config config = unlimited();
  config.storage.check_at_start = true;
  EXPECT_THROW(server.start(config), server::ops::OperatorError);
}

TEST_F(Operating, pages_carry_the_headers_that_keep_other_sites_out) {
  const HttpReply page = server.get("/");
  EXPECT_EQ(page.status, 200U);
  EXPECT_NE(page.header("Content-Security-Policy").find("default-src 'none'"), std::string::npos);
  EXPECT_NE(page.header("Content-Security-Policy").find("require-trusted-types-for 'script'"), std::string::npos);
  EXPECT_EQ(page.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(server.get("/no/such/page").status, 404U);
  EXPECT_EQ(http(server.port(), "DELETE", "/").status, 405U);
}

TEST_F(Operating, a_title_enters_the_page_as_text) {
  Json args = webinar_args();
  args["title"]["en"] = "</title><script>alert(1)</script>";
  const Json made = ok_of(server.operate("webinar.create", args, host));
  const std::string page = server.get("/w/" + made["webinar"].dump()).body;
  EXPECT_EQ(page.find("<script>alert(1)"), std::string::npos);
  EXPECT_NE(page.find("&lt;script&gt;alert(1)"), std::string::npos);
}

}  // namespace
}  // namespace plenary::test
