#pragma once
// The data folder: everything an instance is, in one place that one process at a time may use.
//
//   plenary.db   the database (and its -wal, -shm)
//   files/       uploads
//   backups/     copies of the database from before upgrades
//   admin.sock   where administrative commands reach the running server
//   lock         held (flock) by the process that uses the folder; its process id is inside
//   mail.held    present after a restore: outgoing mail waits for `plenary mail release`
//
// An object holds the lock while it lives. Any thread may read its paths.

#include <cstdint>
#include <filesystem>
#include <optional>

#include "server/ops/files.hpp"

namespace plenary::server::ops {

/// Where things stand in a data folder; knowing that needs no lock.
struct DataPaths {
  std::filesystem::path root;

  [[nodiscard]] std::filesystem::path database() const { return root / "plenary.db"; }
  [[nodiscard]] std::filesystem::path files() const { return root / "files"; }
  [[nodiscard]] std::filesystem::path backups() const { return root / "backups"; }
  /// The copy a backup is being made from; only for who holds lock_backups().
  [[nodiscard]] std::filesystem::path backup_copy() const { return backups() / ".copy.db"; }
  [[nodiscard]] std::filesystem::path admin_socket() const { return root / "admin.sock"; }
  [[nodiscard]] std::filesystem::path lock() const { return root / "lock"; }
  [[nodiscard]] std::filesystem::path mail_held() const { return root / "mail.held"; }
  /// Where a restore gathers before anything is replaced.
  [[nodiscard]] std::filesystem::path restoring() const { return root / ".restoring"; }
};

class DataFolder {
 public:
  /// Creates the folder and what belongs in it (0700) where missing, and takes the lock. Throws OperatorError: another
  /// process holds it, a restore was interrupted, or the folder cannot be used.
  explicit DataFolder(std::filesystem::path root);
  /// The same, but nothing when another process holds the lock.
  static std::optional<DataFolder> open_if_free(std::filesystem::path root);
  /// For a restore, which works on a folder that no server may start on.
  static DataFolder open_for_restore(std::filesystem::path root);

  [[nodiscard]] const DataPaths& paths() const { return paths_; }
  [[nodiscard]] std::uint64_t free_bytes() const { return ops::free_bytes(paths_.root); }

 private:
  DataFolder(DataPaths paths, FileDescriptor lock) : paths_{std::move(paths)}, lock_{std::move(lock)} {}

  DataPaths paths_;
  FileDescriptor lock_;
};

/// One backup at a time, whoever makes it: held while the descriptor is open; nothing when somebody else holds it.
std::optional<FileDescriptor> lock_backups(const DataPaths& paths);

}  // namespace plenary::server::ops
