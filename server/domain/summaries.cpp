#include "server/domain/summaries.hpp"

#include <numeric>

#include "server/access/caller.hpp"
#include "storage/summaries.hpp"

namespace plenary::server::domain {

namespace {

constexpr std::int64_t minute_ms = 60'000;
constexpr std::int64_t quarter_ms = 15 * minute_ms;
/// A day: a webinar that was left open for a week has a summary all the same, of its last day by quarters.
constexpr std::int64_t most_quarters = 96;

std::int64_t rounded_minutes(std::int64_t milliseconds) { return (milliseconds + minute_ms / 2) / minute_ms; }

/// `ascending` may be empty.
std::int64_t median(const std::vector<std::int64_t>& ascending) {
  if (ascending.empty()) return 0;
  const auto middle = ascending.size() / 2;
  if (ascending.size() % 2 == 1) return ascending[middle];
  return (ascending[middle - 1] + ascending[middle]) / 2;
}

std::vector<protocol::SummaryQuarter> quarters_of(storage::Connection& connection, const storage::OpenTime& open) {
  std::vector<protocol::SummaryQuarter> quarters;
  const std::int64_t first = std::max(open.from / quarter_ms, open.to / quarter_ms - (most_quarters - 1));
  for (std::int64_t at = first * quarter_ms; at < open.to; at += quarter_ms) {
    const std::int64_t from = std::max(at, open.from);
    const std::int64_t to = std::min(at + quarter_ms, open.to);
    quarters.push_back({at, storage::count_present_between(connection, open.webinar, from, to),
                        storage::count_messages_between(connection, open.webinar, from, at + quarter_ms)});
  }
  return quarters;
}

}  // namespace

void publish_summary(storage::Transaction& transaction, const storage::WebinarRow& webinar, protocol::Timestamp now) {
  auto& connection = transaction.connection();
  const storage::OpenTime open{webinar.id, webinar.opened_at.value_or(now.milliseconds),
                               webinar.closed_at.value_or(now.milliseconds)};
  const auto people = storage::count_people(connection, open);
  const auto times = storage::times_present(connection, open);
  const auto messages = storage::count_messages(connection, webinar.id);
  transaction.publish(
      access::webinar_backstage_channel(webinar.id), webinar.id.value,
      protocol::SummaryRecord{now.milliseconds, open.from, open.to, people.people, people.members,
                              rounded_minutes(std::accumulate(times.begin(), times.end(), std::int64_t{0})),
                              rounded_minutes(median(times)), people.writers, messages.messages, messages.removed,
                              messages.reactions, storage::summarise_questions(connection, webinar.id),
                              storage::count_by_language(connection, webinar.id), quarters_of(connection, open)},
      storage::Placement::state());
}

}  // namespace plenary::server::domain
