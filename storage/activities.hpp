#pragma once
// What's New: one row a thing, in the order of the newest news; and up to where each person has seen it.

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "protocol/ids.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

enum class ActivitySubject { thread, webinar, carried };
BOOST_DESCRIBE_ENUM(ActivitySubject, thread, webinar, carried)

struct ActivityRow {
  std::int64_t id = 0;
  std::string channel;
  ActivitySubject subject{};
  std::int64_t of = 0;
  std::int64_t seq = 0;
  std::int64_t at = 0;
  std::optional<protocol::PersonId> by;
  bool kept = true;  ///< whether it is on the channel
};

std::optional<ActivityRow> find_activity(Connection& connection, ActivitySubject subject, std::int64_t of);
/// It comes to the front, on `row.channel`: `id` and `seq` are given here and returned.
ActivityRow bring_forward(Transaction& transaction, ActivityRow row);
/// Nothing is told of it any more.
void drop_activity(Transaction& transaction, std::int64_t id);
/// Where the channel holds more than `most`: the oldest one it holds, which it holds no longer.
std::optional<std::int64_t> let_go_oldest(Transaction& transaction, const std::string& channel, std::int64_t most);

/// Whose news it is, and when it was, without it being news.
void correct_activity(Transaction& transaction, const ActivityRow& row);
/// The newest seq on this channel; 0 where there is none.
std::int64_t last_activity(Connection& connection, std::string_view channel);
std::int64_t news_seen(Connection& connection, protocol::PersonId person);
void set_news_seen(Transaction& transaction, protocol::PersonId person, std::int64_t seq);

/// How many threads came of a webinar's questions on one board.
struct CarriedRow {
  std::int64_t id = 0;
  protocol::WebinarId webinar;
  protocol::BoardId board;
  std::int64_t threads = 0;
};
std::optional<CarriedRow> find_carried(Connection& connection, std::int64_t id);
/// As many more; its row as it is then.
CarriedRow add_carried(Transaction& transaction, const CarriedRow& more);

}  // namespace plenary::storage
