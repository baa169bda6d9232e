// P50–P58: a question's way from asked to answered, and who hears of it.

#include <algorithm>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Questions : public Room {
 protected:
  Questions() : amina{guest("Amina")}, bruno{guest("Bruno")} {}

  Json operate(const std::string& operation, const Json& args, const Who& who) const {
    return server.operate("question." + operation, args, who).json();
  }
  Json act(const std::string& operation, std::int64_t question, Json more = Json::object()) const {
    more["question"] = question;
    return operate(operation, more, host);
  }
  std::int64_t ask(const Who& who, const std::string& text, Json more = Json::object()) const {
    more["webinar"] = webinar;
    more["text"] = text;
    return number_in(ok_of(operate("ask", more, who)), "question");
  }
  /// Asked by Amina and published.
  std::int64_t published(const std::string& text = "How long is the wait?") const {
    const auto question = ask(amina.who(), text);
    ok_of(act("publish", question));
    return question;
  }
  Json vote(const Who& who, std::int64_t question, bool on = true) const {
    return operate("vote", {{"question", question}, {"on", on}}, who);
  }
  void rules(bool open, bool review, const std::string& names) const {
    ok_of(server.operate("webinar.questions",
                         {{"webinar", webinar}, {"open", open}, {"review", review}, {"names", names}}, host));
  }

  std::map<std::pair<std::string, std::int64_t>, Json> records(const std::string& suffix, const Who& who) const {
    return fresh_view(who, channel + suffix).records();
  }
  bool is_public(std::int64_t question) const { return records("/questions", {}).contains({"question", question}); }
  Json question_record(std::int64_t question) const { return records("/questions", {}).at({"question", question}); }
  Json review_record(std::int64_t question) const { return records("/backstage", host).at({"review", question}); }
  Json asked_record(const Guest& who, std::int64_t question) const {
    return fresh_view(who.who(), own_channel(webinar, who)).records().at({"asked", question});
  }
  /// Waits for the clock to have counted.
  void expect_votes(std::int64_t question, std::int64_t count) const {
    Socket socket = greeted({}, {channel + "/questions"});
    const auto is_counted = [&](const Json& frame) {
      for (const auto& record : frame.value("put", Json::array())) {
        if (record["type"] == "votes" && record["id"] == question && record.value("count", -1) == count) return true;
      }
      return false;
    };
    const auto now = records("/questions", {});
    const auto found = now.find({"votes", question});
    if (found == now.end() || found->second["count"] != count) socket.next(is_counted);
    EXPECT_EQ(records("/questions", {}).at({"votes", question})["count"], count);
  }

  Guest amina;
  Guest bruno;
};

TEST_F(Questions, P50_one_that_waits_is_seen_by_its_asker_and_the_hosts_alone) {
  const auto question = ask(amina.who(), "Canary 7f3a");
  EXPECT_EQ(asked_record(amina, question)["state"], "pending");
  EXPECT_EQ(review_record(question)["state"], "pending");
  EXPECT_EQ(review_record(question)["author"]["name"], "Amina");
  EXPECT_EQ(snapshot({}, channel + "/questions").dump().find("7f3a"), std::string::npos);
  EXPECT_EQ(snapshot(bruno.who(), channel).dump().find("7f3a"), std::string::npos);
  for (const Who& who : {Who{}, amina.who(), bruno.who()}) {
    EXPECT_EQ(code_of(server.operate("subscribe", {{"channel", channel + "/backstage"}}, who)), "not_found");
  }
  EXPECT_EQ(code_of(vote(bruno.who(), question)), "not_found") << "as if it did not exist";
  EXPECT_EQ(code_of(operate("publish", {{"question", question}}, bruno.who())), "not_found");
  EXPECT_EQ(code_of(operate("publish", {{"question", 99'999}}, bruno.who())), "not_found");
}

TEST_F(Questions, P50_published_it_reaches_everyone_and_leaves_the_review) {
  const auto question = published("Combien de temps ?");
  EXPECT_EQ(question_record(question)["state"], "published");
  EXPECT_EQ(question_record(question)["author"]["name"], "Amina");
  EXPECT_EQ(question_record(question)["body"][0]["kind"], "paragraph");
  EXPECT_FALSE(records("/backstage", host).contains({"review", question}));
  EXPECT_EQ(asked_record(amina, question)["state"], "published");
  expect_votes(question, 1);
}

TEST_F(Questions, P51_an_anonymous_one_has_no_author_on_any_channel) {
  const auto question = ask(amina.who(), "Who pays?", {{"anonymous", true}});
  EXPECT_FALSE(review_record(question).contains("author"));
  ok_of(act("publish", question));
  EXPECT_FALSE(question_record(question).contains("author"));
  EXPECT_EQ(snapshot({}, channel + "/questions").dump().find("Amina"), std::string::npos);
  EXPECT_EQ(snapshot(host, channel + "/backstage").dump().find("Amina"), std::string::npos);
  EXPECT_EQ(asked_record(amina, question)["anonymous"], true);
}

TEST_F(Questions, P51_the_webinar_says_whether_names_are_given) {
  rules(true, true, "named");
  EXPECT_EQ(field_of(operate("ask", {{"webinar", webinar}, {"text", "x"}, {"anonymous", true}}, amina.who())),
            "anonymous");
  rules(true, true, "anonymous");
  EXPECT_EQ(field_of(operate("ask", {{"webinar", webinar}, {"text", "x"}, {"anonymous", false}}, amina.who())),
            "anonymous");
  EXPECT_FALSE(review_record(ask(amina.who(), "x")).contains("author"));
  const Json record = fresh_view({}, channel).records().at({"webinar", webinar});
  EXPECT_EQ(record["questions"], (Json{{"open", true}, {"review", true}, {"names", "anonymous"}}));
  EXPECT_EQ(code_of(server.operate("webinar.questions",
                                   {{"webinar", webinar}, {"open", true}, {"review", true}, {"names", "named"}},
                                   amina.who())),
            "forbidden");
}

TEST_F(Questions, P52_without_review_it_is_published_at_once_and_closed_none_is_taken) {
  rules(true, false, "optional");
  EXPECT_TRUE(is_public(ask(amina.who(), "At once")));
  rules(false, false, "optional");
  EXPECT_EQ(code_of(operate("ask", {{"webinar", webinar}, {"text", "x"}}, amina.who())), "questions_closed");
}

TEST_F(Questions, P52_a_hosts_own_needs_no_review) { EXPECT_TRUE(is_public(ask(host, "From the desk"))); }

TEST_F(Questions, P52_they_are_taken_before_it_opens_and_for_some_days_after_it_closed) {
  ok_of(server.operate("webinar.close", {{"webinar", webinar}}, host));
  EXPECT_EQ(asked_record(amina, ask(amina.who(), "Afterwards"))["state"], "pending");
  const Json made = ok_of(server.operate("webinar.create", webinar_args(), host));
  const Guest early = guest("Early", number_in(made, "webinar"));
  ok_of(operate("ask", {{"webinar", made["webinar"]}, {"text", "Before"}}, early.who()));
}

TEST_F(Questions, P52_so_many_of_one_person_wait_and_no_more) {
  for (int i = 0; i < 5; ++i) ask(amina.who(), "q" + std::to_string(i));
  EXPECT_EQ(code_of(operate("ask", {{"webinar", webinar}, {"text", "x"}}, amina.who())), "too_many_questions");
  ask(bruno.who(), "another person's");
}

TEST_F(Questions, P52_text_has_its_own_limit) {
  ask(amina.who(), std::string(600, 'x'));
  const Json refused = operate("ask", {{"webinar", webinar}, {"text", std::string(601, 'x')}}, amina.who());
  EXPECT_EQ(code_of(refused), "too_long");
  EXPECT_EQ(field_of(refused), "text");
}

TEST_F(Questions, P53_a_dismissal_has_a_reason_which_its_asker_reads_with_the_text) {
  const auto question = ask(amina.who(), "My neighbour's case");
  EXPECT_EQ(code_of(act("dismiss", question)), "missing_field");
  ok_of(act("dismiss", question, {{"reason", "It names a client."}}));
  const Json asked = asked_record(amina, question);
  EXPECT_EQ(asked["state"], "dismissed");
  EXPECT_EQ(asked["reason"], "It names a client.");
  EXPECT_EQ(asked["text"], "My neighbour's case");
  EXPECT_EQ(review_record(question)["state"], "dismissed");
  EXPECT_EQ(code_of(act("dismiss", question, {{"reason", "again"}})), "state_changed");
  ok_of(act("publish", question));
  EXPECT_FALSE(asked_record(amina, question).contains("reason"));
  EXPECT_TRUE(is_public(question)) << "a dismissal can be taken back";
}

TEST_F(Questions, P53_a_published_one_that_is_dismissed_leaves_every_screen) {
  const auto question = published("Canary 91cc");
  ok_of(vote(bruno.who(), question));
  Socket reader = greeted({}, {channel + "/questions"});
  ok_of(act("dismiss", question, {{"reason", "Off topic."}}));
  reader.next([&](const Json& frame) {
    for (const auto& record : frame.value("put", Json::array())) {
      if (record["type"] == "question" && record["id"] == question && record.contains("gone")) return true;
    }
    return false;
  });
  EXPECT_FALSE(is_public(question));
  EXPECT_EQ(snapshot({}, channel + "/questions").dump().find("91cc"), std::string::npos);
}

TEST_F(Questions, P54_one_is_on_stage_and_the_one_before_goes_back) {
  const auto first = published("first");
  const auto second = published("second");
  ok_of(act("stage", first, {{"on", true}}));
  ok_of(act("stage", second, {{"on", true}}));
  EXPECT_EQ(question_record(first)["state"], "published");
  EXPECT_EQ(question_record(second)["state"], "staged");
  ok_of(act("stage", second, {{"on", false}}));
  EXPECT_EQ(question_record(second)["state"], "published");
  const auto waiting = ask(bruno.who(), "straight to the stage");
  ok_of(act("stage", waiting, {{"on", true}}));
  EXPECT_EQ(asked_record(bruno, waiting)["state"], "staged");
}

TEST_F(Questions, P54_answered_aloud_or_in_writing_and_opened_again) {
  const auto aloud = published("aloud");
  ok_of(act("stage", aloud, {{"on", true}}));
  ok_of(act("answer", aloud));
  EXPECT_EQ(question_record(aloud)["state"], "answered");
  EXPECT_FALSE(question_record(aloud).contains("answer"));
  EXPECT_TRUE(question_record(aloud).contains("answeredAt"));

  const auto written = ask(amina.who(), "in writing");
  ok_of(act("answer", written, {{"text", "**Six** mois."}, {"lang", "fr"}}));
  const Json answer = question_record(written)["answer"];
  EXPECT_EQ(answer["text"], "**Six** mois.");
  EXPECT_EQ(answer["lang"], "fr");
  EXPECT_EQ(answer["body"][0]["children"][0]["kind"], "strong");
  EXPECT_EQ(asked_record(amina, written)["answer"]["text"], "**Six** mois.");
  EXPECT_EQ(code_of(vote(bruno.who(), written)), "state_changed");

  ok_of(act("reopen", written));
  EXPECT_EQ(question_record(written)["state"], "published");
  EXPECT_FALSE(question_record(written).contains("answer"));
}

TEST_F(Questions, P55_a_translation_by_hand_names_who_wrote_it) {
  const auto question = published("How long is the wait?");
  ok_of(act("translate", question, {{"lang", "fr"}, {"text", "Combien de temps ?"}}));
  const Json translation = question_record(question)["translations"][0];
  EXPECT_EQ(translation["lang"], "fr");
  EXPECT_EQ(translation["text"], "Combien de temps ?");
  EXPECT_EQ(translation["by"]["role"], "host");
  ok_of(act("translate", question, {{"lang", "fr"}, {"text", "Quelle est l’attente ?"}}));
  EXPECT_EQ(question_record(question)["translations"].size(), 1U);
  ok_of(act("translate", question, {{"lang", "fr"}}));
  EXPECT_TRUE(question_record(question)["translations"].empty());
  EXPECT_EQ(field_of(act("translate", question, {{"lang", "en"}, {"text", "x"}})), "lang");
}

TEST_F(Questions, P56_each_person_counts_once_and_may_take_it_back) {
  const auto question = published();
  ok_of(vote(bruno.who(), question));
  ok_of(vote(bruno.who(), question));
  expect_votes(question, 2);
  ok_of(vote(bruno.who(), question, false));
  expect_votes(question, 1);
  EXPECT_EQ(fresh_view(bruno.who(), own_channel(webinar, bruno)).records().at({"vote", question})["on"], false);
  EXPECT_EQ(code_of(vote({}, question)), "sign_in_required");
}

TEST_F(Questions, P57_merged_votes_are_a_union_and_undoing_it_gives_them_back) {
  const auto first = published("How long?");
  const auto second = ask(bruno.who(), "How long is it?");
  ok_of(act("publish", second));
  ok_of(vote(amina.who(), second));
  expect_votes(first, 1);
  expect_votes(second, 2);
  ok_of(act("merge", second, {{"into", first}}));
  EXPECT_FALSE(is_public(second));
  EXPECT_EQ(question_record(first)["merged"], Json::array({second}));
  EXPECT_EQ(asked_record(bruno, second)["mergedInto"], first);
  expect_votes(first, 2);
  ok_of(act("unmerge", second));
  EXPECT_EQ(question_record(second)["state"], "published");
  expect_votes(first, 1);
  expect_votes(second, 2);
}

TEST_F(Questions, P57_taking_a_vote_back_takes_it_from_the_whole_group) {
  const auto first = published("one");
  const auto second = published("two");
  ok_of(vote(bruno.who(), first));
  ok_of(vote(bruno.who(), second));
  ok_of(act("merge", second, {{"into", first}}));
  expect_votes(first, 2);
  ok_of(vote(bruno.who(), first, false));
  expect_votes(first, 1);
}

TEST_F(Questions, P57_a_merge_into_itself_or_elsewhere_is_refused) {
  const auto first = published("one");
  const auto second = published("two");
  EXPECT_EQ(code_of(act("merge", first, {{"into", first}})), "out_of_range");
  ok_of(act("merge", second, {{"into", first}}));
  EXPECT_EQ(code_of(act("merge", first, {{"into", second}})), "out_of_range") << "that is itself";
  EXPECT_EQ(field_of(act("merge", first, {{"into", 99'999}})), "into");
  EXPECT_EQ(code_of(act("publish", second)), "state_changed");
}

TEST_F(Questions, P57_who_was_merged_hears_of_the_dismissal) {
  const auto first = published("one");
  const auto second = ask(bruno.who(), "two");
  ok_of(act("merge", second, {{"into", first}}));
  ok_of(act("dismiss", first, {{"reason", "Off topic."}}));
  EXPECT_EQ(asked_record(bruno, second)["state"], "dismissed");
  EXPECT_EQ(asked_record(bruno, second)["reason"], "Off topic.");
  ok_of(act("publish", first));
  EXPECT_EQ(asked_record(bruno, second)["state"], "merged");
}

TEST_F(Questions, P58_its_asker_takes_it_back_and_the_text_is_nowhere) {
  const auto question = published("Canary 33ab");
  const auto duplicate = ask(bruno.who(), "the same");
  ok_of(act("merge", duplicate, {{"into", question}}));
  EXPECT_EQ(code_of(operate("withdraw", {{"question", question}}, bruno.who())), "forbidden");
  ok_of(operate("withdraw", {{"question", question}}, amina.who()));
  EXPECT_FALSE(is_public(question));
  EXPECT_EQ(asked_record(bruno, duplicate)["state"], "pending") << "it stands for itself again";
  for (const std::string suffix : {"/questions", "/backstage"}) {
    EXPECT_EQ(snapshot(host, channel + suffix).dump().find("33ab"), std::string::npos);
  }
  EXPECT_EQ(code_of(act("publish", question)), "not_found");
}

TEST_F(Questions, P58_the_shortlist_is_the_hosts_and_has_an_order_of_its_own) {
  const auto first = published("one");
  const auto second = published("two");
  const auto third = published("three");
  ok_of(act("star", first, {{"on", true}}));
  ok_of(act("star", second, {{"on", true}}));
  ok_of(act("star", third, {{"on", true}, {"before", second}}));
  const auto order = [&] {
    std::vector<std::pair<std::int64_t, std::int64_t>> stars;
    for (const auto& [key, record] : records("/backstage", host)) {
      if (key.first == "star") stars.emplace_back(record["place"], key.second);
    }
    std::sort(stars.begin(), stars.end());
    std::vector<std::int64_t> ids;
    for (const auto& star : stars) ids.push_back(star.second);
    return ids;
  };
  EXPECT_EQ(order(), (std::vector{first, third, second}));
  for (int i = 0; i < 30; ++i) ok_of(act("star", i % 2 ? first : third, {{"on", true}, {"before", second}}));
  EXPECT_EQ(order().back(), second) << "there is always room between two";
  ok_of(act("answer", third));
  EXPECT_EQ(order().size(), 2U) << "what is answered leaves the shortlist";
  EXPECT_EQ(code_of(operate("star", {{"question", first}, {"on", true}}, amina.who())), "forbidden");
}

}  // namespace
}  // namespace plenary::test
