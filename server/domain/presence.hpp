#pragma once
// Who is in which webinar now, summed over the cores: people, not connections. A person whose last connection dropped is
// away only after a while, so that a phone that flaps does not come and go. And who is typing, counted.
//
// One owner: everything on one executor (the timekeeper's). Makes signals (coalesced by tick()) and attendance rows.

#include <chrono>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/time.hpp"

namespace plenary::server::domain {

struct Signal {
  std::string channel;
  std::string type;
  std::string value;  ///< JSON; empty: nothing left to say
};

struct AttendanceChange {
  protocol::WebinarId webinar;
  protocol::PersonId person;
  bool present = false;
  protocol::Timestamp at;
};

class Presence {
 public:
  explicit Presence(std::chrono::milliseconds away_after) : away_after_{away_after} {}

  /// A connection of `person` began or ceased to read the webinar. Person 0, who only reads, is not counted.
  void connected(protocol::WebinarId webinar, protocol::PersonId person, protocol::Timestamp now);
  void disconnected(protocol::WebinarId webinar, protocol::PersonId person, protocol::Timestamp now);
  void typing(protocol::WebinarId webinar, protocol::PersonId person, protocol::Timestamp now);
  /// Who has posted has stopped typing.
  void posted(protocol::WebinarId webinar, protocol::PersonId person);

  struct Tick {
    std::vector<Signal> signals;
    std::vector<AttendanceChange> attendance;
  };
  /// What changed since the last one.
  Tick tick(protocol::Timestamp now);

  [[nodiscard]] std::size_t people_present() const;

 private:
  struct Person {
    int connections = 0;
    std::optional<protocol::Timestamp> away_at;  ///< the last connection dropped
  };
  struct Room {
    std::map<protocol::PersonId, Person> people;
    std::map<protocol::PersonId, protocol::Timestamp> typing_until;
    std::size_t said_people = 0;
    std::optional<protocol::Timestamp> said_people_at;
    std::size_t said_typing = 0;
  };
  void let_go(protocol::WebinarId webinar, Room& room, protocol::Timestamp now);

  std::chrono::milliseconds away_after_;
  std::map<protocol::WebinarId, Room> rooms_;
  std::vector<AttendanceChange> attendance_;
};

}  // namespace plenary::server::domain
