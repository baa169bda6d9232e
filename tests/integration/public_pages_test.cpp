// What anybody reads without the client: pages in both languages, and Atom feeds.

#include <gmock/gmock.h>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class PublicPages : public Room {
 protected:
  PublicPages()
      : admin{server.token_of("admin"), {}, {}},
        member{server.token_of("member"), {}, {}},
        open{board("public")},
        closed{board("members")} {}

  Json operate(const std::string& operation, const Json& args, const Who& who) const {
    return ok_of(server.operate(operation, args, who));
  }
  std::int64_t board(const std::string& visibility) const {
    return number_in(operate("board.create",
                             {{"name", {{"en", "Housing"}, {"fr", "Logement"}}},
                              {"purpose", {{"en", "First homes"}, {"fr", "Premiers logements"}}},
                              {"visibility", visibility}},
                             admin),
                     "board");
  }
  std::string start(std::int64_t on, const std::string& title, const std::string& text) const {
    return std::to_string(number_in(
        operate("thread.start", {{"board", on}, {"title", title}, {"text", text}, {"lang", "fr"}, {"kind", "question"}},
                member),
        "thread"));
  }
  std::int64_t write(const std::string& thread, const std::string& text) const {
    return number_in(operate("post.write", {{"thread", std::stoll(thread)}, {"text", text}}, member), "post");
  }
  std::string read(const std::string& path) const {
    const auto reply = server.get(path);
    EXPECT_EQ(reply.status, 200U) << path;
    return reply.body;
  }
  std::string address(const std::string& path) const { return server.origin() + path; }

  Who admin;
  Who member;
  std::int64_t open;
  std::int64_t closed;
};

TEST_F(PublicPages, a_thread_is_read_as_elements_and_nothing_that_was_written_is_markup) {
  const auto id =
      start(open, "Qui <b>prête</b> ?", "Pour **trois** familles & <script>alert(1)</script>\n\n1. une\n2. deux");
  write(id, "[ici](https://example.org/?a=1&b=\"2\") `code`");
  const auto page = read("/t/" + id);
  EXPECT_THAT(page, HasSubstr("<h1 lang=\"fr\" dir=\"auto\">Qui &lt;b&gt;prête&lt;/b&gt; ?</h1>"));
  EXPECT_THAT(page,
              HasSubstr("<p>Pour <strong>trois</strong> familles &amp; &lt;script&gt;alert(1)&lt;/script&gt;</p>"));
  EXPECT_THAT(page, HasSubstr("<ol start=\"1\"><li><p>une</p></li><li><p>deux</p></li></ol>"));
  EXPECT_THAT(page, HasSubstr("rel=\"nofollow noopener\">ici</a> <code>code</code>"));
  EXPECT_THAT(page, HasSubstr("Kwame Villeneuve"));
  EXPECT_THAT(page, HasSubstr("<link rel=\"alternate\" hreflang=\"fr\" href=\"?lang=fr\">"));
  EXPECT_THAT(page, HasSubstr("type=\"application/atom+xml\" href=\"/t/" + id + ".atom\""));
  EXPECT_THAT(page, Not(HasSubstr("<script>alert")));
}

TEST_F(PublicPages, each_language_has_its_address_and_what_is_odd_is_as_if_absent) {
  const std::string path = "/b/" + std::to_string(open);
  EXPECT_THAT(read(path + "?lang=fr"), HasSubstr("<html lang=\"fr\">"));
  EXPECT_THAT(read(path + "?lang=fr"), HasSubstr("Logement</h1><p>Premiers logements"));
  EXPECT_THAT(read(path + "?lang=en&from=x&after=%00"), HasSubstr("Housing</h1>"));
  EXPECT_THAT(read("/boards?lang=fr"), HasSubstr("<h1>Forums</h1>"));
  EXPECT_THAT(read("/news?lang=fr"), HasSubstr("<h1>Nouveautés</h1>"));
  EXPECT_THAT(read("/?lang=fr"), HasSubstr("<html lang=\"fr\">"));
}

TEST_F(PublicPages, a_long_thread_and_a_long_board_go_on_at_an_address) {
  const auto id = start(open, "Long", "Premier");
  for (int i = 2; i <= 60; ++i) write(id, "Post " + std::to_string(i));
  const auto page = read("/t/" + id);
  EXPECT_THAT(page, HasSubstr("Post 50"));
  EXPECT_THAT(page, Not(HasSubstr("Post 51")));
  EXPECT_THAT(page, HasSubstr("href=\"/t/" + id + "?from=51\""));
  const auto rest = read("/t/" + id + "?from=51");
  EXPECT_THAT(rest, HasSubstr("Post 60"));
  EXPECT_THAT(rest, HasSubstr("?from=1\""));
  for (int i = 0; i < 50; ++i) start(open, "Thread " + std::to_string(i), "x");
  const auto list = read("/b/" + std::to_string(open));
  EXPECT_THAT(list, Not(HasSubstr(">Long</a>")));
  const auto at = list.find("?after=");
  ASSERT_NE(at, std::string::npos);
  const auto end = list.find('"', at);
  EXPECT_THAT(read("/b/" + std::to_string(open) + list.substr(at, end - at)), HasSubstr(">Long</a>"));
}

TEST_F(PublicPages, what_members_wrote_and_what_was_removed_is_in_no_page_and_no_feed) {
  const auto secret = start(closed, "Canary 4d4d", "Canary 4d4d");
  const auto id = start(open, "Ouvert", "Premier");
  const auto post = write(id, "Canary 4d4d");
  const auto gone = start(open, "Canary 4d4d", "Canary 4d4d");
  const Json posts = snapshot({}, "thread/" + gone)["records"];
  for (const Json& record : posts) {
    if (record["type"] == "post") operate("post.remove", {{"post", record["id"]}, {"reason", "no"}}, admin);
  }
  operate("post.remove", {{"post", post}, {"reason", "no"}}, admin);
  const std::string of_open = "/b/" + std::to_string(open);
  const std::string of_closed = "/b/" + std::to_string(closed);
  for (const std::string& path :
       {"/t/" + secret, "/t/" + id, "/t/" + gone, of_open, of_closed, std::string{"/boards"}, std::string{"/news"},
        std::string{"/news.atom"}, of_open + ".atom", of_closed + ".atom", "/t/" + secret + ".atom",
        "/t/" + id + ".atom", "/t/" + gone + ".atom"}) {
    for (const std::string& token : {std::string{}, member.token}) {
      const Headers headers = token.empty() ? Headers{} : Headers{{"Cookie", "plenary=" + token}};
      EXPECT_THAT(server.get(path, headers).body, Not(HasSubstr("4d4d"))) << path;
    }
  }
  EXPECT_THAT(read("/t/" + id), HasSubstr("A moderator removed this post."));
  EXPECT_THAT(read("/t/" + gone), HasSubstr("This thread was removed."));
  for (const std::string& path : {of_closed + ".atom", "/t/" + secret + ".atom", "/t/" + gone + ".atom",
                                  std::string{"/boards.atom"}, std::string{"/t/987654.atom"}}) {
    EXPECT_EQ(server.get(path).status, 404U) << path;
  }
}

TEST_F(PublicPages, a_feed_has_the_newest_first_with_addresses_of_this_server) {
  const auto id = start(open, "Qui & où ?", "Premier");
  write(id, "**Deuxième**");
  const auto reply = server.get("/t/" + id + ".atom");
  EXPECT_EQ(reply.header("Content-Type"), "application/atom+xml; charset=utf-8");
  EXPECT_THAT(reply.body, HasSubstr("<title>Qui &amp; où ?</title>"));
  EXPECT_THAT(reply.body, HasSubstr("<id>" + address("/t/" + id + "#p2") + "</id>"));
  EXPECT_THAT(reply.body, HasSubstr("&lt;p&gt;&lt;strong&gt;Deuxième&lt;/strong&gt;&lt;/p&gt;"));
  EXPECT_LT(reply.body.find("#p2"), reply.body.find("#p1"));
  EXPECT_THAT(read("/b/" + std::to_string(open) + ".atom?lang=fr"), HasSubstr("<title>Logement</title>"));
  const auto news = read("/news.atom");
  EXPECT_THAT(news, HasSubstr(address("/t/" + id)));
  EXPECT_THAT(news, HasSubstr(address("/w/" + std::to_string(webinar))));
}

}  // namespace
}  // namespace plenary::test
