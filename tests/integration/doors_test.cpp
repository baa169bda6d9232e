#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

using Doors = Room;

Json without_id(Json reply) {
  reply.erase("id");
  return reply;
}

TEST_F(Doors, P1_the_subprotocol_is_answered_and_no_extension_is) {
  Socket socket{server.port(), Socket::Options{{}, "plenary.v1", {{"Sec-WebSocket-Extensions", "permessage-deflate"}}}};
  EXPECT_EQ(socket.handshake_header("Sec-WebSocket-Protocol"), "plenary.v1");
  EXPECT_EQ(socket.handshake_header("Sec-WebSocket-Extensions"), "");
}

TEST_F(Doors, P8_another_subprotocol_is_told_to_stop) {
  Socket socket{server.port(), Socket::Options{{}, "plenary.v99"}};
  EXPECT_EQ(socket.handshake_header("Sec-WebSocket-Protocol"), "");
  try {
    (void)socket.next([](const Json&) { return true; });
    FAIL() << "it was spoken to";
  } catch (const SocketClosed& closed) {
    EXPECT_EQ(closed.code, 4500U);
  }
}

TEST_F(Doors, P1_every_object_of_a_frame_is_answered) {
  Socket socket = greeted({});
  socket.send(
      "{\"id\":101,\"op\":\"ping\"}\n{\"id\":102,\"op\":\"webinar.list\",\"args\":{}}\n\n{\"id\":103,\"op\":\"ping\","
      "\"args\":{}}");
  for (const int id : {103, 101, 102}) ok_of(socket.reply(id));
}

TEST_F(Doors, P2_reads_and_refusals_are_the_same_over_both_doors) {
  const Guest amina = guest("Amina");
  const auto message = post(amina.who(), "Bonjour");
  Socket socket = greeted(amina.who());
  const std::vector<std::pair<std::string, Json>> asked{
      {"webinar.list", Json::object()},
      {"subscribe", subscription(channel)},
      {"subscribe", subscription(own_channel(webinar, amina))},
      {"subscribe", subscription("webinar/999")},
      {"history", subscription(channel, {{"before", 100}})},
      {"history", subscription(channel)},
      {"people.list", {{"webinar", webinar}}},
      {"webinar.list", {{"odd", 1}}},
      {"people.list", {{"webinar", "one"}}},
      {"message.post", {{"webinar", webinar}, {"text", ""}}},
      {"message.edit", {{"message", message + 1'000}, {"text", "new"}}},
      {"webinar.open", {{"webinar", webinar}}},
      {"message.react", {{"message", message}, {"emoji", "x"}, {"on", true}}},
  };
  for (const auto& [operation, args] : asked) {
    // The subscription over the socket makes the reader present, which a signal would say: each asks on its own.
    Socket other = greeted(amina.who());
    const std::string key = operation == "subscribe" || operation == "history" ? "" : new_key();
    const Json over_http = server.operate(operation, args, amina.who(), key).json();
    Json over_socket = without_id(other.change(operation, args, key));
    if (over_socket.contains("ok")) {
      over_socket["ok"].erase("signals");
    }
    Json comparable = over_http;
    if (comparable.contains("ok")) comparable["ok"].erase("signals");
    EXPECT_EQ(over_socket, comparable) << operation << ' ' << args;
  }
}

TEST_F(Doors, P2_changes_answer_alike_and_share_their_keys) {
  const Guest amina = guest("Amina");
  Socket socket = greeted(amina.who());
  const Json args{{"webinar", webinar}, {"text", "Bonjour"}};
  const std::string key = new_key();
  const Json over_socket = ok_of(socket.change("message.post", args, key));
  EXPECT_EQ(ok_of(server.operate("message.post", args, amina.who(), key)), over_socket);
  const Json next = ok_of(server.operate("message.post", args, amina.who()));
  EXPECT_EQ(next["rev"], over_socket["rev"].get<std::int64_t>() + 1);
  EXPECT_EQ(next["channel"], over_socket["channel"]);
  EXPECT_EQ(next.size(), over_socket.size());
}

TEST_F(Doors, P2_what_is_the_connections_is_socket_only) {
  for (const auto& [operation, args] : std::vector<std::pair<std::string, Json>>{{"hello", Json::object()},
                                                                                 {"unsubscribe", subscription(channel)},
                                                                                 {"ping", Json::object()},
                                                                                 {"typing", {{"webinar", webinar}}}}) {
    const HttpReply reply = server.operate(operation, args, host);
    EXPECT_EQ(code_of(reply), "socket_only") << operation;
    EXPECT_EQ(reply.status, 400U);
  }
}

TEST_F(Doors, P2_http_says_by_its_status_whose_fault_it_is) {
  EXPECT_EQ(server.operate("webinar.list", Json::object()).status, 200U);
  EXPECT_EQ(server.operate("webinar.burn", Json::object()).status, 404U);
  EXPECT_EQ(code_of(server.operate("webinar.burn", Json::object())), "unknown_operation");
  EXPECT_EQ(server.operate("webinar.create", webinar_args()).status, 401U);
  EXPECT_EQ(server.operate("webinar.create", webinar_args(), guest("Amina").who()).status, 403U);
  EXPECT_EQ(server.get("/api/v1/ops/webinar.list").status, 405U);
  EXPECT_EQ(server.get("/api/v1/socket").status, 426U);
}

}  // namespace
}  // namespace plenary::test
