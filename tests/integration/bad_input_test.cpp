// P5–P8: what cannot be read, or is not what was asked for.

#include <set>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

class BadInput : public Room {
 protected:
  BadInput() : amina{guest("Amina")}, socket{greeted(amina.who())}, rev{head()} {}

  std::int64_t head() const { return number_in(snapshot({}, channel), "rev"); }
  void expect_alive_and_nothing_written() {
    EXPECT_TRUE(socket.ask("ping").contains("ok"));
    EXPECT_EQ(head(), rev);
    EXPECT_EQ(ok_of(server.operate("webinar.list", Json::object()))["webinars"].size(), 1U);
  }
  Json next_without_id() {
    return socket.next([](const Json& one) { return one.contains("id") && one["id"].is_null(); });
  }

  Guest amina;
  Socket socket;
  std::int64_t rev;
};

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') + std::string(static_cast<std::size_t>(depth), ']');
}

TEST_F(BadInput, P5_each_request_gets_exactly_one_reply) {
  std::string frame;
  for (int id = 1'000; id < 1'060; ++id) {
    const char* const operation = id % 3 == 0 ? "ping" : id % 3 == 1 ? "webinar.list" : "no.such";
    frame += "{\"id\":" + std::to_string(id) + ",\"op\":\"" + operation + "\",\"args\":{}}\n";
  }
  socket.send(frame);
  for (int id = 1'000; id < 1'060; ++id) (void)socket.reply(id);
  ok_of(socket.ask("ping"));
  std::multiset<std::int64_t> answered;
  for (const Json& one : socket.log()) {
    if (one.contains("id")) answered.insert(one["id"].get<std::int64_t>());
  }
  for (int id = 1'000; id < 1'060; ++id) EXPECT_EQ(answered.count(id), 1U) << id;
}

TEST_F(BadInput, P5_what_has_no_readable_id_is_answered_with_null) {
  for (const std::string frame :
       {R"({"op":"ping"})", R"({"id":"7","op":"ping"})", R"({"id":-1,"op":"ping"})", R"({"id":1.5,"op":"ping"})",
        R"({"id":null,"op":"ping"})", R"({"id":99999999999999999999,"op":"ping"})", R"([])", R"(7)", R"("x")",
        R"(null)", R"({)", R"({"id":1,"op":"ping"}})", R"({"id":1 "op":"ping"})", R"({'id':1})", R"({"id":01})",
        R"({"id":1,"op":"\ud800"})", R"({"id":NaN})", R"([{"id":1,"op":"ping"}])"}) {
    socket.send(frame);
    const Json reply = next_without_id();
    EXPECT_TRUE(code_of(reply) == "bad_json" || code_of(reply) == "bad_frame") << frame << ' ' << reply;
  }
  expect_alive_and_nothing_written();
}

struct Refused {
  const char* envelope;  ///< without the id
  const char* code;
  const char* field;
};

class BadRequest : public BadInput, public ::testing::WithParamInterface<Refused> {};

TEST_P(BadRequest, P7_gets_its_code_and_writes_nothing) {
  const Refused& refused = GetParam();
  socket.send(R"({"id":500,)" + std::string{refused.envelope} + "}");
  const Json reply = socket.reply(500);
  EXPECT_EQ(code_of(reply), refused.code) << refused.envelope;
  EXPECT_EQ(field_of(reply), refused.field) << refused.envelope;
  expect_alive_and_nothing_written();
}

#define KEY R"("key":"018f0000-0000-7000-8000-000000000001",)"
#define POST(args) KEY R"("op":"message.post","args":)" args
constexpr Refused bad_requests[] = {
    {R"("op":"message.burn","args":{})", "unknown_operation", "op"},
    {R"("op":"","args":{})", "unknown_operation", "op"},
    {R"("op":"message_post","args":{})", "unknown_operation", "op"},
    {R"("op":7)", "wrong_type", "op"},
    {R"("args":{})", "missing_field", "op"},
    {R"("op":"ping","args":[])", "wrong_type", "args"},
    {R"("op":"ping","args":null)", "wrong_type", "args"},
    {R"("op":"ping","key":7)", "wrong_type", "key"},
    {R"("op":"ping","extra":1)", "unknown_field", "extra"},
    {R"("op":"ping","args":{"extra":1})", "unknown_field", "extra"},
    {POST(R"({"text":"x"})"), "missing_field", "webinar"},
    {POST(R"({"webinar":1})"), "missing_field", "text"},
    {POST(R"({"webinar":1,"text":"x","colour":"red"})"), "unknown_field", "colour"},
    {POST(R"({"webinar":"1","text":"x"})"), "wrong_type", "webinar"},
    {POST(R"({"webinar":1.0,"text":"x"})"), "wrong_type", "webinar"},
    {POST(R"({"webinar":true,"text":"x"})"), "wrong_type", "webinar"},
    {POST(R"({"webinar":[1],"text":"x"})"), "wrong_type", "webinar"},
    {POST(R"({"webinar":null,"text":"x"})"), "wrong_type", "webinar"},
    {POST(R"({"webinar":0,"text":"x"})"), "out_of_range", "webinar"},
    {POST(R"({"webinar":-1,"text":"x"})"), "out_of_range", "webinar"},
    {POST(R"({"webinar":18446744073709551615,"text":"x"})"), "out_of_range", "webinar"},
    {POST(R"({"webinar":1,"text":5})"), "wrong_type", "text"},
    {POST(R"({"webinar":1,"text":""})"), "empty", "text"},
    {POST(R"({"webinar":1,"text":"x","lang":""})"), "empty", "lang"},
    {POST(R"({"webinar":1,"text":"x","lang":"e n"})"), "forbidden_character", "lang"},
    {POST(R"({"webinar":1,"text":"x","replyTo":null})"), "wrong_type", "replyTo"},
    {POST(R"({"webinar":1,"text":"x","replyTo":77})"), "not_found", "replyTo"},
    {POST(R"({"webinar":77,"text":"x"})"), "not_found", ""},
    {KEY R"("op":"webinar.create","args":{"title":{"en":"a","fr":5},"visibility":"public"})", "wrong_type", "title.fr"},
    {KEY R"("op":"webinar.create","args":{"title":{"en":"a"},"visibility":"public"})", "missing_field", "title.fr"},
    {KEY R"("op":"webinar.create","args":{"title":{"en":"a","fr":"b"},"visibility":"secret"})", "out_of_range",
     "visibility"},
    {KEY R"("op":"message.react","args":{"message":1,"emoji":"👍👍","on":true})", "bad_emoji", "emoji"},
    {KEY R"("op":"message.react","args":{"message":1,"emoji":"👍","on":1})", "wrong_type", "on"},
    {R"("op":"subscribe","args":{"channel":"webinar/1","page":"first"})", "out_of_range", "page"},
    {R"("op":"subscribe","args":{"channel":"webinar/1","since":-1})", "out_of_range", "since"},
    {R"("op":"ping","args":{"heads":[{"channel":"webinar/1","rev":1},{"channel":2}]})", "wrong_type",
     "heads.1.channel"},
    {R"("op":"history","args":{"channel":"webinar/1"})", "missing_field", "before"},
    {R"("op":"history","args":{"channel":"webinar/1","before":1,"after":2})", "unknown_field", "after"},
    {R"("op":"history","args":{"channel":"webinar/1","before":1,"limit":0})", "out_of_range", "limit"},
    {R"("op":"history","args":{"channel":"webinar/1","before":1,"limit":101})", "out_of_range", "limit"},
    {R"("op":"people.list","args":{"webinar":1,"limit":101})", "forbidden", ""},
    {R"("op":"unsubscribe","args":{"channel":"webinar/1"})", "not_subscribed", "channel"},
    {R"("op":"hello","args":{})", "hello_repeated", ""},
};
#undef POST
#undef KEY
INSTANTIATE_TEST_SUITE_P(All, BadRequest, ::testing::ValuesIn(bad_requests));

TEST_F(BadInput, P7_json_too_deep_is_refused_before_it_is_built) {
  for (const int depth : {33, 100, 30'000}) {
    socket.send(R"({"id":1,"op":"ping","args":)" + nested(depth) + "}");
    EXPECT_EQ(code_of(next_without_id()), "too_deep") << depth;
    const HttpReply reply = http(server.port(), "POST", "/api/v1/ops/webinar.list", {}, nested(depth));
    EXPECT_EQ(reply.status, 400U);
    EXPECT_EQ(code_of(reply), "too_deep") << depth;
  }
  expect_alive_and_nothing_written();
}

TEST_F(BadInput, P7_an_unknown_field_is_named_shortly) {
  socket.send(R"({"id":9,"op":"ping","args":{")" + std::string(30'000, 'x') + R"(":1}})");
  const Json reply = socket.reply(9);
  EXPECT_EQ(code_of(reply), "unknown_field");
  EXPECT_LE(field_of(reply).size(), 64U);
}

TEST_F(BadInput, P7_a_frame_of_the_limit_is_read_and_one_byte_more_closes_with_1009) {
  const std::size_t limit = 65'536;
  std::string frame = R"({"id":9,"op":"ping"})";
  frame.append(limit - frame.size(), ' ');
  socket.send(frame);
  ok_of(socket.reply(9));
  socket.send(frame + " ");
  EXPECT_EQ(socket.wait_for_close(), 1009);
  socket = greeted(amina.who());
  expect_alive_and_nothing_written();
}

TEST_F(BadInput, P7_http_refuses_a_body_over_the_limit) {
  const HttpReply reply = http(server.port(), "POST", "/api/v1/ops/webinar.list", {}, "{}" + std::string(65'535, ' '));
  EXPECT_EQ(reply.status, 413U);
  EXPECT_EQ(code_of(reply), "too_large");
}

TEST_F(BadInput, P7_text_that_is_not_utf8_closes_with_1007) {
  for (const std::string& bytes : {std::string{"\xFF"}, std::string{"\xC0\xAF"}, std::string{"\xE2\x82"},
                                   std::string{"\xED\xA0\x80"}, std::string{"\xF4\x90\x80\x80"}, std::string{"\x80"}}) {
    Socket victim = greeted(amina.who());
    victim.send(R"({"id":9,"op":"message.post","key":")" + new_key() + R"(","args":{"webinar":1,"text":")" + bytes +
                "\"}}");
    EXPECT_EQ(victim.wait_for_close(), 1007);
    const HttpReply reply = http(server.port(), "POST", "/api/v1/ops/message.post",
                                 {{"Authorization", "Bearer " + amina.token}, {"Idempotency-Key", new_key()}},
                                 R"({"webinar":1,"text":")" + bytes + "\"}");
    EXPECT_EQ(code_of(reply), "bad_json");
  }
  expect_alive_and_nothing_written();
}

TEST_F(BadInput, P7_a_binary_frame_closes_with_1003) {
  socket.send_binary(R"({"id":9,"op":"ping"})");
  EXPECT_EQ(socket.wait_for_close(), 1003);
  socket = greeted(amina.who());
  expect_alive_and_nothing_written();
}

class Flooded : public Room {
 protected:
  static server::Config config() {
    server::Config config = unlimited();
    config.limits.operations_per_second = 1;
    return config;
  }
  Flooded() : Room{config()} {}
};

TEST_F(Flooded, P8_who_does_not_listen_to_refusals_is_closed_with_4002) {
  Socket socket = greeted({});
  std::string frame;
  for (int id = 1; id <= 1'000; ++id) frame += "{\"id\":" + std::to_string(id) + ",\"op\":\"ping\"}\n";
  socket.send(frame);
  EXPECT_EQ(socket.wait_for_close(), 4002);
}

}  // namespace
}  // namespace plenary::test
