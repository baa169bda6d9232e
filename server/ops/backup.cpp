#include "server/ops/backup.hpp"

#include <algorithm>
#include <system_error>

#include "protocol/json.hpp"
#include "server/ops/archive.hpp"
#include "server/ops/database_start.hpp"
#include "server/ops/operator_error.hpp"
#include "server/version.hpp"
#include "storage/channels.hpp"
#include "storage/integrity.hpp"
#include "storage/migrations.hpp"
#include "storage/runs.hpp"

namespace plenary::server::ops {

namespace {

BackupManifest describe(const std::filesystem::path& database_copy, protocol::Timestamp now) {
  storage::Connection copy{database_copy, storage::Connection::Role::reader};
  const int schema = storage::schema_of(copy);
  refuse_newer_schema(schema, "The database");
  const auto findings = storage::check_integrity(copy, storage::IntegrityCheck::quick);
  if (!findings.empty()) {
    throw OperatorError{"No backup was made: the database is damaged (" + findings.front() +
                        "). Keep your earlier backups."};
  }
  BackupManifest manifest{std::string{version}, schema, {}, storage::last_commit(copy), now.milliseconds, {}};
  const auto runs = storage::runs(copy);
  if (!runs.empty()) manifest.epoch = runs.back().epoch;
  return manifest;
}

std::vector<std::filesystem::path> plain_files_below(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(folder)) return found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
    if (entry.is_regular_file() && !entry.is_symlink()) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

void write_archive(BackupManifest& manifest, const std::filesystem::path& database_copy,
                   const std::filesystem::path& files, const std::filesystem::path& archive) {
  ArchiveWriter writer{archive, {manifest.created_at}};
  const auto add = [&](const std::string& name, const std::filesystem::path& file) {
    auto part = writer.add_file(name, file);
    manifest.parts.push_back({name, part.bytes, std::move(part.sha256)});
  };
  add(BackupNames::database, database_copy);
  for (const auto& file : plain_files_below(files)) {
    add(BackupNames::files + file.lexically_relative(files).string(), file);
  }
  writer.add_text(BackupNames::manifest, protocol::to_json(manifest) + '\n');
  writer.finish();
}

}  // namespace

BackupManifest write_backup(const std::filesystem::path& database_copy, const std::filesystem::path& files,
                            const std::filesystem::path& archive, protocol::Timestamp now) {
  BackupManifest manifest = describe(database_copy, now);
  try {
    write_archive(manifest, database_copy, files, archive);
  } catch (const std::system_error& error) {
    throw OperatorError{"The backup " + archive.string() + " could not be written: " + error.code().message() +
                        ". Nothing was left behind."};
  } catch (const ArchiveError& error) {
    throw OperatorError{"The backup " + archive.string() + " could not be written: " + error.what() + '.'};
  }
  return manifest;
}

}  // namespace plenary::server::ops
