#pragma once
// What a webinar's summary is counted from. Everything is counted from the rows, none from records or signals.

#include <optional>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/summaries.hpp"
#include "storage/connection.hpp"

namespace plenary::storage {

/// The time a webinar was open: presence outside it is not counted.
struct OpenTime {
  protocol::WebinarId webinar;
  std::int64_t from = 0;  ///< milliseconds
  std::int64_t to = 0;
};

struct PeopleCount {
  std::int64_t people = 0;  ///< attended or wrote
  std::int64_t members = 0;
  std::int64_t writers = 0;
};
PeopleCount count_people(Connection& connection, const OpenTime& open);
/// Milliseconds each attendee was there, ascending. Who was there with two devices was there once.
std::vector<std::int64_t> times_present(Connection& connection, const OpenTime& open);

struct MessageCount {
  std::int64_t messages = 0;
  std::int64_t removed = 0;  ///< by somebody else than the author
  std::int64_t reactions = 0;
};
MessageCount count_messages(Connection& connection, protocol::WebinarId webinar);
std::vector<protocol::SummaryLanguage> count_by_language(Connection& connection, protocol::WebinarId webinar);
std::int64_t count_present_between(Connection& connection, protocol::WebinarId webinar, std::int64_t from,
                                   std::int64_t to);
std::int64_t count_messages_between(Connection& connection, protocol::WebinarId webinar, std::int64_t from,
                                    std::int64_t to);
protocol::SummaryQuestions summarise_questions(Connection& connection, protocol::WebinarId webinar);

}  // namespace plenary::storage
