#include "server/ops/database_start.hpp"

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "server/ops/operator_error.hpp"
#include "storage/copy.hpp"
#include "storage/integrity.hpp"
#include "storage/migrations.hpp"

namespace plenary::server::ops {

namespace {

constexpr const char* copy_prefix = "schema-";
constexpr const char* unfinished_name = ".schema.db";

std::unique_ptr<storage::Connection> open_for_writing(const std::filesystem::path& database) {
  try {
    return std::make_unique<storage::Connection>(database, storage::Connection::Role::writer);
  } catch (const storage::StorageError& error) {
    throw OperatorError{"The database " + database.string() + " cannot be opened: " + std::string{error.code_words()} +
                        '.'};
  }
}

void check_database(storage::Connection& connection, const std::filesystem::path& database, Log& log) {
  const auto findings = storage::check_integrity(connection, storage::IntegrityCheck::quick);
  if (!findings.empty()) {
    throw OperatorError{"The database " + database.string() + " is damaged (" + findings.front() +
                        "). Restore a backup: plenary restore FILE --replace."};
  }
  log.event(Level::info, "database_checked");
}

void prune_copies(const std::filesystem::path& backups, std::int64_t keep) {
  std::vector<std::filesystem::path> copies;
  for (const auto& entry : std::filesystem::directory_iterator{backups}) {
    if (entry.path().filename().string().starts_with(copy_prefix)) copies.push_back(entry.path());
  }
  std::sort(copies.begin(), copies.end(), [](const auto& a, const auto& b) {
    return std::filesystem::last_write_time(a) > std::filesystem::last_write_time(b);
  });
  for (std::size_t i = static_cast<std::size_t>(keep); i < copies.size(); ++i) std::filesystem::remove(copies[i]);
}

void copy_before_upgrade(storage::Connection& connection, const DataFolder& folder, const DatabaseStart& options,
                         protocol::Timestamp now, Log& log) {
  const auto& paths = folder.paths();
  if (folder.free_bytes() < std::filesystem::file_size(paths.database())) {
    throw OperatorError{"There is no room for a copy of the database in " + paths.backups().string() +
                        ", which an upgrade makes first. Make room, or move older copies away."};
  }
  const auto name = copy_prefix + std::to_string(storage::schema_of(connection)) + '-' + compact_utc(now) + ".db";
  const auto unfinished = paths.backups() / unfinished_name;
  storage::copy_database(connection, unfinished);
  sync_to_disk(unfinished);
  std::filesystem::rename(unfinished, paths.backups() / name);
  sync_to_disk(paths.backups());
  prune_copies(paths.backups(), options.keep_backups);
  log.event(Level::info, "database_copied", {{"copy", paths.backups() / name}});
}

}  // namespace

void refuse_newer_schema(int schema, const std::filesystem::path& where, const storage::History& history) {
  const int newest = storage::newest_schema(history);
  if (schema <= newest) return;
  throw OperatorError{where.string() + " was written by a newer Plenary (schema " + std::to_string(schema) +
                      "; this one knows schemas up to " + std::to_string(newest) +
                      "). Use that version or a newer one. Nothing was changed."};
}

void start_database(const DataFolder& folder, const DatabaseStart& options, protocol::Timestamp now, Log& log) {
  const auto& paths = folder.paths();
  if (lock_backups(paths)) std::filesystem::remove(paths.backup_copy());
  const auto opened = open_for_writing(paths.database());
  storage::Connection& connection = *opened;
  const int found = storage::schema_of(connection);
  refuse_newer_schema(found, paths.database(), options.history);
  if (options.check) check_database(connection, paths.database(), log);
  if (found == storage::newest_schema(options.history)) return;
  if (found > 0) copy_before_upgrade(connection, folder, options, now, log);
  storage::migrate(connection, options.history);
  log.event(Level::info, "database_migrated", {{"from", found}, {"to", storage::newest_schema(options.history)}});
}

}  // namespace plenary::server::ops
