// P60–P62: a second look at what was removed or dismissed, by somebody else.

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Appeals : public Room {
 protected:
  Appeals() : amina{guest("Amina")}, bruno{guest("Bruno")}, moderator{server.token_of("moderator"), {}, {}} {}

  Json operate(const std::string& operation, const Json& args, const Who& who) const {
    return server.operate(operation, args, who).json();
  }
  /// Amina's, removed by the host.
  std::int64_t removed(const std::string& text = "Canary 5e1d") const {
    const auto message = post(amina.who(), text);
    ok_of(operate("message.remove", {{"message", message}, {"reason", "It names a client."}}, host));
    return message;
  }
  std::int64_t dismissed() const {
    const auto question = number_in(
        ok_of(operate("question.ask", {{"webinar", webinar}, {"text", "Why?"}, {"anonymous", true}}, amina.who())),
        "question");
    ok_of(operate("question.dismiss", {{"question", question}, {"reason", "Off topic."}}, host));
    return question;
  }
  Json appeal(const Who& who, const char* target, std::int64_t id) const {
    return operate("appeal.make", {{target, id}, {"text", "It names nobody."}}, who);
  }
  Json decide(const Who& who, std::int64_t appeal, bool overturn) const {
    return operate("appeal.decide", {{"appeal", appeal}, {"overturn", overturn}, {"answer", "You are right."}}, who);
  }
  Json own(const std::string& type, std::int64_t id) const {
    return fresh_view(amina.who(), own_channel(webinar, amina)).records().at({type, id});
  }
  Json backstage(std::int64_t appeal) const {
    return fresh_view(host, channel + "/backstage").records().at({"appeal", appeal});
  }
  Json message_record(std::int64_t message) const { return fresh_view({}, channel).records().at({"message", message}); }

  Guest amina;
  Guest bruno;
  Who moderator;
};

TEST_F(Appeals, P60_the_author_says_why_once_and_reads_where_it_stands) {
  const auto message = removed();
  EXPECT_EQ(number_in(own("returned", message), "appealUntil"),
            number_in(own("returned", message), "at") + std::int64_t{30} * 24 * 3'600 * 1'000);
  const auto made = number_in(ok_of(appeal(amina.who(), "message", message)), "appeal");
  EXPECT_EQ(own("returned", message)["appeal"]["state"], "open");
  EXPECT_EQ(own("returned", message)["appeal"]["text"], "It names nobody.");
  const Json seen = backstage(made);
  EXPECT_EQ(seen["removed"], "Canary 5e1d");
  EXPECT_EQ(seen["reason"], "It names a client.");
  EXPECT_EQ(seen["author"]["name"], "Amina");
  EXPECT_EQ(seen["decidedBy"]["role"], "host");
  EXPECT_EQ(code_of(appeal(amina.who(), "message", message)), "already_appealed");
  EXPECT_EQ(snapshot({}, channel).dump().find("5e1d"), std::string::npos) << "an appeal shows it to nobody else";
}

TEST_F(Appeals, P60_nobody_appeals_for_another_or_against_nothing) {
  const auto message = removed();
  for (const Who& who : {Who{}, bruno.who(), host}) {
    EXPECT_EQ(code_of(appeal(who, "message", message)), "not_found");
  }
  EXPECT_EQ(code_of(appeal(amina.who(), "message", post(amina.who(), "stands"))), "not_found");
  const auto own_removal = post(amina.who(), "mine");
  ok_of(operate("message.remove", {{"message", own_removal}}, amina.who()));
  EXPECT_EQ(code_of(appeal(amina.who(), "message", own_removal)), "not_found");
  EXPECT_EQ(code_of(operate("appeal.make", {{"text", "of what?"}}, amina.who())), "out_of_range");
}

TEST_F(Appeals, P61_somebody_else_than_who_removed_it_decides) {
  const auto message = removed();
  const auto made = number_in(ok_of(appeal(amina.who(), "message", message)), "appeal");
  EXPECT_EQ(code_of(decide(host, made, true)), "not_eligible");
  for (const Who& who : {Who{}, amina.who(), bruno.who()}) EXPECT_EQ(code_of(decide(who, made, true)), "not_found");
  ok_of(decide(moderator, made, false));
  EXPECT_EQ(own("returned", message)["appeal"]["state"], "upheld");
  EXPECT_EQ(own("returned", message)["appeal"]["answer"], "You are right.");
  EXPECT_EQ(message_record(message)["state"], "removed");
  EXPECT_EQ(code_of(decide(moderator, made, true)), "state_changed");
}

TEST_F(Appeals, P62_overturned_the_message_stands_where_it_stood) {
  const auto message = post(amina.who(), "**Bonjour** à tous");
  ok_of(operate("message.react", {{"message", message}, {"emoji", "👍"}, {"on", true}}, bruno.who()));
  const Json before = message_record(message);
  ok_of(operate("message.remove", {{"message", message}, {"reason", "?"}}, host));
  const auto made = number_in(ok_of(appeal(amina.who(), "message", message)), "appeal");
  ok_of(decide(moderator, made, true));
  Json after = message_record(message);
  EXPECT_GT(number_in(after, "rev"), number_in(before, "rev"));
  after["rev"] = before["rev"];
  EXPECT_EQ(after, before);
  EXPECT_EQ(own("returned", message)["appeal"]["state"], "overturned");
  EXPECT_EQ(own("returned", message)["reason"], "?") << "what was said at the time stays readable";
  ok_of(operate("message.edit", {{"message", message}, {"text", "again mine"}}, amina.who()));
}

TEST_F(Appeals, P62_overturned_the_question_is_published_and_stays_anonymous) {
  const auto question = dismissed();
  const auto made = number_in(ok_of(appeal(amina.who(), "question", question)), "appeal");
  EXPECT_FALSE(backstage(made).contains("author"));
  EXPECT_EQ(snapshot(host, channel + "/backstage").dump().find("Amina"), std::string::npos);
  EXPECT_EQ(own("asked", question)["appeal"]["state"], "open");
  EXPECT_EQ(code_of(decide(host, made, true)), "not_eligible");
  ok_of(decide(moderator, made, true));
  EXPECT_EQ(own("asked", question)["state"], "published");
  EXPECT_EQ(own("asked", question)["appeal"]["state"], "overturned");
  EXPECT_TRUE(fresh_view({}, channel + "/questions").records().contains({"question", question}));
}

}  // namespace
}  // namespace plenary::test
