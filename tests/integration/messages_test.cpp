// P42–P45: posting, editing, removing, reacting.

#include <algorithm>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class Messages : public Room {
 protected:
  Messages() : amina{guest("Amina")}, bruno{guest("Bruno")} {}

  HttpReply say(const Who& who, const Json& text) const {
    return server.operate("message.post", {{"webinar", webinar}, {"text", text}}, who);
  }
  HttpReply edit(const Who& who, std::int64_t message, const std::string& text = "edited") const {
    return server.operate("message.edit", {{"message", message}, {"text", text}}, who);
  }
  HttpReply remove(const Who& who, std::int64_t message, const Json& reason = {}) const {
    Json args{{"message", message}};
    if (!reason.is_null()) args["reason"] = reason;
    return server.operate("message.remove", args, who);
  }
  HttpReply react(const Who& who, std::int64_t message, const std::string& emoji, bool on = true) const {
    return server.operate("message.react", {{"message", message}, {"emoji", emoji}, {"on", on}}, who);
  }
  Json message_record(std::int64_t message) const { return fresh_view({}, channel).records().at({"message", message}); }

  Guest amina;
  Guest bruno;
};

std::string repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

TEST_F(Messages, P42_text_is_1_to_4000_characters_whatever_their_bytes) {
  for (const std::string character : {"x", "é", "ሰ", "🌻"}) {
    const auto message = post(amina.who(), repeated(character, 4'000));
    EXPECT_EQ(message_record(message)["text"], repeated(character, 4'000));
    const Json refused = say(amina.who(), repeated(character, 4'001)).json();
    EXPECT_EQ(code_of(refused), "too_long");
    EXPECT_EQ(field_of(refused), "text");
  }
}

TEST_F(Messages, P42_text_that_shows_nothing_is_empty) {
  for (const std::string text : {"", " ", "\n\t ", "\u200B", "\u2060\u00A0", "\u3000"}) {
    EXPECT_EQ(code_of(say(amina.who(), text)), "empty") << Json(text);
  }
}

TEST_F(Messages, P42_text_is_nfc_and_keeps_tabs_and_newlines) {
  EXPECT_EQ(message_record(post(amina.who(), "Ce\u0301line"))["text"], "Céline");
  EXPECT_EQ(message_record(post(amina.who(), "\ta\n\nb "))["text"], "\ta\n\nb ");
  for (const std::string& text : {std::string{"a\0b", 3}, std::string{"a\ab"}, std::string{"a\x1b[31m"},
                                  std::string{"a\x7f"}, std::string{"a\u0085"}}) {
    EXPECT_EQ(code_of(say(amina.who(), text)), "forbidden_character") << Json(text);
  }
}

TEST_F(Messages, P43_only_a_live_webinar_takes_messages) {
  const Json made = ok_of(server.operate("webinar.create", webinar_args(), host));
  const Json args{{"webinar", made["webinar"]}, {"text", "early"}};
  EXPECT_EQ(code_of(server.operate("message.post", args, host)), "not_live");
  ok_of(server.operate("webinar.open", {{"webinar", made["webinar"]}}, host));
  const auto message = number_in(ok_of(server.operate("message.post", args, host)), "message");
  ok_of(server.operate("webinar.close", {{"webinar", made["webinar"]}}, host));
  EXPECT_EQ(code_of(server.operate("message.post", args, host)), "not_live");
  EXPECT_EQ(code_of(react(host, message, "👍")), "not_live");
  EXPECT_EQ(code_of(server.operate("session.guest", {{"webinar", made["webinar"]}, {"name", "Late"}})), "not_live");
}

TEST_F(Messages, P43_who_has_not_joined_does_not_post) {
  const Guest elsewhere = guest("Elsewhere", live_webinar());
  EXPECT_EQ(code_of(say({}, "x")), "sign_in_required");
  EXPECT_EQ(code_of(say(elsewhere.who(), "x")), "sign_in_required");
  ok_of(say({server.token_of("member")}, "members need not join"));
}

TEST_F(Messages, P43_a_guest_opens_and_closes_nothing) {
  for (const Who& who : {amina.who(), Who{server.token_of("member")}}) {
    EXPECT_EQ(code_of(server.operate("webinar.close", {{"webinar", webinar}}, who)), "forbidden");
    EXPECT_EQ(code_of(server.operate("webinar.open", {{"webinar", webinar}}, who)), "forbidden");
  }
  EXPECT_EQ(code_of(server.operate("webinar.create", webinar_args(), amina.who())), "forbidden");
}

TEST_F(Messages, P43_the_author_and_nobody_else_edits) {
  const auto message = post(amina.who(), "Bonjour");
  for (const Who& who : {bruno.who(), host, Who{server.token_of("moderator")}, Who{server.token_of("admin")}}) {
    EXPECT_EQ(code_of(edit(who, message)), "forbidden");
  }
  const Json before = message_record(message);
  EXPECT_FALSE(before.contains("editedAt"));
  ok_of(edit(amina.who(), message, "Bonsoir **à tous**"));
  const Json after = message_record(message);
  EXPECT_EQ(after["text"], "Bonsoir **à tous**");
  EXPECT_EQ(after["pos"], before["pos"]);
  EXPECT_EQ(after["at"], before["at"]);
  EXPECT_TRUE(after.contains("editedAt"));
  EXPECT_NE(after["body"], before["body"]);
}

TEST_F(Messages, P43_the_author_removes_without_a_reason_and_others_not_at_all) {
  const auto message = post(amina.who(), "Bonjour");
  EXPECT_EQ(code_of(remove(bruno.who(), message, "spite")), "forbidden");
  EXPECT_EQ(code_of(remove({server.token_of("member")}, message, "spite")), "forbidden");
  ok_of(remove(amina.who(), message));
  EXPECT_EQ(message_record(message)["by"], "author");
  for (const HttpReply& reply :
       {remove(amina.who(), message), edit(amina.who(), message), react(bruno.who(), message, "👍")}) {
    EXPECT_EQ(code_of(reply), "already_removed");
    EXPECT_EQ(reply.status, 409U);
  }
  EXPECT_TRUE(snapshot(amina.who(), own_channel(webinar, amina))["records"].empty()) << "nothing to give back";
}

TEST_F(Messages, P43_who_removes_anothers_message_says_why) {
  for (const auto& [who, by] : std::vector<std::pair<std::string, std::string>>{
           {"host", "host"}, {"moderator", "moderator"}, {"admin", "moderator"}}) {
    const auto message = post(amina.who(), "Bonjour");
    const Who remover{server.token_of(who)};
    const Json refused = remove(remover, message).json();
    EXPECT_EQ(code_of(refused), "reason_required") << who;
    EXPECT_EQ(field_of(refused), "reason");
    EXPECT_EQ(code_of(remove(remover, message, " ")), "empty");
    EXPECT_EQ(code_of(remove(remover, message, std::string(1'001, 'x'))), "too_long");
    ok_of(remove(remover, message, "Names a client"));
    EXPECT_EQ(message_record(message)["by"], by);
  }
}

TEST_F(Messages, P43_a_removed_text_goes_back_to_its_author_and_is_nowhere_else) {
  const std::string text = "a text that names somebody";
  const std::string reason = "It names a client";
  const auto message = post(amina.who(), text);
  post(bruno.who(), "an answer");
  Socket of_author = greeted(amina.who(), {channel, own_channel(webinar, amina)});
  std::vector<Socket> others;
  others.push_back(greeted(bruno.who(), {channel, own_channel(webinar, bruno)}));
  others.push_back(greeted(host, {channel}));
  others.push_back(greeted({}, {channel}));
  const View view = fresh_view({}, channel);

  const Json removed = ok_of(remove(host, message, reason));
  const Json returned = of_author.next(push_of(own_channel(webinar, amina)))["put"][0];
  EXPECT_EQ(returned["type"], "returned");
  EXPECT_EQ(returned["id"], message);
  EXPECT_EQ(returned["text"], text);
  EXPECT_EQ(returned["reason"], reason);
  EXPECT_EQ(returned["by"], "host");
  EXPECT_EQ(snapshot(amina.who(), own_channel(webinar, amina))["records"][0], returned);

  const auto holds_it = [&](const std::string& heard) {
    return heard.find(text) != std::string::npos || heard.find(reason) != std::string::npos;
  };
  for (Socket& other : others) {
    (void)other.next(push_of(channel, removed["rev"]));
    for (const Json& one : other.log()) {
      EXPECT_FALSE(one.contains("ch") && holds_it(one.dump())) << one;
    }
  }
  for (const Who& who : {bruno.who(), host, Who{}, amina.who()}) {
    EXPECT_FALSE(holds_it(server.operate("subscribe", subscription(channel), who, {}).body));
    EXPECT_FALSE(holds_it(server.operate("subscribe", view.resumption(), who, {}).body));
    EXPECT_FALSE(holds_it(server.operate("history", subscription(channel, {{"after", 0}}), who, {}).body));
  }
  EXPECT_EQ(code_of(server.operate("subscribe", subscription(own_channel(webinar, amina)), host, {})), "not_found");
}

TEST_F(Messages, P43_a_reply_points_into_the_same_webinar) {
  const auto first = post(amina.who(), "A question");
  const Json args{{"webinar", webinar}, {"text", "An answer"}, {"replyTo", first}, {"lang", "FR"}};
  const Json record = message_record(number_in(ok_of(server.operate("message.post", args, bruno.who())), "message"));
  EXPECT_EQ(record["replyTo"], first);
  EXPECT_EQ(record["replyToPos"], 1);
  EXPECT_EQ(record["lang"], "fr");
  EXPECT_EQ(record["author"], (Json{{"id", bruno.person}, {"name", "Bruno"}}));
  const Json elsewhere{{"webinar", live_webinar()}, {"text", "x"}, {"replyTo", first}};
  EXPECT_EQ(code_of(server.operate("message.post", elsewhere, host)), "not_found");
}

TEST_F(Messages, P45_a_tally_counts_people_and_ones_own_reactions_are_ones_own) {
  const auto message = post(amina.who(), "Bonjour");
  Socket reader = greeted(bruno.who(), {channel, own_channel(webinar, bruno)});
  ok_of(react(amina.who(), message, "👍"));
  ok_of(react(bruno.who(), message, "👍"));
  ok_of(react(bruno.who(), message, "👍"));
  ok_of(react(bruno.who(), message, "🌻"));
  ok_of(react(bruno.who(), message, "🎉"));
  ok_of(react(bruno.who(), message, "🎉", false));
  const Json counted = reader.next([&](const Json& one) {
    return push_of(channel)(one) && one["put"][0]["reactions"] == Json{{"👍", 2}, {"🌻", 1}};
  });
  EXPECT_EQ(counted["put"][0]["of"], message);
  EXPECT_EQ(counted["put"][0]["type"], "tally");
  const Json own = snapshot(bruno.who(), own_channel(webinar, bruno))["records"];
  ASSERT_EQ(own.size(), 1U);
  EXPECT_EQ(own[0]["type"], "reaction");
  auto emojis = own[0]["emojis"].get<std::vector<std::string>>();
  std::sort(emojis.begin(), emojis.end());
  EXPECT_EQ(emojis, (std::vector<std::string>{"🌻", "👍"}));
}

TEST_F(Messages, P45_a_reaction_is_one_emoji_and_a_message_has_at_most_20_kinds) {
  const auto message = post(amina.who(), "Bonjour");
  for (const std::string emoji : {"", "a", "1", "👍👍", "👍a", " 👍", "<b>", "\u200D"}) {
    EXPECT_NE(code_of(react(amina.who(), message, emoji)), "") << emoji;
  }
  ok_of(react(amina.who(), message, "👩‍👩‍👧‍👦"));
  const std::vector<std::string> kinds{"😀", "😁", "😂", "😃", "😄", "😅", "😆",    "😉",    "😊",   "😋",
                                       "😎", "😍", "😘", "😗", "😙", "😚", "🙂", "🤗", "🤔"};
  for (const auto& emoji : kinds) ok_of(react(amina.who(), message, emoji));
  EXPECT_EQ(code_of(react(bruno.who(), message, "😐")), "too_many_emojis");
  ok_of(react(bruno.who(), message, "😀"));
}

}  // namespace
}  // namespace plenary::test
