// P76, P80–P82: questions that go on as threads, and What's New.

#include <gmock/gmock.h>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class News : public Room {
 protected:
  News()
      : admin{server.token_of("admin"), {}, {}},
        moderator{server.token_of("moderator"), {}, {}},
        member{server.token_of("member"), {}, {}},
        amina{guest("Amina")},
        open{board("public")},
        closed{board("members")} {}

  Json operate(const std::string& operation, const Json& args, const Who& who) const {
    return server.operate(operation, args, who).json();
  }
  std::int64_t board(const std::string& visibility, const std::string& posting = "members") const {
    return number_in(ok_of(operate("board.create",
                                   {{"name", {{"en", "Housing"}, {"fr", "Logement"}}},
                                    {"purpose", {{"en", "First homes"}, {"fr", "Premiers logements"}}},
                                    {"visibility", visibility},
                                    {"posting", posting}},
                                   admin)),
                     "board");
  }
  std::int64_t start(std::int64_t on, const std::string& title = "Host families") const {
    return number_in(ok_of(operate("thread.start",
                                   {{"board", on}, {"title", title}, {"text", "Who?"}, {"kind", "question"}}, member)),
                     "thread");
  }
  std::int64_t ask(const std::string& text, bool anonymous = false) const {
    const auto question = number_in(
        ok_of(operate("question.ask", {{"webinar", webinar}, {"text", text}, {"lang", "fr"}, {"anonymous", anonymous}},
                      amina.who())),
        "question");
    ok_of(operate("question.publish", {{"question", question}}, host));
    return question;
  }
  Json carry(const Who& who, std::int64_t on) const {
    return operate("question.carry", {{"webinar", webinar}, {"board", on}}, who);
  }
  void close() const { ok_of(operate("webinar.close", {{"webinar", webinar}}, host)); }
  /// The one activity that is about it.
  Json activity(const char* about, std::int64_t id, const std::string& on = "news") const {
    Json found;
    const View view = fresh_view(admin, on);
    for (const auto& [key, record] : view.records()) {
      if (!record.contains(about) || record[about][std::string{about} == "carried" ? "webinar" : about] != id) continue;
      EXPECT_TRUE(found.is_null()) << "told twice: " << record;
      found = record;
    }
    return found;
  }
  Json question_record(std::int64_t question) const {
    return fresh_view({}, channel + "/questions").records().at({"question", question});
  }
  Json asked(std::int64_t question) const {
    return fresh_view(amina.who(), own_channel(webinar, amina)).records().at({"asked", question});
  }
  Json thread_record(std::int64_t id) const {
    return fresh_view({}, "thread/" + std::to_string(id)).records().at({"thread", id});
  }

  Who admin;
  Who moderator;
  Who member;
  Guest amina;
  std::int64_t open;
  std::int64_t closed;
};

TEST_F(News, P76_what_was_left_open_goes_on_with_its_votes_and_its_asker_knows_where) {
  const auto question = ask("Combien de temps\nfaut-il attendre ?");
  ok_of(operate("question.translate", {{"question", question}, {"lang", "en"}, {"text", "How long does it take?"}},
                host));
  ok_of(operate("question.vote", {{"question", question}, {"on", true}}, member));
  const auto answered = ask("Et les enfants ?");
  ok_of(operate("question.answer", {{"question", answered}}, host));
  close();
  const Json made = ok_of(carry(host, open));
  EXPECT_EQ(number_in(made, "threads"), 1);
  EXPECT_EQ(number_in(made, "left"), 0);

  const auto id = number_in(question_record(question), "thread");
  EXPECT_EQ(number_in(asked(question), "thread"), id);
  EXPECT_FALSE(question_record(answered).contains("thread"));
  const Json thread = thread_record(id);
  EXPECT_EQ(thread["title"], "Combien de temps faut-il attendre ?");
  EXPECT_EQ(thread["lang"], "fr");
  EXPECT_EQ(thread["kind"], "question");
  EXPECT_EQ(thread["author"]["name"], "Amina");
  EXPECT_EQ(thread["carriedFrom"]["webinar"], webinar);
  EXPECT_EQ(thread["carriedFrom"]["votes"], 2) << "the asker's and the member's";
  const auto records = fresh_view({}, "thread/" + std::to_string(id)).records();
  for (const auto& [key, record] : records) {
    if (key.first != "post") continue;
    EXPECT_EQ(record["text"], "Combien de temps\nfaut-il attendre ?\n\nHow long does it take?");
    ok_of(operate("post.edit", {{"post", record["id"]}, {"text", "Combien de mois ?"}}, amina.who()));
  }
  const Json told = activity("carried", webinar);
  EXPECT_EQ(told["carried"]["threads"], 1);
  EXPECT_EQ(told["carried"]["board"], open);
}

TEST_F(News, P76_twice_makes_nothing_twice_and_a_late_question_joins_the_others) {
  ask("Un");
  close();
  EXPECT_EQ(number_in(ok_of(carry(host, open)), "threads"), 1);
  const Json before = activity("carried", webinar);
  EXPECT_EQ(number_in(ok_of(carry(host, open)), "threads"), 0);
  EXPECT_EQ(activity("carried", webinar)["seq"], before["seq"]) << "nothing is no news";
  ask("Deux");
  EXPECT_EQ(number_in(ok_of(carry(moderator, open)), "threads"), 1);
  EXPECT_EQ(activity("carried", webinar)["carried"]["threads"], 2);
}

TEST_F(News, P76_an_anonymous_question_stays_anonymous) {
  const auto question = ask("Ma voisine attend depuis deux ans.", true);
  close();
  ok_of(carry(host, open));
  const auto id = number_in(question_record(question), "thread");
  const std::string seen = snapshot(admin, "thread/" + std::to_string(id)).dump() +
                           snapshot(admin, "board/" + std::to_string(open)).dump() + snapshot(admin, "news").dump();
  EXPECT_EQ(seen.find("Amina"), std::string::npos);
  EXPECT_FALSE(thread_record(id).contains("author"));
  EXPECT_FALSE(thread_record(id).contains("lastBy"));
}

TEST_F(News, P76_an_anonymous_asker_is_not_known_by_what_becomes_of_the_thread) {
  const auto question =
      number_in(ok_of(operate("question.ask", {{"webinar", webinar}, {"text", "Qui ?"}, {"anonymous", true}}, member)),
                "question");
  ok_of(operate("question.publish", {{"question", question}}, host));
  close();
  ok_of(carry(host, open));
  const auto id = number_in(question_record(question), "thread");
  const std::string channel_of_thread = "thread/" + std::to_string(id);
  std::int64_t post = 0;
  const View view = fresh_view({}, channel_of_thread);
  for (const auto& [key, record] : view.records()) {
    if (key.first == "post") post = key.second;
  }
  const auto answer =
      number_in(ok_of(operate("post.write", {{"thread", id}, {"text", "Under my name"}}, member)), "post");
  ok_of(operate("thread.answer", {{"thread", id}, {"post", answer}}, member));
  EXPECT_FALSE(activity("thread", id).contains("by")) << "only the asker accepts";
  ok_of(operate("post.remove", {{"post", post}, {"reason", "Off topic."}}, moderator));
  const auto made = number_in(ok_of(operate("appeal.make", {{"post", post}, {"text", "Why?"}}, member)), "appeal");
  EXPECT_FALSE(fresh_view(admin, "board/" + std::to_string(open) + "/moderation")
                   .records()
                   .at({"appeal", made})
                   .contains("author"));
  ok_of(operate("appeal.decide", {{"appeal", made}, {"overturn", true}, {"answer", "Yes."}}, admin));
  ok_of(operate("post.remove", {{"post", post}}, member));
  EXPECT_EQ(thread_record(id)["title"], "Qui ?") << "as it would be had somebody else answered";
}

TEST_F(News, P73_a_guest_whose_question_went_to_members_can_change_it_and_take_it_back) {
  const Guest bruno = guest("Bruno");
  const auto question = ask("Canary 8a8a");
  close();
  ok_of(carry(host, closed));
  const auto id = number_in(asked(question), "thread");
  const std::string thread = "thread/" + std::to_string(id);
  EXPECT_EQ(code_of(server.operate("subscribe", subscription(thread), amina.who())), "not_found");
  std::int64_t post = 0;
  const View view = fresh_view(member, thread);
  for (const auto& [key, record] : view.records()) {
    if (key.first == "post") post = key.second;
  }
  ok_of(operate("post.edit", {{"post", post}, {"text", "Canary 8a8a, changed"}}, amina.who()));
  EXPECT_EQ(code_of(operate("post.edit", {{"post", post}, {"text", "mine"}}, bruno.who())), "not_found");
  ok_of(operate("post.remove", {{"post", post}, {"reason", "Off topic."}}, moderator));
  const std::string own = thread + "/person/" + std::to_string(amina.person);
  EXPECT_EQ(fresh_view(amina.who(), own).records().at({"returned", post})["reason"], "Off topic.");
  ok_of(operate("appeal.make", {{"post", post}, {"text", "Why?"}}, amina.who()));
}

TEST_F(News, P76_a_carried_question_goes_no_other_way_and_taken_back_it_is_gone_from_the_thread_too) {
  const auto question = ask("Canary 2e2e");
  const auto other = ask("Autre");
  close();
  ok_of(carry(host, open));
  const auto id = number_in(question_record(question), "thread");
  EXPECT_EQ(code_of(operate("question.dismiss", {{"question", question}, {"reason", "no"}}, host)), "state_changed");
  EXPECT_EQ(code_of(operate("question.merge", {{"question", question}, {"into", other}}, host)), "state_changed");
  ok_of(operate("question.withdraw", {{"question", question}}, amina.who()));
  for (const std::string& seen :
       {"thread/" + std::to_string(id), "board/" + std::to_string(open), std::string{"news"}, channel + "/questions"}) {
    EXPECT_EQ(snapshot(admin, seen).dump().find("2e2e"), std::string::npos) << seen;
  }
  EXPECT_EQ(thread_record(id)["state"], "removed");
}

TEST_F(News, P76_the_most_wanted_go_first_and_merged_askers_know_where) {
  std::vector<std::int64_t> questions;
  for (int i = 0; i < 41; ++i) questions.push_back(ask("Question " + std::to_string(i)));
  const auto wanted = questions.back();
  const auto merged = number_in(
      ok_of(operate("question.ask", {{"webinar", webinar}, {"text", "La même"}, {"lang", "fr"}}, member)), "question");
  ok_of(operate("question.publish", {{"question", merged}}, host));
  ok_of(operate("question.merge", {{"question", merged}, {"into", wanted}}, host));
  close();
  ok_of(carry(host, open));
  ASSERT_TRUE(question_record(wanted).contains("thread")) << "two votes, one through a merge";
  EXPECT_FALSE(question_record(questions[39]).contains("thread"));
  const Json me = ok_of(server.connect(member).ask("hello"))["me"];
  const std::string own = channel + "/person/" + std::to_string(number_in(me, "id"));
  EXPECT_EQ(fresh_view(member, own).records().at({"asked", merged})["thread"], question_record(wanted)["thread"]);
}

TEST_F(News, P76_nobody_else_and_not_before_the_end_and_not_to_more_people) {
  ask("Un");
  EXPECT_EQ(code_of(carry(host, open)), "state_changed");
  close();
  EXPECT_EQ(code_of(carry(member, open)), "forbidden");
  EXPECT_EQ(code_of(carry(amina.who(), open)), "forbidden");
  EXPECT_EQ(code_of(carry({}, open)), "sign_in_required");
  EXPECT_EQ(field_of(carry(host, board("public", "moderators"))), "board");
  EXPECT_EQ(field_of(carry(host, 987'654)), "board");
  const auto inside = live_webinar("members");
  ok_of(operate("webinar.close", {{"webinar", inside}}, host));
  const Json refused = operate("question.carry", {{"webinar", inside}, {"board", open}}, host);
  EXPECT_EQ(code_of(refused), "forbidden");
  EXPECT_EQ(field_of(refused), "board");
  ok_of(operate("question.carry", {{"webinar", inside}, {"board", closed}}, host));
}

TEST_F(News, P76_a_long_question_has_the_beginning_as_its_title) {
  const std::string words = "Combien de temps ";
  std::string text;
  for (int i = 0; i < 30; ++i) text += words;
  const auto question = ask(text);
  close();
  ok_of(carry(host, open));
  const auto title = text_in(thread_record(number_in(question_record(question), "thread")), "title");
  EXPECT_LE(title.size(), 203U);
  EXPECT_TRUE(title.ends_with("temps…") || title.ends_with("de…") || title.ends_with("Combien…")) << title;
}

TEST_F(News, P76_many_at_once_leave_the_rest_for_the_next_time) {
  for (int i = 0; i < 42; ++i) ask("Question " + std::to_string(i));
  close();
  const Json first = ok_of(carry(host, open));
  EXPECT_EQ(number_in(first, "threads"), 40);
  EXPECT_EQ(number_in(first, "left"), 2);
  EXPECT_EQ(number_in(ok_of(carry(host, open)), "left"), 0);
  EXPECT_EQ(activity("carried", webinar)["carried"]["threads"], 42);
}

TEST_F(News, P80_each_thing_is_told_once_and_comes_forward_with_its_news) {
  const auto id = start(open);
  const Json begun = activity("thread", id);
  EXPECT_EQ(begun["thread"]["title"], "Host families");
  EXPECT_EQ(begun["thread"]["boardName"]["fr"], "Logement");
  EXPECT_EQ(begun["thread"]["posts"], 1);
  const auto other = start(open, "Interpreters");
  EXPECT_GT(number_in(activity("thread", other), "seq"), number_in(begun, "seq"));
  const auto post = number_in(ok_of(operate("post.write", {{"thread", id}, {"text", "Oui."}}, moderator)), "post");
  const Json written = activity("thread", id);
  EXPECT_GT(number_in(written, "seq"), number_in(activity("thread", other), "seq"));
  EXPECT_EQ(written["id"], begun["id"]);
  EXPECT_EQ(written["by"]["name"], "Émile Tremblay-Osei");
  EXPECT_EQ(written["thread"]["posts"], 2);
  ok_of(operate("thread.answer", {{"thread", id}, {"post", post}}, member));
  const Json answered = activity("thread", id);
  EXPECT_TRUE(answered["thread"]["answered"]);
  EXPECT_GT(number_in(answered, "seq"), number_in(written, "seq"));
  ok_of(operate("post.remove", {{"post", post}}, moderator));
  const Json corrected = activity("thread", id);
  EXPECT_EQ(corrected["seq"], answered["seq"]) << "a removal is no news";
  EXPECT_FALSE(corrected["thread"]["answered"]);
  EXPECT_EQ(corrected["thread"]["posts"], 1);
}

TEST_F(News, P80_what_is_removed_names_nobody_any_more_and_what_comes_back_is_news_of_its_newest_post) {
  const auto id = start(open);
  const auto post = number_in(ok_of(operate("post.write", {{"thread", id}, {"text", "Oui."}}, moderator)), "post");
  EXPECT_EQ(activity("thread", id)["by"]["name"], "Émile Tremblay-Osei");
  ok_of(operate("post.remove", {{"post", post}, {"reason", "Off topic."}}, admin));
  EXPECT_EQ(activity("thread", id)["by"]["name"], "Kwame Villeneuve");
  EXPECT_EQ(activity("thread", id)["at"], thread_record(id)["lastAt"]);
  ok_of(operate("post.write", {{"thread", id}, {"text", "Encore."}}, moderator));
  std::int64_t first = 0;
  const View view = fresh_view({}, "thread/" + std::to_string(id));
  for (const auto& [key, record] : view.records()) {
    if (key.first == "post" && number_in(record, "pos") == 1) first = key.second;
  }
  ok_of(operate("post.remove", {{"post", first}, {"reason", "Off topic."}}, moderator));
  EXPECT_TRUE(activity("thread", id).is_null());
  const auto appeal = number_in(ok_of(operate("appeal.make", {{"post", first}, {"text", "Why?"}}, member)), "appeal");
  ok_of(operate("appeal.decide", {{"appeal", appeal}, {"overturn", true}, {"answer", "Yes."}}, admin));
  EXPECT_EQ(activity("thread", id)["by"]["name"], "Émile Tremblay-Osei");
}

TEST_F(News, P80_a_webinar_is_told_when_it_is_made_opens_and_closes) {
  const Json live = activity("webinar", webinar);
  EXPECT_EQ(live["webinar"]["state"], "live");
  close();
  const Json ended = activity("webinar", webinar);
  EXPECT_EQ(ended["webinar"]["state"], "ended");
  EXPECT_GT(number_in(ended, "seq"), number_in(live, "seq"));
  close();
  EXPECT_EQ(activity("webinar", webinar)["seq"], ended["seq"]) << "closing what is closed is no news";
}

TEST_F(News, P81_it_is_told_to_whom_may_read_it) {
  const auto inside = start(closed, "Canary 3d3d");
  const auto hidden = live_webinar("members");
  EXPECT_TRUE(activity("thread", inside).is_null());
  EXPECT_FALSE(activity("thread", inside, "news/members").is_null());
  EXPECT_FALSE(activity("webinar", hidden, "news/members").is_null());
  EXPECT_EQ(snapshot({}, "news").dump().find("3d3d"), std::string::npos);
  EXPECT_EQ(code_of(server.operate("subscribe", subscription("news/members"), amina.who())), "not_found");
  ok_of(server.operate("subscribe", subscription("news/members"), member));
}

TEST_F(News, P81_of_two_things_the_narrower_says_who_is_told) {
  ask("Un");
  close();
  ok_of(carry(host, closed));
  EXPECT_TRUE(activity("carried", webinar).is_null()) << "everybody reads the webinar, members the board";
  EXPECT_FALSE(activity("carried", webinar, "news/members").is_null());
}

TEST_F(News, P81_the_newest_hundred_are_kept) {
  std::vector<std::int64_t> threads;
  for (int i = 0; i < 100; ++i) threads.push_back(start(open, "Thread " + std::to_string(i)));
  const Json oldest = activity("thread", threads[0]);
  Socket reader = greeted({}, {"news"});
  threads.push_back(start(open, "Thread 100"));
  const auto leaves = [&](const Json& one) {
    return push_of("news")(one) && one["put"].dump().find("\"gone\":true") != std::string::npos;
  };
  EXPECT_EQ(reader.next(leaves)["put"][1]["id"], oldest["id"]);
  EXPECT_EQ(fresh_view({}, "news").records().size(), 100U);
  EXPECT_TRUE(activity("thread", threads[0]).is_null());
  EXPECT_FALSE(activity("thread", threads[1]).is_null());
  ok_of(operate("post.write", {{"thread", threads[0]}, {"text", "Again."}}, moderator));
  EXPECT_FALSE(activity("thread", threads[0]).is_null()) << "it comes back with its news";
  EXPECT_TRUE(activity("thread", threads[1]).is_null());
}

TEST_F(News, P82_the_watermark_never_goes_back) {
  const auto newest = number_in(activity("thread", start(open)), "seq");
  const auto seen = [&](std::int64_t seq) { return operate("news.seen", {{"seq", seq}}, amina.who()); };
  const Json answer = ok_of(seen(newest));
  EXPECT_EQ(answer["channel"], "person/" + std::to_string(amina.person));
  EXPECT_EQ(number_in(ok_of(seen(newest - 1)), "seq"), newest);
  EXPECT_EQ(code_of(seen(newest + 1)), "out_of_range");
  const auto inside = number_in(activity("thread", start(closed), "news/members"), "seq");
  EXPECT_EQ(code_of(seen(inside)), "out_of_range") << "a guest does not learn that members have news";
  ok_of(operate("news.seen", {{"seq", inside}}, member));
  EXPECT_EQ(code_of(operate("news.seen", {{"seq", 1}}, {})), "sign_in_required");
  const auto own = fresh_view(amina.who(), "person/" + std::to_string(amina.person)).records();
  EXPECT_EQ(own.at({"seen", amina.person})["seq"], newest);
}

}  // namespace
}  // namespace plenary::test
