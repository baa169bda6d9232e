#include "tests/integration/room.hpp"

namespace plenary::test {

Json ok_of(const Json& reply) {
  if (reply.contains("ok")) return reply["ok"];
  ADD_FAILURE() << "refused: " << reply;
  throw std::runtime_error{reply.dump()};
}

std::string code_of(const Json& reply) {
  return reply.contains("error") ? reply["error"]["code"].get<std::string>() : std::string{};
}

std::string field_of(const Json& reply) {
  return reply.contains("error") ? reply["error"].value("field", std::string{}) : std::string{};
}

std::int64_t number_in(const Json& object, const char* member) { return object.at(member).get<std::int64_t>(); }
std::string text_in(const Json& object, const char* member) { return object.at(member).get<std::string>(); }

std::function<bool(const Json&)> push_of(const std::string& channel, const Json& rev_at_least) {
  return [=](const Json& one) { return one.contains("put") && one["ch"] == channel && one["rev"] >= rev_at_least; };
}

std::function<bool(const Json&)> signal_of(const std::string& channel, const Json& value) {
  return [=](const Json& one) { return one.contains("signal") && one["ch"] == channel && one["signal"] == value; };
}

std::function<bool(const Json&)> gone_of(const std::string& channel) {
  return [=](const Json& one) { return one.contains("gone") && one["ch"] == channel; };
}

Json subscription(const std::string& channel, Json more) {
  more["channel"] = channel;
  return more;
}

std::string webinar_channel(std::int64_t webinar) { return "webinar/" + std::to_string(webinar); }

std::string own_channel(std::int64_t webinar, const Guest& guest) {
  return webinar_channel(webinar) + "/person/" + std::to_string(guest.person);
}

Room::Room(const server::Config& config) : server{config}, host{server.token_of("host")} {
  webinar = live_webinar();
  channel = webinar_channel(webinar);
}

Json Room::webinar_args(const std::string& visibility, const std::string& people_visible) const {
  return {{"title", {{"en", "Welcome desk"}, {"fr", "Accueil"}}},
          {"visibility", visibility},
          {"peopleVisible", people_visible}};
}

std::int64_t Room::live_webinar(const std::string& visibility, const std::string& people_visible) {
  const Json made = ok_of(server.operate("webinar.create", webinar_args(visibility, people_visible), host));
  ok_of(server.operate("webinar.open", {{"webinar", made["webinar"]}}, host));
  return number_in(made, "webinar");
}

Guest Room::guest(const std::string& name, std::int64_t of) {
  const Json made = ok_of(server.operate("session.guest", {{"webinar", of}, {"name", name}}));
  return {number_in(made, "person"), text_in(made, "token")};
}

Socket Room::greeted(const Who& who, const std::vector<std::string>& channels) const {
  Socket socket = server.connect(who);
  Json subscriptions = Json::array();
  for (const auto& one : channels) subscriptions.push_back(subscription(one));
  const Json hello = ok_of(socket.ask("hello", {{"subscriptions", subscriptions}}));
  for (const Json& answer : hello["subscriptions"]) {
    EXPECT_FALSE(answer.contains("error")) << answer;
  }
  return socket;
}

std::int64_t Room::post(const Who& who, const std::string& text) const {
  return number_in(ok_of(server.operate("message.post", {{"webinar", webinar}, {"text", text}}, who)), "message");
}

std::vector<std::int64_t> Room::post_many(const Who& who, int count, const std::string& padding) const {
  constexpr int at_once = 100;
  Socket socket = greeted(who);
  std::vector<std::int64_t> messages;
  for (int sent = 0; sent < count;) {
    std::vector<std::int64_t> requests;
    for (; sent < count && static_cast<int>(requests.size()) < at_once; ++sent) {
      const Json args{{"webinar", webinar}, {"text", std::to_string(sent + 1) + padding}};
      requests.push_back(socket.request("message.post", args, new_key()));
    }
    for (const auto id : requests) messages.push_back(number_in(ok_of(socket.reply(id)), "message"));
  }
  return messages;
}

Json Room::snapshot(const Who& who, const std::string& of) const {
  return ok_of(server.operate("subscribe", subscription(of), who, {}));
}

View Room::fresh_view(const Who& who, const std::string& of) const {
  View view;
  view.apply_answer(snapshot(who, of));
  return view;
}

}  // namespace plenary::test
