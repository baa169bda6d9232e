#include "storage/runs.hpp"

#include "storage/channels.hpp"

namespace plenary::storage {

namespace {

/// A run's ids begin at its start's milliseconds times this: two runs from one copy never share them, and 2^53 is reached
/// in the year 2255.
constexpr std::int64_t ids_a_millisecond = 1'000;

// SQLite keeps the last AUTOINCREMENT id of a table in sqlite_sequence, once there was one
// (https://sqlite.org/autoinc.html).
constexpr const char* select_sequence = "SELECT seq FROM sqlite_sequence WHERE name = $table";
std::int64_t last_id(Connection& connection, std::string_view table) {
  Query query{connection, select_sequence};
  query.bind("$table", table);
  return query.step() ? query.integer(0) : 0;
}

constexpr const char* update_sequence = "UPDATE sqlite_sequence SET seq = $last WHERE name = $table";
constexpr const char* insert_sequence = "INSERT INTO sqlite_sequence (name, seq) VALUES ($table, $last)";
void skip_ids_to(Transaction& transaction, std::string_view table, std::int64_t last) {
  if (last <= last_id(transaction.connection(), table)) return;
  Query{transaction.connection(), update_sequence}.bind("$last", last).bind("$table", table).run();
  if (transaction.connection().changes() > 0) return;
  Query{transaction.connection(), insert_sequence}.bind("$table", table).bind("$last", last).run();
}

}  // namespace

constexpr const char* insert_run =
    "INSERT INTO run (epoch, begins_at, started_at) "
    "VALUES ($epoch, (SELECT value FROM counter WHERE name = 'commit'), $now)";
void begin_run(Transaction& transaction, std::string_view epoch, protocol::Timestamp now) {
  // The run takes a commit of its own, so that two runs never begin at the same number.
  next_commit(transaction);
  Query{transaction.connection(), insert_run}.bind("$epoch", epoch).bind("$now", now.milliseconds).run();
  // The first run starts from 1.
  if (runs(transaction.connection()).size() == 1) return;
  for (const char* table : {"message", "person", "question", "appeal", "board", "thread", "post", "activity"})
    skip_ids_to(transaction, table, now.milliseconds * ids_a_millisecond);
}

void skip_webinar_ids(Transaction& transaction, std::int64_t count) {
  skip_ids_to(transaction, "webinar", last_id(transaction.connection(), "webinar") + count);
}

constexpr const char* select_runs = "SELECT epoch, begins_at FROM run ORDER BY begins_at";
std::vector<Run> runs(Connection& connection) {
  std::vector<Run> found;
  Query query{connection, select_runs};
  while (query.step()) found.push_back({query.text(0), query.integer(1)});
  return found;
}

}  // namespace plenary::storage
