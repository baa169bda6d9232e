#include "storage/activities.hpp"

#include "storage/enumerations.hpp"
#include "storage/optional_ids.hpp"

namespace plenary::storage {

constexpr const char* select_activity =
    "SELECT id, channel, seq, at, by, kept FROM activity WHERE subject = $subject AND of = $of";
std::optional<ActivityRow> find_activity(Connection& connection, ActivitySubject subject, std::int64_t of) {
  Query query{connection, select_activity};
  query.bind("$subject", word_of(subject)).bind("$of", of);
  if (!query.step()) return std::nullopt;
  ActivityRow row{query.integer(0), query.text(1),    subject,      of,
                  query.integer(2), query.integer(3), std::nullopt, query.integer(5) != 0};
  if (const auto by = query.optional_integer(4)) row.by = protocol::PersonId{*by};
  return row;
}

constexpr const char* advance_seq = "UPDATE counter SET value = value + 1 WHERE name = 'activity' RETURNING value";
constexpr const char* upsert_activity =
    "INSERT INTO activity (channel, subject, of, seq, at, by, kept) "
    "VALUES ($channel, $subject, $of, $seq, $at, $by, 1) ON CONFLICT (subject, of) DO UPDATE SET "
    "channel = excluded.channel, seq = excluded.seq, at = excluded.at, by = excluded.by, kept = 1 RETURNING id";
ActivityRow bring_forward(Transaction& transaction, ActivityRow row) {
  Query advance{transaction.connection(), advance_seq};
  advance.step();
  row.seq = advance.integer(0);
  advance.run();
  Query query{transaction.connection(), upsert_activity};
  query.bind("$channel", row.channel)
      .bind("$subject", word_of(row.subject))
      .bind("$of", row.of)
      .bind("$seq", row.seq)
      .bind("$at", row.at)
      .bind("$by", value_of(row.by));
  query.step();
  row.id = query.integer(0);
  query.run();
  return row;
}

constexpr const char* delete_activity = "DELETE FROM activity WHERE id = $id";
void drop_activity(Transaction& transaction, std::int64_t id) {
  Query{transaction.connection(), delete_activity}.bind("$id", id).run();
}

constexpr const char* select_oldest_kept =
    "SELECT id FROM activity WHERE channel = $channel AND kept ORDER BY seq DESC LIMIT 1 OFFSET $most";
constexpr const char* update_not_kept = "UPDATE activity SET kept = 0 WHERE id = $id";
std::optional<std::int64_t> let_go_oldest(Transaction& transaction, const std::string& channel, std::int64_t most) {
  Query query{transaction.connection(), select_oldest_kept};
  query.bind("$channel", channel).bind("$most", most);
  if (!query.step()) return std::nullopt;
  const std::int64_t id = query.integer(0);
  Query{transaction.connection(), update_not_kept}.bind("$id", id).run();
  return id;
}

constexpr const char* update_by = "UPDATE activity SET at = $at, by = $by WHERE id = $id";
void correct_activity(Transaction& transaction, const ActivityRow& row) {
  Query{transaction.connection(), update_by}
      .bind("$at", row.at)
      .bind("$by", value_of(row.by))
      .bind("$id", row.id)
      .run();
}

constexpr const char* select_last = "SELECT coalesce(max(seq), 0) FROM activity WHERE channel = $channel AND kept";
std::int64_t last_activity(Connection& connection, std::string_view channel) {
  Query query{connection, select_last};
  query.bind("$channel", channel);
  query.step();
  return query.integer(0);
}

constexpr const char* select_seen = "SELECT seq FROM news_seen WHERE person = $person";
std::int64_t news_seen(Connection& connection, protocol::PersonId person) {
  Query query{connection, select_seen};
  query.bind("$person", person.value);
  return query.step() ? query.integer(0) : 0;
}

constexpr const char* upsert_seen =
    "INSERT INTO news_seen (person, seq) VALUES ($person, $seq) ON CONFLICT (person) DO UPDATE SET seq = excluded.seq";
void set_news_seen(Transaction& transaction, protocol::PersonId person, std::int64_t seq) {
  Query{transaction.connection(), upsert_seen}.bind("$person", person.value).bind("$seq", seq).run();
}

constexpr const char* select_carried = "SELECT id, webinar, board, threads FROM carried WHERE id = $id";
std::optional<CarriedRow> find_carried(Connection& connection, std::int64_t id) {
  Query query{connection, select_carried};
  query.bind("$id", id);
  if (!query.step()) return std::nullopt;
  return CarriedRow{query.integer(0), protocol::WebinarId{query.integer(1)}, protocol::BoardId{query.integer(2)},
                    query.integer(3)};
}

constexpr const char* upsert_carried =
    "INSERT INTO carried (webinar, board, threads) VALUES ($webinar, $board, $threads) "
    "ON CONFLICT (webinar, board) DO UPDATE SET threads = threads + excluded.threads RETURNING id, threads";
CarriedRow add_carried(Transaction& transaction, const CarriedRow& more) {
  Query query{transaction.connection(), upsert_carried};
  query.bind("$webinar", more.webinar.value).bind("$board", more.board.value).bind("$threads", more.threads);
  query.step();
  CarriedRow row{query.integer(0), more.webinar, more.board, query.integer(1)};
  query.run();
  return row;
}

}  // namespace plenary::storage
