#pragma once
// Epochs: one run of the server each, with the commit number it began at (DESIGN.md 3, PROTOCOL.md P15).

#include <string>
#include <string_view>
#include <vector>

#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct Run {
  std::string epoch;
  Commit begins_at = 0;
};

/// Enters a new run, beginning at the last commit. It gives ids of its own to messages and people: a client may remember,
/// from a run that a restore undid, an id that would otherwise be given to something else, and still want to edit it.
void begin_run(Transaction& transaction, std::string_view epoch, protocol::Timestamp now);
/// After a restore, for the same reason: webinars made since the copy keep their numbers to themselves. Not at every start,
/// since these numbers are short and people read them aloud. `count` should differ from restore to restore of one copy.
void skip_webinar_ids(Transaction& transaction, std::int64_t count);
/// All runs, oldest first.
std::vector<Run> runs(Connection& connection);

}  // namespace plenary::storage
