#pragma once
// The database before anything else opens it: created, or of an older program and brought to this one's schema, or of a
// newer one and refused.

#include <filesystem>

#include "protocol/time.hpp"
#include "server/ops/data_folder.hpp"
#include "server/ops/log.hpp"
#include "storage/migrations.hpp"

namespace plenary::server::ops {

struct DatabaseStart {
  std::int64_t keep_backups = 5;
  bool check = false;  ///< read all of it first and refuse to start on a damaged one
  const storage::History& history = storage::migrations();
};

/// Migrates in place; an older schema is first copied into the folder's backups/, of which the newest `keep_backups`
/// stay. Also removes what a backup that was cut short left behind. Throws OperatorError, StorageError.
void start_database(const DataFolder& folder, const DatabaseStart& options, protocol::Timestamp now, Log& log);

/// Throws OperatorError when the database is newer than this program.
void refuse_newer_schema(int schema, const std::filesystem::path& where,
                         const storage::History& history = storage::migrations());

}  // namespace plenary::server::ops
