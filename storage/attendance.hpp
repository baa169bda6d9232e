#pragma once
// Who was in a webinar, from when to when. One open row a person at most.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/people.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

void arrive(Transaction& transaction, protocol::WebinarId webinar, protocol::PersonId person, protocol::Timestamp at);
void leave(Transaction& transaction, protocol::WebinarId webinar, protocol::PersonId person, protocol::Timestamp at);
/// Whoever was here when the last run ended is not here now. The run may have been cut off: they left when last something
/// was said, or when they came.
void close_open_attendance(Transaction& transaction);

struct AttendeeQuery {
  protocol::WebinarId webinar;
  std::string search_folded;  ///< folded_for_search; empty finds everyone
  std::string after;          ///< cursor: "folded name\nid" of the last one seen; empty from the start
  std::int64_t limit = 0;
};
struct AttendeePage {
  std::vector<protocol::Attendee> people;  ///< by folded name
  std::int64_t count = 0;
  std::int64_t present = 0;
  std::optional<std::string> next;
};
AttendeePage list_attendees(Connection& connection, const AttendeeQuery& asked);

}  // namespace plenary::storage
