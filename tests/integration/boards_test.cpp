// P70–P75: boards, their threads and the posts in them.

#include <gmock/gmock.h>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using ::testing::ElementsAre;

class Boards : public Room {
 protected:
  Boards()
      : admin{server.token_of("admin"), {}, {}},
        moderator{server.token_of("moderator"), {}, {}},
        member{server.token_of("member"), {}, {}},
        visitor{guest("Amina").who()},
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
  Json start(std::int64_t on, const Who& who, const std::string& kind = "discussion",
             const std::string& title = "Host families") const {
    return operate("thread.start", {{"board", on}, {"title", title}, {"text", "Who has **tried** it?"}, {"kind", kind}},
                   who);
  }
  std::int64_t thread(std::int64_t on, const std::string& kind = "discussion") const {
    return number_in(ok_of(start(on, member, kind)), "thread");
  }
  std::int64_t write(std::int64_t in, const Who& who, const std::string& text) const {
    return number_in(ok_of(operate("post.write", {{"thread", in}, {"text", text}, {"lang", "fr"}}, who)), "post");
  }
  Json remove(std::int64_t post, const Who& who) const {
    return operate("post.remove", {{"post", post}, {"reason", "It names a client."}}, who);
  }
  std::int64_t first_post(std::int64_t in) const { return first(posts(in)); }
  static std::int64_t first(const std::map<std::int64_t, Json>& by_pos) { return number_in(by_pos.at(1), "id"); }
  /// What the thread's channel shows, by place.
  std::map<std::int64_t, Json> posts(std::int64_t in, const Who& who = {}) const {
    std::map<std::int64_t, Json> by_pos;
    const View view = fresh_view(who, thread_channel(in));
    for (const auto& [key, record] : view.records()) {
      if (key.first == "post") by_pos[number_in(record, "pos")] = record;
    }
    return by_pos;
  }
  Json thread_record(std::int64_t id) const { return fresh_view({}, thread_channel(id)).records().at({"thread", id}); }
  bool is_on_board(std::int64_t id, std::int64_t on) const {
    return fresh_view(admin, board_channel(on)).records().contains({"thread", id});
  }
  std::vector<std::int64_t> listed(std::int64_t on, const Who& who, Json more = Json::object()) const {
    more["board"] = on;
    std::vector<std::int64_t> ids;
    const Json page = ok_of(operate("thread.list", more, who));
    for (const Json& one : page["threads"]) ids.push_back(number_in(one, "id"));
    return ids;
  }
  static std::string board_channel(std::int64_t id) { return "board/" + std::to_string(id); }
  static std::string thread_channel(std::int64_t id) { return "thread/" + std::to_string(id); }
  std::string own(std::int64_t id, const Who& who) const {
    const Json me = ok_of(server.connect(who).ask("hello"))["me"];
    return thread_channel(id) + "/person/" + std::to_string(number_in(me, "id"));
  }

  Who admin;
  Who moderator;
  Who member;
  Who visitor;
  std::int64_t open;
  std::int64_t closed;
};

TEST_F(Boards, P70_a_members_board_is_to_everybody_else_as_if_it_were_not) {
  const auto secret = number_in(ok_of(start(closed, member, "discussion", "Canary 77ab")), "thread");
  const auto post = write(secret, member, "Canary 77ab too");
  constexpr std::int64_t nowhere = 987'654;
  const auto ways = [](std::int64_t board, std::int64_t of, std::int64_t post_of) {
    return std::vector<std::pair<std::string, Json>>{
        {"subscribe", subscription(board_channel(board))},
        {"subscribe", subscription(thread_channel(of))},
        {"subscribe", subscription(board_channel(board) + "/moderation")},
        {"history", subscription(thread_channel(of), {{"before", 10}})},
        {"thread.list", {{"board", board}}},
        {"thread.start", {{"board", board}, {"title", "a"}, {"text", "b"}, {"kind", "discussion"}}},
        {"thread.answer", {{"thread", of}}},
        {"post.write", {{"thread", of}, {"text", "hello"}}},
        {"post.edit", {{"post", post_of}, {"text", "mine"}}},
        {"post.remove", {{"post", post_of}, {"reason", "because"}}},
        {"post.react", {{"post", post_of}, {"emoji", "👍"}, {"on", true}}}};
  };
  for (const Who& who : {Who{}, visitor}) {
    const auto seen = ways(closed, secret, post);
    const auto absent = ways(nowhere, nowhere, nowhere);
    for (std::size_t i = 0; i < seen.size(); ++i) {
      const auto of_seen = server.operate(seen[i].first, seen[i].second, who);
      EXPECT_EQ(code_of(of_seen), "not_found") << seen[i].first << ' ' << of_seen.body;
      EXPECT_EQ(of_seen.body, server.operate(absent[i].first, absent[i].second, who).body) << seen[i].first;
    }
    EXPECT_EQ(operate("board.list", Json::object(), who)["ok"]["boards"].size(), 1U);
    EXPECT_EQ(snapshot(who, "news").dump().find("77ab"), std::string::npos);
    EXPECT_EQ(code_of(server.operate("subscribe", subscription("news/members"), who)), "not_found");
  }
  EXPECT_EQ(server.get("/t/" + std::to_string(secret)).body.find("77ab"), std::string::npos);
  EXPECT_EQ(posts(secret, member).size(), 2U);
  EXPECT_EQ(ok_of(operate("board.list", Json::object(), member))["boards"].size(), 2U);
}

TEST_F(Boards, P70_everybody_reads_a_public_board_and_who_has_an_account_writes) {
  const auto id = thread(open);
  for (const Who& who : {Who{}, visitor}) {
    EXPECT_EQ(posts(id, who).size(), 1U);
    EXPECT_EQ(code_of(start(open, who)), "sign_in_required");
    EXPECT_EQ(code_of(operate("post.write", {{"thread", id}, {"text", "hello"}}, who)), "sign_in_required");
    EXPECT_EQ(code_of(operate("post.react", {{"post", first_post(id)}, {"emoji", "👍"}, {"on", true}}, who)),
              "sign_in_required");
  }
  EXPECT_EQ(code_of(operate("board.create", Json::object(), member)), "missing_field");
  EXPECT_EQ(
      code_of(operate(
          "board.create",
          {{"name", {{"en", "a"}, {"fr", "b"}}}, {"purpose", {{"en", "a"}, {"fr", "b"}}}, {"visibility", "public"}},
          moderator)),
      "forbidden");
}

TEST_F(Boards, P71_who_begins_a_thread_is_the_boards_rule) {
  const auto guarded = board("public", "moderators");
  EXPECT_EQ(code_of(start(guarded, member)), "forbidden");
  ok_of(start(guarded, moderator));
  EXPECT_EQ(code_of(start(open, member, "announcement")), "forbidden");
  ok_of(start(open, moderator, "announcement"));
}

TEST_F(Boards, P72_threads_are_listed_by_their_newest_post_and_page_by_page) {
  const auto first = thread(open);
  const auto second = thread(open);
  const auto third = thread(open);
  EXPECT_THAT(listed(open, {}), ElementsAre(third, second, first));
  write(first, member, "again");
  EXPECT_THAT(listed(open, {}), ElementsAre(first, third, second));
  const Json page = ok_of(operate("thread.list", {{"board", open}, {"limit", 2}}, {}));
  EXPECT_EQ(page["threads"].size(), 2U);
  EXPECT_EQ(page["threads"][0], fresh_view({}, board_channel(open)).records().at({"thread", first}));
  EXPECT_THAT(listed(open, {}, {{"after", page["next"]}}), ElementsAre(second));
  EXPECT_EQ(field_of(operate("thread.list", {{"board", open}, {"after", "x"}}, {})), "after");
  EXPECT_EQ(field_of(operate("thread.list", {{"board", open}, {"limit", 51}}, {})), "limit");
}

TEST_F(Boards, P72_a_thread_counts_what_stands_and_says_whose_the_newest_is) {
  const auto id = thread(open);
  write(id, moderator, "Oui.");
  const auto last = write(id, member, "Merci.");
  EXPECT_EQ(number_in(thread_record(id), "posts"), 3);
  EXPECT_EQ(thread_record(id)["lastBy"]["name"], "Kwame Villeneuve");
  ok_of(operate("post.remove", {{"post", last}}, member));
  EXPECT_EQ(number_in(thread_record(id), "posts"), 2);
  EXPECT_EQ(thread_record(id)["lastBy"]["name"], "Émile Tremblay-Osei");
}

TEST_F(Boards, P72_a_board_counts_its_threads_and_says_of_when_the_newest_post_is) {
  const auto listed_board = [&] {
    const Json ok = ok_of(operate("board.list", Json::object(), {}));
    return ok["boards"][0];
  };
  EXPECT_EQ(number_in(listed_board(), "threads"), 0);
  EXPECT_FALSE(listed_board().contains("lastAt"));
  const auto first = thread(open);
  const auto second = thread(open);
  EXPECT_EQ(number_in(listed_board(), "threads"), 2);
  EXPECT_EQ(listed_board()["lastAt"], thread_record(second)["lastAt"]);
  ok_of(remove(first_post(second), moderator));
  EXPECT_EQ(number_in(listed_board(), "threads"), 1);
  EXPECT_EQ(listed_board()["lastAt"], thread_record(first)["lastAt"]);
}

TEST_F(Boards, P72_who_reads_the_board_hears_of_new_posts) {
  const auto id = thread(open);
  Socket reader = greeted({}, {board_channel(open)});
  write(id, member, "Oui.");
  const Json heard = reader.next(push_of(board_channel(open)));
  EXPECT_EQ(heard["put"][0]["id"], id);
  EXPECT_EQ(number_in(heard["put"][0], "posts"), 2);
}

TEST_F(Boards, P73_a_post_is_what_a_message_is) {
  const auto id = thread(open);
  const auto question = first_post(id);
  const Json reply = ok_of(
      operate("post.write", {{"thread", id}, {"text", "*Oui.*"}, {"lang", "fr"}, {"replyTo", question}}, moderator));
  EXPECT_EQ(reply["channel"], thread_channel(id));
  Json record = posts(id).at(2);
  EXPECT_EQ(record["text"], "*Oui.*");
  EXPECT_EQ(record["lang"], "fr");
  EXPECT_EQ(record["replyTo"], question);
  EXPECT_EQ(record["replyToPos"], 1);
  EXPECT_EQ(record["body"][0]["children"][0]["kind"], "emphasis");
  const auto post = number_in(reply, "post");
  EXPECT_EQ(code_of(operate("post.edit", {{"post", post}, {"text", "Non."}}, member)), "forbidden");
  ok_of(operate("post.edit", {{"post", post}, {"text", "Oui, trois."}}, moderator));
  EXPECT_EQ(posts(id).at(2)["text"], "Oui, trois.");
  EXPECT_TRUE(posts(id).at(2).contains("editedAt"));
  const auto elsewhere = first_post(thread(open));
  EXPECT_EQ(field_of(operate("post.write", {{"thread", id}, {"text", "x"}, {"replyTo", elsewhere}}, member)),
            "replyTo");
  EXPECT_EQ(code_of(operate("post.write", {{"thread", id}, {"text", std::string(10'001, 'a')}}, member)), "too_long");
  write(id, member, std::string(10'000, 'a'));
}

TEST_F(Boards, P73_reactions_are_counted_and_ones_own_are_ones_own) {
  const auto id = thread(open);
  const auto post = first_post(id);
  Socket reader = greeted({}, {thread_channel(id)});
  for (const Who& who : {member, moderator}) {
    ok_of(operate("post.react", {{"post", post}, {"emoji", "👍"}, {"on", true}}, who));
  }
  const auto counted = [&](const Json& one) {
    return push_of(thread_channel(id))(one) && one["put"][0]["type"] == "tally" && one["put"][0]["reactions"]["👍"] == 2;
  };
  EXPECT_EQ(reader.next(counted)["put"][0]["pos"], 1);
  EXPECT_EQ(fresh_view(member, own(id, member)).records().at({"reaction", post})["emojis"], Json::array({"👍"}));
  EXPECT_EQ(code_of(server.operate("subscribe", subscription(own(id, member)), moderator)), "not_found");
}

TEST_F(Boards, P73_who_removes_anothers_post_says_why_and_the_author_has_it_back) {
  const auto id = thread(open);
  const auto post = write(id, member, "Canary 41c9");
  EXPECT_EQ(code_of(operate("post.remove", {{"post", post}}, moderator)), "reason_required");
  EXPECT_EQ(code_of(remove(post, host)), "forbidden");
  ok_of(remove(post, moderator));
  EXPECT_EQ(posts(id).at(2)["state"], "removed");
  EXPECT_EQ(posts(id).at(2)["by"], "moderator");
  for (const std::string& seen : {thread_channel(id), board_channel(open), std::string{"news"}}) {
    EXPECT_EQ(snapshot(moderator, seen).dump().find("41c9"), std::string::npos) << seen;
  }
  const Json back = fresh_view(member, own(id, member)).records().at({"returned", post});
  EXPECT_EQ(back["text"], "Canary 41c9");
  EXPECT_EQ(back["reason"], "It names a client.");
  EXPECT_EQ(code_of(remove(post, moderator)), "already_removed");
}

TEST_F(Boards, P62_a_post_that_is_put_back_has_its_reactions_and_what_is_removed_again_its_own_reason) {
  const auto id = thread(open);
  const auto post = write(id, member, "Oui.");
  ok_of(operate("post.react", {{"post", post}, {"emoji", "👍"}, {"on", true}}, moderator));
  const auto tallied = [&] {
    Socket reader = greeted({}, {thread_channel(id)});
    ok_of(operate("post.react", {{"post", first_post(id)}, {"emoji", "❤️"}, {"on", true}}, admin));
    reader.next(push_of(thread_channel(id)));
    return fresh_view({}, thread_channel(id)).records().contains({"tally", post});
  };
  EXPECT_TRUE(tallied());
  ok_of(remove(post, moderator));
  ok_of(operate("post.react", {{"post", first_post(id)}, {"emoji", "❤️"}, {"on", false}}, admin));
  EXPECT_FALSE(tallied());
  const auto appeal = number_in(ok_of(operate("appeal.make", {{"post", post}, {"text", "Why?"}}, member)), "appeal");
  EXPECT_EQ(code_of(operate("appeal.make", {{"post", post}, {"text", "Why?"}}, member)), "already_appealed");
  ok_of(operate("appeal.decide", {{"appeal", appeal}, {"overturn", true}, {"answer", "You are right."}}, admin));
  EXPECT_EQ(posts(id).at(2)["text"], "Oui.");
  ok_of(operate("post.react", {{"post", first_post(id)}, {"emoji", "❤️"}, {"on", false}}, admin));
  EXPECT_TRUE(tallied());
  ok_of(operate("post.remove", {{"post", post}, {"reason", "It names another one."}}, moderator));
  EXPECT_EQ(fresh_view(member, own(id, member)).records().at({"returned", post})["reason"], "It names another one.");
}

TEST_F(Boards, P74_where_its_author_left_only_the_title_a_moderator_can_take_it) {
  const auto id = number_in(ok_of(start(open, member, "discussion", "Canary 6b6b")), "thread");
  const auto post = first_post(id);
  write(id, moderator, "Oui.");
  ok_of(operate("post.remove", {{"post", post}}, member));
  EXPECT_EQ(code_of(operate("post.remove", {{"post", post}}, member)), "already_removed");
  EXPECT_EQ(thread_record(id)["title"], "Canary 6b6b");
  EXPECT_EQ(code_of(operate("post.remove", {{"post", post}}, moderator)), "reason_required");
  ok_of(remove(post, moderator));
  EXPECT_FALSE(is_on_board(id, open));
  for (const std::string& seen : {thread_channel(id), board_channel(open), std::string{"news"}}) {
    EXPECT_EQ(snapshot(admin, seen).dump().find("6b6b"), std::string::npos) << seen;
  }
  EXPECT_EQ(code_of(remove(post, moderator)), "already_removed");
  const Json back = fresh_view(member, own(id, member)).records().at({"returned", post});
  EXPECT_EQ(back["text"], "Canary 6b6b");
  EXPECT_EQ(back["reason"], "It names a client.");
  const auto appeal = number_in(ok_of(operate("appeal.make", {{"post", post}, {"text", "Why?"}}, member)), "appeal");
  ok_of(operate("appeal.decide", {{"appeal", appeal}, {"overturn", true}, {"answer", "Yes."}}, admin));
  EXPECT_EQ(thread_record(id)["title"], "Canary 6b6b");
  EXPECT_EQ(posts(id).at(1)["by"], "author") << "the words its author took back stay away";
  const Json answered = fresh_view(member, own(id, member)).records().at({"returned", post});
  EXPECT_EQ(answered["reason"], "It names a client.") << "what was said at the time stays readable";
}

TEST_F(Boards, P74_in_a_removed_thread_nothing_is_changed_or_reacted_to) {
  const auto id = thread(open);
  const auto answer = write(id, moderator, "Oui.");
  ok_of(remove(first_post(id), admin));
  EXPECT_EQ(code_of(operate("post.edit", {{"post", answer}, {"text", "Non."}}, moderator)), "already_removed");
  EXPECT_EQ(code_of(operate("post.react", {{"post", answer}, {"emoji", "👍"}, {"on", true}}, member)),
            "already_removed");
}

TEST_F(Boards, P74_with_its_first_post_a_thread_goes_and_an_appeal_brings_it_back) {
  const auto id = number_in(ok_of(start(open, member, "discussion", "Canary 9f00")), "thread");
  write(id, moderator, "Oui.");
  const auto post = first_post(id);
  const Json before = fresh_view({}, board_channel(open)).records().at({"thread", id});
  ok_of(remove(post, moderator));
  EXPECT_FALSE(is_on_board(id, open));
  EXPECT_THAT(listed(open, admin), ElementsAre());
  EXPECT_EQ(thread_record(id)["state"], "removed");
  for (const std::string& seen : {thread_channel(id), board_channel(open), std::string{"news"}}) {
    EXPECT_EQ(snapshot(moderator, seen).dump().find("9f00"), std::string::npos) << seen;
  }
  EXPECT_EQ(server.get("/t/" + std::to_string(id)).body.find("9f00"), std::string::npos);
  EXPECT_EQ(code_of(operate("post.write", {{"thread", id}, {"text", "x"}}, moderator)), "already_removed");
  EXPECT_EQ(fresh_view(member, own(id, member)).records().at({"returned", post})["text"],
            "Canary 9f00\n\nWho has **tried** it?");

  const Json made = ok_of(operate("appeal.make", {{"post", post}, {"text", "It names nobody."}}, member));
  const auto appeal = number_in(made, "appeal");
  EXPECT_EQ(made["channel"], own(id, member));
  const std::string desk = board_channel(open) + "/moderation";
  const Json waiting = fresh_view(admin, desk).records().at({"appeal", appeal});
  EXPECT_EQ(waiting["target"], "post");
  EXPECT_EQ(waiting["removed"], "Canary 9f00\n\nWho has **tried** it?") << "who decides reads what would come back";
  EXPECT_EQ(code_of(server.operate("subscribe", subscription(desk), member)), "not_found");
  const auto decide = [&](const Who& who) {
    return operate("appeal.decide", {{"appeal", appeal}, {"overturn", true}, {"answer", "You are right."}}, who);
  };
  EXPECT_EQ(code_of(decide(member)), "not_found");
  EXPECT_EQ(code_of(decide(moderator)), "not_eligible");
  ok_of(decide(admin));
  Json after = fresh_view({}, board_channel(open)).records().at({"thread", id});
  after["rev"] = before["rev"];
  EXPECT_EQ(after, before);
  EXPECT_EQ(first(posts(id)), post);
  EXPECT_NE(snapshot({}, "news").dump().find("9f00"), std::string::npos);
  EXPECT_EQ(fresh_view(member, own(id, member)).records().at({"returned", post})["appeal"]["state"], "overturned");
}

TEST_F(Boards, P74_who_began_it_takes_only_their_words_back_once_others_have_written) {
  const auto shared = thread(open);
  write(shared, moderator, "Oui.");
  ok_of(operate("post.remove", {{"post", first_post(shared)}}, member));
  EXPECT_TRUE(is_on_board(shared, open));
  EXPECT_EQ(posts(shared).at(1)["by"], "author");
  const auto alone = thread(open);
  ok_of(operate("post.remove", {{"post", first_post(alone)}}, member));
  EXPECT_FALSE(is_on_board(alone, open));
}

TEST_F(Boards, P75_the_asker_accepts_an_answer_or_none) {
  const auto id = thread(open, "question");
  const auto answer = write(id, moderator, "Six mois.");
  EXPECT_EQ(code_of(operate("thread.answer", {{"thread", id}, {"post", answer}}, host)), "forbidden");
  ok_of(operate("thread.answer", {{"thread", id}, {"post", answer}}, member));
  EXPECT_EQ(thread_record(id)["answer"], (Json{{"post", answer}, {"pos", 2}}));
  ok_of(remove(answer, admin));
  EXPECT_FALSE(thread_record(id).contains("answer"));
  EXPECT_EQ(code_of(operate("thread.answer", {{"thread", id}, {"post", answer}}, member)), "already_removed");
  const auto appeal =
      number_in(ok_of(operate("appeal.make", {{"post", answer}, {"text", "Why?"}}, moderator)), "appeal");
  EXPECT_EQ(code_of(operate("appeal.decide", {{"appeal", appeal}, {"overturn", false}, {"answer", "No."}}, admin)),
            "not_eligible");
  const auto other = write(id, moderator, "Un an.");
  ok_of(operate("thread.answer", {{"thread", id}, {"post", other}}, moderator));
  ok_of(operate("thread.answer", {{"thread", id}}, member));
  EXPECT_FALSE(thread_record(id).contains("answer"));
  const auto talk = thread(open);
  EXPECT_EQ(field_of(operate("thread.answer", {{"thread", talk}, {"post", first_post(talk)}}, member)), "thread");
  EXPECT_EQ(field_of(operate("thread.answer", {{"thread", id}, {"post", first_post(talk)}}, member)), "post");
}

TEST_F(Boards, a_page_says_in_its_title_what_everybody_may_read) {
  const auto id = thread(open);
  EXPECT_NE(server.get("/t/" + std::to_string(id)).body.find("<title>Host families – Plenary</title>"),
            std::string::npos);
  EXPECT_NE(server.get("/b/" + std::to_string(open)).body.find("<title>Housing – Plenary</title>"), std::string::npos);
  EXPECT_NE(server.get("/b/" + std::to_string(closed)).body.find("<title>Plenary</title>"), std::string::npos);
  for (const char* page : {"/boards", "/news", "/t/9", "/b/9"}) EXPECT_EQ(server.get(page).status, 200U) << page;
  for (const char* page : {"/b/", "/t/x", "/b/0", "/t/1/summary"}) EXPECT_EQ(server.get(page).status, 404U) << page;
}

}  // namespace
}  // namespace plenary::test
