#pragma once
// A copy of a database that is in use, made a few pages at a time by the very connection that writes it: what that
// connection writes meanwhile goes into the copy too, so the copy never starts over and is, at its end, the database as it
// is then (https://sqlite.org/backup.html, "Example 2", and https://sqlite.org/c3ref/backup_finish.html).
//
// Thread: the connection's. Between steps the connection may run transactions, not inside one. Destroyed before the
// connection; unfinished, it leaves a file that is not a database.

#include <filesystem>

#include "storage/connection.hpp"

namespace plenary::storage {

class DatabaseCopy {
 public:
  /// `target` is made anew. The copy is not synced to the disk: whoever keeps it does that. Throws StorageError.
  DatabaseCopy(Connection& source, const std::filesystem::path& target);
  ~DatabaseCopy();
  DatabaseCopy(const DatabaseCopy&) = delete;
  DatabaseCopy& operator=(const DatabaseCopy&) = delete;

  /// Copies at most so many pages. True when the copy is whole. Throws StorageError (the target's disk is full).
  bool step(int pages);

 private:
  sqlite3* target_ = nullptr;
  sqlite3_backup* backup_ = nullptr;
};

/// The whole of it at once.
void copy_database(Connection& source, const std::filesystem::path& target);

}  // namespace plenary::storage
