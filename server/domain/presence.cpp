#include "server/domain/presence.hpp"

#include <algorithm>

#include "protocol/json.hpp"
#include "server/access/caller.hpp"

namespace plenary::server::domain {

using protocol::PersonId;
using protocol::Timestamp;
using protocol::WebinarId;

namespace {

/// A client says so again every few seconds while somebody types.
constexpr std::chrono::seconds typing_lasts{6};
/// While a room fills, each count is told to everyone in it.
constexpr std::chrono::seconds between_counts{1};

template <class Fields>
std::string signal_value(const Fields& fields) {
  std::string value = "{\"type\":\"" + std::string{Fields::signal_type} + "\"";
  protocol::append_members(value, fields, true);
  return value + "}";
}

}  // namespace

void Presence::connected(WebinarId webinar, PersonId person, Timestamp now) {
  if (!person) return;
  const auto [found, is_new] = rooms_[webinar].people.try_emplace(person);
  ++found->second.connections;
  found->second.away_at.reset();
  if (is_new) attendance_.push_back({webinar, person, true, now});
}

void Presence::disconnected(WebinarId webinar, PersonId person, Timestamp now) {
  if (!person) return;
  auto& people = rooms_[webinar].people;
  const auto found = people.find(person);
  if (found == people.end() || found->second.connections == 0) return;
  if (--found->second.connections == 0) found->second.away_at = now + away_after_;
}

void Presence::typing(WebinarId webinar, PersonId person, Timestamp now) {
  if (person) rooms_[webinar].typing_until[person] = now + typing_lasts;
}

void Presence::posted(WebinarId webinar, PersonId person) {
  const auto room = rooms_.find(webinar);
  if (room != rooms_.end()) room->second.typing_until.erase(person);
}

void Presence::let_go(WebinarId webinar, Room& room, Timestamp now) {
  for (auto one = room.people.begin(); one != room.people.end();) {
    const auto& away_at = one->second.away_at;
    if (away_at && *away_at <= now) {
      // Gone since the connection dropped, not since we stopped waiting.
      attendance_.push_back({webinar, one->first, false, *away_at - away_after_});
      one = room.people.erase(one);
    } else {
      ++one;
    }
  }
  for (auto one = room.typing_until.begin(); one != room.typing_until.end();) {
    one = one->second <= now ? room.typing_until.erase(one) : std::next(one);
  }
}

Presence::Tick Presence::tick(Timestamp now) {
  Tick tick;
  for (auto room = rooms_.begin(); room != rooms_.end();) {
    auto& [webinar, state] = *room;
    let_go(webinar, state, now);
    const std::string channel = access::webinar_channel(webinar);
    const auto say = [&](std::size_t& said, std::size_t count, auto fields) {
      if (said == count) return;
      said = count;
      fields.count = static_cast<std::int64_t>(count);
      tick.signals.push_back({channel, std::string{fields.signal_type}, signal_value(fields)});
    };
    const bool may_count = !state.said_people_at || now - *state.said_people_at >= between_counts;
    if (may_count && state.said_people != state.people.size()) {
      state.said_people_at = now;
      say(state.said_people, state.people.size(), protocol::PeopleSignal{});
    }
    say(state.said_typing, state.typing_until.size(), protocol::TypingSignal{});
    if (state.people.empty() && state.typing_until.empty()) {
      tick.signals.push_back({channel, std::string{protocol::PeopleSignal::signal_type}, {}});
      tick.signals.push_back({channel, std::string{protocol::TypingSignal::signal_type}, {}});
      room = rooms_.erase(room);
    } else {
      ++room;
    }
  }
  tick.attendance = std::exchange(attendance_, {});
  return tick;
}

std::size_t Presence::people_present() const {
  std::size_t count = 0;
  for (const auto& [webinar, room] : rooms_) count += room.people.size();
  return count;
}

}  // namespace plenary::server::domain
