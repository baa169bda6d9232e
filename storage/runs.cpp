#include "storage/runs.hpp"

#include "storage/channels.hpp"

namespace plenary::storage {

constexpr const char* insert_run =
    "INSERT INTO run (epoch, begins_at, started_at) "
    "VALUES ($epoch, (SELECT value FROM counter WHERE name = 'commit'), $now)";
void begin_run(Transaction& transaction, std::string_view epoch, protocol::Timestamp now) {
  // The run takes a commit of its own, so that two runs never begin at the same number.
  next_commit(transaction);
  Query{transaction.connection(), insert_run}.bind("$epoch", epoch).bind("$now", now.milliseconds).run();
}

constexpr const char* select_runs = "SELECT epoch, begins_at FROM run ORDER BY begins_at";
std::vector<Run> runs(Connection& connection) {
  std::vector<Run> found;
  Query query{connection, select_runs};
  while (query.step()) found.push_back({query.text(0), query.integer(1)});
  return found;
}

}  // namespace plenary::storage
