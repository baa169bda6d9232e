// P63: the summary is there when the webinar closes, and equals a recount.

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Summary : public Room {
 protected:
  Json close_and_read() const {
    ok_of(server.operate("webinar.close", {{"webinar", webinar}}, host));
    return fresh_view(host, channel + "/backstage").records().at({"summary", webinar});
  }
  std::int64_t ask(const Guest& who, const std::string& text) const {
    return number_in(ok_of(server.operate("question.ask", {{"webinar", webinar}, {"text", text}}, who.who())),
                     "question");
  }
};

TEST_F(Summary, P63_of_a_webinar_where_nothing_happened_is_all_zero) {
  const Json summary = close_and_read();
  for (const char* member : {"people", "messages", "removed", "reactions", "minutes", "writers"}) {
    EXPECT_EQ(summary[member], 0) << member;
  }
  EXPECT_EQ(summary["questions"]["asked"], 0);
  EXPECT_TRUE(summary["languages"].empty());
  EXPECT_EQ(summary["quarters"].size(), 1U);
}

TEST_F(Summary, P63_counts_people_once_and_what_they_wrote_by_language) {
  const Guest amina = guest("Amina");
  const Guest bruno = guest("Bruno");
  post(amina.who(), "one");
  const auto liked = post(amina.who(), "two");
  ok_of(server.operate("message.post", {{"webinar", webinar}, {"text", "trois"}, {"lang", "fr"}}, bruno.who()));
  ok_of(server.operate("message.react", {{"message", liked}, {"emoji", "👍"}, {"on", true}}, bruno.who()));
  const auto gone = post(bruno.who(), "gone");
  ok_of(server.operate("message.remove", {{"message", gone}, {"reason", "?"}}, host));
  const auto taken_back = post(bruno.who(), "taken back");
  ok_of(server.operate("message.remove", {{"message", taken_back}}, bruno.who()));

  const Json summary = close_and_read();
  EXPECT_EQ(summary["people"], 2);
  EXPECT_EQ(summary["members"], 0);
  EXPECT_EQ(summary["writers"], 2);
  EXPECT_EQ(summary["messages"], 3);
  EXPECT_EQ(summary["removed"], 1);
  EXPECT_EQ(summary["reactions"], 1);
  EXPECT_EQ(summary["languages"], (Json::array({{{"lang", "en"}, {"messages", 2}, {"people", 1}},
                                                {{"lang", "fr"}, {"messages", 1}, {"people", 1}}})));
  std::int64_t in_quarters = 0;
  for (const auto& quarter : summary["quarters"]) in_quarters += number_in(quarter, "messages");
  EXPECT_EQ(in_quarters, 3);
}

TEST_F(Summary, P63_counts_what_became_of_each_question) {
  const Guest amina = guest("Amina");
  const Guest bruno = guest("Bruno");
  const auto act = [&](const std::string& operation, std::int64_t question, Json more = Json::object()) {
    more["question"] = question;
    ok_of(server.operate("question." + operation, more, host));
  };
  act("answer", ask(amina, "aloud"));
  act("answer", ask(amina, "in writing"), {{"text", "Yes."}});
  act("dismiss", ask(amina, "dismissed"), {{"reason", "?"}});
  const auto open = ask(bruno, "open");
  act("publish", open);
  act("merge", ask(amina, "merged"), {{"into", open}});
  ask(bruno, "waiting");
  ok_of(server.operate("question.withdraw", {{"question", ask(bruno, "withdrawn")}}, bruno.who()));

  EXPECT_EQ(close_and_read()["questions"], (Json{{"asked", 6},
                                                 {"answeredAloud", 1},
                                                 {"answeredInWriting", 1},
                                                 {"open", 2},
                                                 {"merged", 1},
                                                 {"dismissed", 1},
                                                 {"askers", 2},
                                                 {"voters", 2}}));
}

TEST_F(Summary, P63_is_the_hosts_and_written_anew_when_it_closes_again) {
  const Guest amina = guest("Amina");
  EXPECT_EQ(close_and_read()["messages"], 0);
  EXPECT_EQ(code_of(server.operate("subscribe", {{"channel", channel + "/backstage"}}, amina.who())), "not_found");
  ok_of(server.operate("webinar.open", {{"webinar", webinar}}, host));
  post(amina.who(), "more");
  EXPECT_EQ(close_and_read()["messages"], 1);
}

}  // namespace
}  // namespace plenary::test
