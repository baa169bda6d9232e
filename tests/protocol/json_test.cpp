// P5, P6, P7: the mapping between the described types and JSON is strict, and its errors say where.

#include "protocol/json.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "protocol/frames.hpp"
#include "protocol/operations.hpp"
#include "tests/golden/golden.hpp"

namespace plenary::protocol {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// The error of reading `json` as a T, as it goes over the wire; "ok" without one.
template <class T>
std::string verdict(const Json& json) {
  const auto value = from_json<T>(json);
  return value ? "ok" : to_json(value.error());
}

std::string verdict_of_args(Operation operation, const Json& args) {
  std::string out = "no such operation";
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto descriptor) {
    if (descriptor.value == operation) {
      out = verdict<typename OperationTraits<decltype(descriptor)::value>::Args>(args);
    }
  });
  return out;
}

std::string error(ErrorCode code, const std::string& field) { return to_json(Error{code, field}); }

/// Calls `check` for each golden request: its operation, its arguments.
void for_each_request(const std::function<void(Operation, const Json&)>& check) {
  int requests = 0;
  for (const auto& [file, entries] : golden::read_all()) {
    for (const auto& entry : entries) {
      if (entry.kind != "request") continue;
      SCOPED_TRACE(entry.frame);
      const Json frame = Json::parse(entry.frame);
      const auto operation = operation_from_wire(frame.at("op").get<std::string>());
      ASSERT_TRUE(operation);
      check(*operation, frame.at("args"));
      ++requests;
    }
  }
  EXPECT_GE(requests, 36);
}

// ---- documents -----------------------------------------------------------------------------------------------------

TEST(P7_json, what_is_not_one_document_is_bad_json) {
  for (const std::string bad : {"",
                                " ",
                                "{",
                                "}",
                                "[1,]",
                                "{\"a\":1,}",
                                "{a:1}",
                                "{'a':1}",
                                "nul",
                                "NaN",
                                "Infinity",
                                "-",
                                "01",
                                "1.",
                                ".5",
                                "+1",
                                "0x1",
                                "1e",
                                "\"",
                                "\"\n\"",
                                "\"\t\"",
                                "\"\\x\"",
                                "\"\\u12\"",
                                "\"\\ud800\"",
                                "\"\\udc00\"",
                                "1 2",
                                "{} {}",
                                "[1] x",
                                "// a\n1",
                                "/**/1",
                                "]",
                                "[}",
                                "{\"a\"}",
                                "{\"a\":}",
                                "{1:2}",
                                "1e999",
                                "\xEF\xBB\xBF"
                                "1 2"}) {
    const auto json = parse_json(bad);
    ASSERT_FALSE(json) << bad;
    EXPECT_EQ(json.error(), Error{ErrorCode::bad_json}) << bad;
  }
}

TEST(P7_json, bad_utf8_is_bad_json) {
  for (const std::string bad :
       {"\"\x80\"", "\"\xC3\"", "\"\xC0\xAF\"", "\"\xED\xA0\x80\"", "\"\xF4\x90\x80\x80\"", "\"\xFF\"", "\xFF"}) {
    const auto json = parse_json(bad);
    ASSERT_FALSE(json);
    EXPECT_EQ(json.error(), Error{ErrorCode::bad_json});
  }
}

TEST(P7_json, deeper_than_the_limit_is_too_deep_before_it_is_read) {
  const auto nested = [](std::size_t depth) { return repeated("[", depth) + repeated("]", depth); };
  const auto depth = static_cast<std::size_t>(default_limits.json_depth);
  EXPECT_TRUE(parse_json(nested(depth)));
  EXPECT_EQ(parse_json(nested(depth + 1)).error(), Error{ErrorCode::too_deep});
  EXPECT_EQ(parse_json(nested(100)).error(), Error{ErrorCode::too_deep});
  EXPECT_EQ(parse_json(repeated("{\"a\":", 100)).error(), Error{ErrorCode::too_deep});
  EXPECT_EQ(parse_json(repeated("[", 60'000)).error(), Error{ErrorCode::too_deep});
  EXPECT_TRUE(parse_json("\"" + repeated("[{", 100) + "\"")) << "brackets in a string nest nothing";
  EXPECT_EQ(parse_json("[\"\\\"\"," + nested(depth) + "]").error(), Error{ErrorCode::too_deep}) << "an escaped quote";
}

TEST(P7_json, strings_are_written_so_that_they_read_back) {
  std::string every;
  for (char32_t c = 1; c < 0x3000; ++c) append_utf8(every, c);
  every += std::string{"\0", 1} + "ሰላም 👨‍👩‍👧‍👦 \xE2\x80\xA8";
  const std::string written = to_json(every);
  EXPECT_EQ(Json::parse(written).get<std::string>(), every);
  EXPECT_EQ(written.find('\n'), std::string::npos) << "a newline separates frames";
  EXPECT_EQ(to_json(std::string{"\"\\/\n\r\t\b\x1f\x7f é"}), "\"\\\"\\\\/\\n\\r\\t\\u0008\\u001f\x7f é\"");
}

// ---- values --------------------------------------------------------------------------------------------------------

TEST(P7_json, numbers_are_whole_and_a_javascript_client_reads_them_exactly) {
  const auto rev = [](std::string_view text) {
    return verdict<ChannelHead>(Json::parse("{\"channel\":\"webinar/1\",\"rev\":" + std::string{text} + "}"));
  };
  EXPECT_EQ(rev("0"), "ok");
  EXPECT_EQ(rev("9007199254740991"), "ok");
  for (const auto* text :
       {"9007199254740992", "9223372036854775808", "18446744073709551615", "-1", "-9223372036854775808"}) {
    EXPECT_EQ(rev(text), error(ErrorCode::out_of_range, "rev")) << text;
  }
  for (const auto* text :
       {"1.0", "0.5", "1e3", "18446744073709551616", "-9223372036854775809", "\"1\"", "true", "null", "[]", "{}"}) {
    EXPECT_EQ(rev(text), error(ErrorCode::wrong_type, "rev")) << text;
  }
}

TEST(P7_json, an_id_is_never_zero) {
  EXPECT_EQ(verdict<WebinarArgs>(Json::parse(R"({"webinar":1})")), "ok");
  EXPECT_EQ(verdict<WebinarArgs>(Json::parse(R"({"webinar":0})")), error(ErrorCode::out_of_range, "webinar"));
}

TEST(P7_json, an_enumeration_has_its_names_and_no_other) {
  const auto page = [](const char* text) {
    return verdict<SubscribeArgs>(Json{{"channel", "webinar/1"}, {"page", text}});
  };
  EXPECT_EQ(page("last"), "ok");
  for (const auto* text : {"", "LAST", "last ", "first"}) EXPECT_EQ(page(text), error(ErrorCode::out_of_range, "page"));
  EXPECT_EQ(to_json(Visibility::public_), "\"public\"");
  EXPECT_EQ(*from_json<Visibility>("public"), Visibility::public_);
  EXPECT_FALSE(from_json<Visibility>("public_"));
}

TEST(P7_json, text_has_the_codes_of_its_limits) {
  const auto post = [](const std::string& text) {
    return verdict<MessagePostArgs>(Json{{"webinar", 1}, {"text", text}});
  };
  EXPECT_EQ(post(repeated("ሰ", 4'000)), "ok");
  EXPECT_EQ(post(repeated("ሰ", 4'001)), error(ErrorCode::too_long, "text"));
  EXPECT_EQ(post(" \n"), error(ErrorCode::empty, "text"));
  EXPECT_EQ(post("a\x07"), error(ErrorCode::forbidden_character, "text"));
  EXPECT_EQ(verdict<MessageReactArgs>(Json{{"message", 1}, {"emoji", "ok"}, {"on", true}}),
            error(ErrorCode::bad_emoji, "emoji"));
  EXPECT_EQ(verdict<SessionGuestArgs>(Json{{"webinar", 1},
                                           {"name",
                                            "a\xE2\x80\xAE"
                                            "b"}}),
            error(ErrorCode::forbidden_character, "name"));
}

TEST(P6_errors, name_the_argument_at_fault_by_its_dotted_path) {
  EXPECT_EQ(verdict<WebinarCreateArgs>(Json::parse(R"({"title":{"en":"a"},"visibility":"public"})")),
            error(ErrorCode::missing_field, "title.fr"));
  EXPECT_EQ(verdict<WebinarCreateArgs>(Json::parse(R"({"title":{"en":"a","fr":" "},"visibility":"public"})")),
            error(ErrorCode::empty, "title.fr"));
  EXPECT_EQ(verdict<HelloArgs>(Json::parse(R"({"subscriptions":[{"channel":"a"},{"channel":"b","since":"1"}]})")),
            error(ErrorCode::wrong_type, "subscriptions.1.since"));
  EXPECT_EQ(verdict<HelloArgs>(Json::parse(R"({"subscriptions":[{"channel":"a","sence":1}]})")),
            error(ErrorCode::unknown_field, "subscriptions.0.sence"));
}

TEST(P6_errors, stay_small_and_utf8_whatever_a_field_is_called) {
  for (const std::string& name : {repeated("é", 30'000), "x" + repeated("👍", 10'000), repeated("a", 60'000)}) {
    const auto value = from_json<NoArgs>(Json{{name, 1}});
    ASSERT_FALSE(value);
    EXPECT_EQ(value.error().code, ErrorCode::unknown_field);
    EXPECT_LE(value.error().field->size(), 64U);
    EXPECT_TRUE(decode_utf8(*value.error().field));
  }
}

TEST(P6_errors, are_codes_and_say_when_to_retry) {
  EXPECT_EQ(to_json(Error{ErrorCode::not_found}), R"({"code":"not_found"})");
  EXPECT_EQ(to_json(Error{ErrorCode::rate_limited, std::nullopt, 1200}),
            R"({"code":"rate_limited","retryAfterMs":1200})");
  EXPECT_TRUE(is_retryable(ErrorCode::rate_limited));
  EXPECT_TRUE(is_retryable(ErrorCode::storage_full));
  EXPECT_FALSE(is_retryable(ErrorCode::forbidden));
  EXPECT_FALSE(is_retryable(ErrorCode::key_reused));
}

// ---- every operation -----------------------------------------------------------------------------------------------

TEST(P7_operations, refuse_arguments_that_are_not_an_object) {
  for_each_request([](Operation operation, const Json&) {
    for (const Json& wrong : {Json{}, Json{true}, Json{1}, Json{"a"}, Json::array(), Json::array({Json::object()})}) {
      EXPECT_EQ(verdict_of_args(operation, wrong), to_json(Error{ErrorCode::wrong_type})) << wrong;
    }
  });
}

TEST(P7_operations, refuse_an_unknown_field) {
  for_each_request([](Operation operation, const Json& args) {
    EXPECT_EQ(verdict_of_args(operation, args), "ok");
    for (const std::string name : {"extra", "", "Webinar", "reply_to", "__proto__", "id", "key"}) {
      Json more = args;
      more[name] = 1;
      EXPECT_EQ(verdict_of_args(operation, more), error(ErrorCode::unknown_field, name));
    }
  });
}

TEST(P7_operations, refuse_a_field_that_is_missing_null_or_of_another_type) {
  std::set<std::string> required;
  for_each_request([&](Operation operation, const Json& args) {
    for (const auto& [name, value] : args.items()) {
      Json less = args;
      less.erase(name);
      const auto without = verdict_of_args(operation, less);
      if (without != "ok") {
        EXPECT_EQ(without, error(ErrorCode::missing_field, name));
        required.insert(std::string{wire_name(operation)} + " " + name);
      }
      for (const Json& other : {Json{}, Json{true}, Json{1}, Json{1.5}, Json{"a"}, Json::array(), Json::object()}) {
        if (other.type() == value.type() || (other.is_number_integer() && value.is_number_integer())) continue;
        Json changed = args;
        changed[name] = other;
        EXPECT_EQ(verdict_of_args(operation, changed), error(ErrorCode::wrong_type, name)) << other;
      }
    }
  });
  EXPECT_EQ(required, (std::set<std::string>{"history channel",
                                             "question.carry board",
                                             "question.carry webinar",
                                             "board.create name",
                                             "board.create purpose",
                                             "board.create visibility",
                                             "thread.start board",
                                             "thread.start kind",
                                             "thread.start text",
                                             "thread.start title",
                                             "thread.list board",
                                             "thread.answer thread",
                                             "post.write text",
                                             "post.write thread",
                                             "post.edit post",
                                             "post.edit text",
                                             "post.remove post",
                                             "post.react emoji",
                                             "post.react on",
                                             "post.react post",
                                             "news.seen seq",
                                             "message.edit message",
                                             "message.edit text",
                                             "message.post text",
                                             "message.post webinar",
                                             "message.react emoji",
                                             "message.react message",
                                             "message.react on",
                                             "message.remove message",
                                             "people.list webinar",
                                             "appeal.decide answer",
                                             "appeal.decide appeal",
                                             "appeal.decide overturn",
                                             "appeal.make text",
                                             "question.answer question",
                                             "question.ask text",
                                             "question.ask webinar",
                                             "question.dismiss question",
                                             "question.dismiss reason",
                                             "question.merge into",
                                             "question.merge question",
                                             "question.publish question",
                                             "question.reopen question",
                                             "question.stage on",
                                             "question.stage question",
                                             "question.star on",
                                             "question.star question",
                                             "question.translate lang",
                                             "question.translate question",
                                             "question.unmerge question",
                                             "question.vote on",
                                             "question.vote question",
                                             "question.withdraw question",
                                             "webinar.questions names",
                                             "webinar.questions open",
                                             "webinar.questions review",
                                             "webinar.questions webinar",
                                             "session.guest name",
                                             "session.guest webinar",
                                             "session.redeem token",
                                             "subscribe channel",
                                             "typing webinar",
                                             "unsubscribe channel",
                                             "webinar.close webinar",
                                             "webinar.create title",
                                             "webinar.create visibility",
                                             "webinar.open webinar"}));
}

TEST(P7_operations, have_wire_names_and_no_others) {
  std::set<std::string> names;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto descriptor) {
    const std::string name{wire_name(descriptor.value)};
    EXPECT_EQ(operation_from_wire(name), descriptor.value);
    names.insert(name);
  });
  EXPECT_EQ(names, (std::set<std::string>{"hello",
                                          "question.carry",
                                          "board.create",
                                          "board.list",
                                          "thread.start",
                                          "thread.list",
                                          "thread.answer",
                                          "post.write",
                                          "post.edit",
                                          "post.remove",
                                          "post.react",
                                          "news.seen",
                                          "subscribe",
                                          "unsubscribe",
                                          "history",
                                          "ping",
                                          "webinar.create",
                                          "webinar.list",
                                          "webinar.open",
                                          "webinar.close",
                                          "message.post",
                                          "message.edit",
                                          "message.remove",
                                          "message.react",
                                          "webinar.questions",
                                          "question.ask",
                                          "question.withdraw",
                                          "question.vote",
                                          "question.publish",
                                          "question.dismiss",
                                          "question.stage",
                                          "question.answer",
                                          "question.reopen",
                                          "question.translate",
                                          "question.merge",
                                          "question.unmerge",
                                          "question.star",
                                          "appeal.make",
                                          "appeal.decide",
                                          "typing",
                                          "people.list",
                                          "session.guest",
                                          "session.redeem",
                                          "session.end"}));
  for (const auto* name :
       {"", "Hello", "message_post", "message.post ", "message", "message.", ".post", "message.posts"}) {
    EXPECT_EQ(operation_from_wire(name), std::nullopt) << name;
  }
}

TEST(P2_operations, over_the_socket_only_are_these) {
  std::set<std::string> socket_only;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto descriptor) {
    if (OperationTraits<decltype(descriptor)::value>::door == Door::socket_only) {
      socket_only.insert(std::string{wire_name(descriptor.value)});
    }
  });
  EXPECT_EQ(socket_only, (std::set<std::string>{"hello", "unsubscribe", "typing", "ping"}));
}

// ---- round trips ---------------------------------------------------------------------------------------------------

TEST(P10_records, round_trip_with_every_optional_member_and_with_none) {
  MessageRecord message{
      {PersonId{3}, "Hélène", WebinarRole::host}, "**a**", parse_markdown("**a**"), "fr", 5, 6, MessageId{2}, 1};
  const auto again = [](const MessageRecord& record) {
    return to_json(*from_json<MessageRecord>(Json::parse(to_json(record))));
  };
  EXPECT_EQ(again(message), to_json(message));
  EXPECT_NE(to_json(message).find(R"("replyTo":2,"replyToPos":1)"), std::string::npos);
  message.author.role.reset();
  message.edited_at.reset();
  message.reply_to.reset();
  message.reply_to_pos.reset();
  EXPECT_EQ(again(message), to_json(message));
  EXPECT_EQ(to_json(message).find("replyTo"), std::string::npos) << "what is absent is not null";
}

TEST(P45_tally, counts_by_emoji_and_refuses_what_is_no_count) {
  const TallyRecord tally{MessageId{9}, {{"❤️", 2}, {"👍🏽", 3}}};
  EXPECT_EQ(to_json(tally), R"({"of":9,"reactions":{"❤️":2,"👍🏽":3}})");
  EXPECT_EQ(to_json(*from_json<TallyRecord>(Json::parse(to_json(tally)))), to_json(tally));
  EXPECT_EQ(verdict<TallyRecord>(Json::parse(R"({"of":9,"reactions":[]})")), error(ErrorCode::wrong_type, "reactions"));
  EXPECT_EQ(verdict<TallyRecord>(Json::parse(R"({"of":9,"reactions":{"a":-1}})")),
            error(ErrorCode::out_of_range, "reactions.a"));
}

}  // namespace
}  // namespace plenary::protocol
