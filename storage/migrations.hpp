#pragma once
// The schema's history, forward only. `PRAGMA user_version` holds the number of the last migration applied.

#include <string>
#include <vector>

#include "storage/connection.hpp"

namespace plenary::storage {

struct Migration {
  int version;
  const char* name;
  const char* sql;
};

const std::vector<Migration>& migrations();

/// What this program writes.
int newest_schema();
/// What the file holds; 0 is an empty file.
int schema_of(Connection& connection);
/// Brings the file to `version` (newest by default), each step in a transaction of its own. Throws StorageError when the
/// file is newer than this program.
void migrate(Connection& connection, int version = newest_schema());

}  // namespace plenary::storage
