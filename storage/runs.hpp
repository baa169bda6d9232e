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

/// Enters a new run, beginning at the last commit.
void begin_run(Transaction& transaction, std::string_view epoch, protocol::Timestamp now);
/// All runs, oldest first.
std::vector<Run> runs(Connection& connection);

}  // namespace plenary::storage
