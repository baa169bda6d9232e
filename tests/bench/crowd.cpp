#include "tests/bench/crowd.hpp"

#include <chrono>
#include <stdexcept>

#include "tests/bench/lines.hpp"

namespace plenary::bench {

namespace asio = boost::asio;

namespace {

constexpr std::chrono::seconds patience{120};
/// Below `requestsOutstanding` of protocol/limits.hpp.
constexpr std::size_t joins_at_once = 100;

std::string hello(const std::string& subscriptions) {
  return R"({"id":1,"op":"hello","args":{"client":"bench","locale":"en","subscriptions":[)" + subscriptions + "]}}";
}

}  // namespace

void Venue::run_until(const std::function<bool()>& done, const char* what) {
  const auto limit = Clock::now() + patience;
  while (!done()) {
    if (Clock::now() > limit) throw std::runtime_error{std::string{"gave up waiting until "} + what};
    context.restart();
    context.run_one_for(std::chrono::seconds{1});
  }
}

void open_webinar(Venue& venue, const std::string& setup_token) {
  const auto session = ask(
      venue, "",
      R"("op":"session.redeem","key":")" + new_key() + R"(","args":{"token":")" + setup_token + R"(","name":"Host"}})");
  venue.host_token = string_of(session, "token").value();
  const auto made = ask(venue, venue.host_token,
                        R"("op":"webinar.create","key":")" + new_key() +
                            R"(","args":{"title":{"en":"Load","fr":"Charge"},"visibility":"public"}})");
  venue.webinar = number_of(made, "webinar").value();
  ask(venue, venue.host_token,
      R"("op":"webinar.open","key":")" + new_key() + R"(","args":{"webinar":)" + std::to_string(venue.webinar) + "}}");
}

std::string ask(Venue& venue, const std::string& token, const std::string& request_after_id) {
  Crowd one{venue, {token}};
  std::string reply;
  one.on_message = [&](std::size_t, std::string_view line) { reply = line; };
  one.open(1, false);
  one.send(0, R"({"id":2,)" + request_after_id);
  venue.run_until([&] { return !reply.empty(); }, "a request was answered");
  if (reply.find(R"("ok":)") == std::string::npos) throw std::runtime_error{reply};
  return reply;
}

std::vector<std::string> join_guests(Venue& venue, std::size_t count) {
  std::vector<std::string> tokens;
  Crowd nobody{venue, {""}};
  std::size_t asked = 0;
  const auto ask_next = [&] {
    if (asked == count) return;
    ++asked;
    nobody.send(0, R"({"id":)" + std::to_string(asked + 1) + R"(,"op":"session.guest","key":")" + new_key() +
                       R"(","args":{"webinar":)" + std::to_string(venue.webinar) + R"(,"name":"Guest )" +
                       std::to_string(asked) + R"("}})");
  };
  nobody.on_message = [&](std::size_t, std::string_view line) {
    const auto token = string_of(line, "token");
    if (!token) throw std::runtime_error{std::string{line}};
    tokens.emplace_back(*token);
    ask_next();
  };
  nobody.open(1, false);
  for (std::size_t i = 0; i < joins_at_once; ++i) ask_next();
  venue.run_until([&] { return tokens.size() == count; }, "every guest had joined");
  return tokens;
}

Crowd::Crowd(Venue& venue, std::vector<std::string> tokens)
    : members(tokens.size()), venue_{venue}, tokens_{std::move(tokens)} {}

Crowd::~Crowd() { drop(); }

void Crowd::open(std::size_t at_once, bool is_subscribing) {
  const std::string subscription = is_subscribing ? R"({"channel":")" + venue_.channel() + R"("})" : "";
  for (std::size_t opened = 0; opened < members.size(); ++opened) {
    venue_.run_until([&] { return opened - greeted < at_once; }, "another member was greeted");
    open_one(opened, subscription);
  }
  venue_.run_until([&] { return greeted == members.size(); }, "every member was greeted");
}

void Crowd::resume() {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    open_one(i, R"({"channel":")" + venue_.channel() + R"(","epoch":")" + member.epoch + R"(","c":)" +
                    std::to_string(member.commit) + R"(,"since":)" + std::to_string(member.rev) + "}");
  }
}

void Crowd::drop() {
  for (Member& member : members) {
    if (member.connection) member.connection->drop();
    member.connection = nullptr;
    member.is_greeted = false;
  }
  greeted = 0;
}

void Crowd::open_one(std::size_t member, const std::string& subscriptions) {
  members[member].connection = std::make_shared<Connection>(venue_.context, *this, member);
  members[member].connection->open(venue_.server, tokens_[member], hello(subscriptions));
}

void Crowd::on_line(Connection& connection, std::string_view line) {
  Member& member = members[connection.index()];
  if (!member.is_greeted) return greet(connection.index(), line);
  if (const auto push = push_of(line)) {
    if (push->rev <= member.rev) return;
    if (push->from > member.rev) ++gaps;
    member.rev = push->rev;
    member.commit = number_of(line, "c").value_or(member.commit);
  } else if (line.substr(0, 7) == R"({"ch":")") {
    if (line.find(R"("signal":)") != std::string_view::npos) return;
    // Gone or stale: no member reads so slowly or loses a right here.
    throw std::runtime_error{std::string{line}};
  }
  on_message(connection.index(), line);
}

void Crowd::greet(std::size_t index, std::string_view line) {
  const auto subscriptions = line.find(R"("subscriptions":[)");
  if (subscriptions == std::string_view::npos || line.find(R"("error":)") != std::string_view::npos) {
    throw std::runtime_error{std::string{line}};
  }
  Member& member = members[index];
  const auto answer = line.substr(subscriptions);
  member.is_greeted = true;
  member.epoch = string_of(line, "epoch").value_or("");
  member.commit = number_of(answer, "c").value_or(0);
  member.rev = number_of(answer, "rev").value_or(0);
  ++greeted;
  on_greeted(index, line);
}

void Crowd::on_lost(Connection& connection, const std::string& reason) {
  throw std::runtime_error{"connection " + std::to_string(connection.index()) + " was lost: " + reason};
}

}  // namespace plenary::bench
