#include "server/ops/restore.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "protocol/json.hpp"
#include "server/ops/archive.hpp"
#include "server/ops/database_start.hpp"
#include "server/ops/operator_error.hpp"
#include "storage/integrity.hpp"
#include "storage/migrations.hpp"
#include "storage/runs.hpp"

namespace plenary::server::ops {

namespace {

constexpr std::size_t longest_manifest_bytes = 64 * 1024 * 1024;
constexpr const char* aside_prefix = "replaced-";
constexpr const char* held_words =
    "Outgoing mail is held since a backup was restored: what the backup counts as unsent may have been sent.\n"
    "Look at it, then release it: plenary mail release\n";

/// Below the folder it is unpacked into, for certain: no absolute name, no `..`.
bool is_safe_name(const std::string& name) {
  if (name == BackupNames::database) return true;
  if (!name.starts_with(BackupNames::files) || name.back() == '/') return false;
  const std::filesystem::path path{name};
  return name == path.lexically_normal().string() &&
         std::none_of(path.begin(), path.end(), [](const auto& step) { return step == ".." || step == "."; });
}

BackupManifest parse_manifest(const std::string& text) {
  const auto json = protocol::parse_json(text);
  auto manifest = json ? protocol::from_json<BackupManifest>(*json) : protocol::Result<BackupManifest>{json.error()};
  if (!manifest) throw ArchiveError{"its list of contents cannot be read"};
  return std::move(*manifest);
}

/// Unpacks and compares with the manifest, which comes last.
BackupManifest unpack(const std::filesystem::path& archive, const std::filesystem::path& folder) {
  ArchiveReader reader{archive};
  std::optional<BackupManifest> manifest;
  std::vector<BackupPart> found;
  while (const auto name = reader.next()) {
    if (manifest) throw ArchiveError{"something follows its list of contents"};
    if (*name == BackupNames::manifest) {
      manifest = parse_manifest(reader.text(longest_manifest_bytes));
      continue;
    }
    if (!is_safe_name(*name)) throw ArchiveError{"it holds a part with an unfit name"};
    std::filesystem::create_directories((folder / *name).parent_path());
    auto part = reader.extract_to(folder / *name);
    found.push_back({*name, part.bytes, std::move(part.sha256)});
  }
  if (!manifest) throw ArchiveError{"it is incomplete: its list of contents is missing"};
  if (found != manifest->parts) throw ArchiveError{"its parts are not what its list of contents says"};
  return std::move(*manifest);
}

void verify_database(const std::filesystem::path& database) {
  if (!std::filesystem::exists(database)) throw ArchiveError{"it holds no database"};
  storage::Connection connection{database, storage::Connection::Role::reader};
  refuse_newer_schema(storage::schema_of(connection), "The backup");
  const auto findings = storage::check_integrity(connection, storage::IntegrityCheck::full);
  if (!findings.empty()) throw ArchiveError{"its database is damaged: " + findings.front()};
}

/// What a restore replaces: everything but what belongs to an empty data folder and what earlier restores moved aside.
std::vector<std::filesystem::path> data_in(const std::filesystem::path& root) {
  std::vector<std::filesystem::path> found;
  if (!std::filesystem::exists(root)) return found;
  for (const auto& entry : std::filesystem::directory_iterator{root}) {
    const std::string name = entry.path().filename().string();
    const bool is_ours = name == "lock" || name == "lost+found" || name.starts_with(".restoring");
    if (is_ours || name.starts_with(aside_prefix)) continue;
    if (!entry.is_directory() || !std::filesystem::is_empty(entry.path())) found.push_back(entry.path());
  }
  return found;
}

/// What root restores stays the folder's owner's.
void give_to_owner_of(const std::filesystem::path& root, const std::filesystem::path& tree) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(root.c_str(), &owner) != 0) return;
  const auto give = [&](const std::filesystem::path& path) {
    if (::lchown(path.c_str(), owner.st_uid, owner.st_gid) != 0) {
      throw std::system_error{errno, std::generic_category(), path.string()};
    }
  };
  give(tree);
  for (const auto& entry : std::filesystem::recursive_directory_iterator{tree}) give(entry.path());
}

std::filesystem::path move_aside(const DataPaths& paths, protocol::Timestamp now) {
  const auto aside = paths.root / (aside_prefix + compact_utc(now));
  std::filesystem::create_directory(aside);
  std::filesystem::permissions(aside, std::filesystem::perms::owner_all);
  for (const auto& path : data_in(paths.root)) std::filesystem::rename(path, aside / path.filename());
  give_to_owner_of(paths.root, aside);
  sync_to_disk(aside);
  return aside;
}

/// The database last: a folder without one holds no data yet.
void move_in(const DataPaths& paths) {
  const auto& from = paths.restoring();
  for (const auto& folder : {paths.files(), paths.backups()}) {
    std::filesystem::remove(folder);
    std::filesystem::rename(from / folder.filename(), folder);
  }
  std::filesystem::rename(from / paths.mail_held().filename(), paths.mail_held());
  std::filesystem::rename(from / paths.database().filename(), paths.database());
  sync_to_disk(paths.root);
  std::filesystem::remove_all(from);
}

/// What was made since the copy is still remembered by browsers.
void leave_ids_behind(const std::filesystem::path& database, std::chrono::milliseconds since_copy) {
  storage::Connection connection{database, storage::Connection::Role::writer};
  storage::migrate(connection);
  storage::Transaction transaction{connection};
  // Numbers stay short, and differ from one restore of a copy to the next.
  storage::skip_webinar_ids(transaction, 100 + std::chrono::duration_cast<std::chrono::minutes>(since_copy).count());
  transaction.commit();
}

/// Complete and verified in a folder of its own; nothing else was touched.
BackupManifest prepare(const RestoreRequest& request, const std::filesystem::path& folder, protocol::Timestamp now) {
  std::filesystem::remove_all(folder);
  for (const char* name : {"files", "backups"}) {
    std::filesystem::create_directories(folder / name);
    std::filesystem::permissions(folder / name, std::filesystem::perms::owner_all);
  }
  BackupManifest manifest = unpack(request.archive, folder);
  verify_database(folder / BackupNames::database);
  leave_ids_behind(folder / BackupNames::database, now - protocol::Timestamp{manifest.created_at});
  std::ofstream{folder / "mail.held"} << held_words;
  sync_to_disk(folder);
  return manifest;
}

Restored restore(const RestoreRequest& request, const DataPaths& paths, protocol::Timestamp now) {
  const auto unverified = paths.root / ".restoring.part";
  Restored restored;
  try {
    restored.manifest = prepare(request, unverified, now);
  } catch (...) {
    std::filesystem::remove_all(unverified);
    throw;
  }
  give_to_owner_of(paths.root, unverified);
  std::filesystem::remove_all(paths.restoring());
  // From here on a server refuses to start on the folder until the restore has ended.
  std::filesystem::rename(unverified, paths.restoring());
  sync_to_disk(paths.root);
  if (!data_in(paths.root).empty()) restored.moved_aside = move_aside(paths, now);
  move_in(paths);
  return restored;
}

}  // namespace

Restored restore_backup(const RestoreRequest& request, protocol::Timestamp now) {
  if (!request.replace && !data_in(request.data).empty()) {
    throw OperatorError{request.data.string() +
                        " is not empty. Give --replace to move what is in it aside, or another folder."};
  }
  const DataFolder folder = DataFolder::open_for_restore(request.data);
  try {
    return restore(request, folder.paths(), now);
  } catch (const ArchiveError& error) {
    throw OperatorError{request.archive.string() + " cannot be restored: " + error.what() + ". Nothing was changed."};
  } catch (const storage::StorageError& error) {
    throw OperatorError{request.archive.string() + " cannot be restored: its database cannot be read (" +
                        std::string{error.code_words()} + "). Nothing was changed."};
  } catch (const std::system_error& error) {
    throw OperatorError{request.archive.string() + " could not be restored into " + request.data.string() + ": " +
                        error.code().message() + '.'};
  }
}

bool release_mail(const DataPaths& paths) { return std::filesystem::remove(paths.mail_held()); }

}  // namespace plenary::server::ops
