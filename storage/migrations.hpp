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

/// Oldest first, numbered from 1.
using History = std::vector<Migration>;
/// Of this program. The other functions take another one only in tests.
const History& migrations();

/// What a program with this history writes.
int newest_schema(const History& history = migrations());
/// What the file holds; 0 is an empty file.
int schema_of(Connection& connection);
/// Brings the file to the newest schema, each step in a transaction of its own. Throws StorageError when the file is newer
/// than the history.
void migrate(Connection& connection, const History& history = migrations());

}  // namespace plenary::storage
