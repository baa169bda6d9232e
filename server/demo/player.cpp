#include "server/demo/player.hpp"

#include <algorithm>
#include <cstdio>

namespace plenary::server::demo {

using namespace std::chrono_literals;
using protocol::Json;
using protocol::MessageId;
using protocol::Operation;
using protocol::Result;

namespace {

/// A machine that slept does not say everything at once that it would have said.
constexpr auto latest = 5s;
constexpr auto earliest = 60s;
/// A cue refers to messages of its own scene.
constexpr std::size_t messages_remembered = 200;

}  // namespace

Player::Player(Operations& operations, net::Core& core, sync::SubscriptionObserver& presence,
               const protocol::Clock& clock, Stage stage)
    : operations_{operations},
      core_{core},
      presence_{presence},
      clock_{clock},
      stage_{std::move(stage)},
      channel_{access::webinar_channel(stage_.webinar)},
      timer_{core.context()} {}

void Player::start() {
  core_.post([this] {
    presence_.subscribed(channel_, stage_.host.person);
    for (const std::size_t person : stage_.performance.connected()) {
      presence_.subscribed(channel_, stage_.people.at(person).person);
    }
    wait();
  });
}

void Player::stop() {
  core_.post([this] {
    stopped_ = true;
    timer_.cancel();
  });
}

void Player::wait() {
  if (stopped_) return;
  auto until = stage_.performance.next_at() + behind_ - clock_.now();
  if (until < -latest || until > earliest) {
    behind_ -= until;
    until = 0ms;
  }
  timer_.expires_after(std::max(until, 0ms));
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    play();
    wait();
  });
}

void Player::play() {
  const auto now = clock_.now();
  while (stage_.performance.next_at() + behind_ <= now) perform(stage_.performance.next());
}

void Player::perform(const Cue& cue) {
  const auto message = stage_.messages.find(cue.turn);
  switch (cue.kind) {
    case Cue::Kind::arrive: return presence_.subscribed(channel_, stage_.people.at(cue.person.value()).person);
    case Cue::Kind::leave: return presence_.unsubscribed(channel_, stage_.people.at(cue.person.value()).person);
    case Cue::Kind::type:
      return submit(Operation::typing, cue, {{"webinar", stage_.webinar.value}}, [](const Result<sync::Answer>&) {});
    case Cue::Kind::say: return say(cue);
    case Cue::Kind::edit:
      if (message == stage_.messages.end()) return;
      return submit(Operation::message_edit, cue,
                    {{"message", message->second.value}, {"text", cue.line->edited.value().str()}},
                    [](const Result<sync::Answer>&) {});
    case Cue::Kind::react:
      if (message == stage_.messages.end()) return;
      return submit(Operation::message_react, cue,
                    {{"message", message->second.value}, {"emoji", cue.emoji.str()}, {"on", true}},
                    [](const Result<sync::Answer>&) {});
  }
}

void Player::say(const Cue& cue) {
  Json args{{"webinar", stage_.webinar.value}, {"text", cue.line->text.str()}, {"lang", cue.line->language.str()}};
  if (cue.reply_to) {
    const auto target = stage_.messages.find(*cue.reply_to);
    if (target != stage_.messages.end()) args["replyTo"] = target->second.value;
  }
  // A refusal (the host ended the webinar, the disk is full) leaves this turn out: nothing refers to it then.
  submit(Operation::message_post, cue, std::move(args), [this, turn = cue.turn](const Result<sync::Answer>& answer) {
    if (!answer) return;
    const auto ok = protocol::parse_json(answer->ok).value();
    stage_.messages[turn] = MessageId{ok.at("message").get<std::int64_t>()};
    if (stage_.messages.size() > messages_remembered) stage_.messages.erase(stage_.messages.begin());
  });
}

void Player::submit(Operation operation, const Cue& cue, Json args, Respond respond) {
  Request request;
  request.operation = operation;
  request.args = std::move(args);
  request.key = new_key();
  request.who = cue.person ? stage_.people.at(*cue.person) : stage_.host;
  request.via = Via::socket;
  operations_.perform(std::move(request), Home{core_, core_.hub()}, std::move(respond));
}

/// UUIDv7 (RFC 9562, section 5.7).
std::string Player::new_key() {
  const auto time = static_cast<std::uint64_t>(clock_.now().milliseconds);
  std::array<char, 37> text{};
  std::snprintf(text.data(), text.size(), "%08llx-%04llx-7%03llx-%04llx-%012llx",
                static_cast<unsigned long long>((time >> 16) & 0xffff'ffff),
                static_cast<unsigned long long>(time & 0xffff), static_cast<unsigned long long>(random_() & 0xfff),
                static_cast<unsigned long long>((random_() & 0x3fff) | 0x8000),
                static_cast<unsigned long long>(random_() & 0xffff'ffff'ffff));
  return text.data();
}

}  // namespace plenary::server::demo
