#pragma once
// Putting a backup back. Everything is unpacked beside the data and verified (hashes, integrity, schema) before anything is
// replaced; what was there is moved aside, never deleted.
//
// The next start of the server is a new epoch, so a client that saw what the backup does not hold gets a snapshot
// (PROTOCOL.md P15). Outgoing mail is held until release_mail: what the backup still counts as unsent may have been sent.

#include <filesystem>
#include <optional>

#include "server/ops/backup.hpp"
#include "server/ops/data_folder.hpp"

namespace plenary::server::ops {

struct RestoreRequest {
  std::filesystem::path archive;
  std::filesystem::path data;
  bool replace = false;  ///< the folder may hold data, which is moved aside
};

struct Restored {
  BackupManifest manifest;
  std::optional<std::filesystem::path> moved_aside;
};

/// Throws OperatorError: a damaged or incomplete archive, one of a newer program, a folder in use or not empty. Until
/// everything is verified, the folder's data is as it was.
Restored restore_backup(const RestoreRequest& request, protocol::Timestamp now);

/// False when no mail was held.
bool release_mail(const DataPaths& paths);

}  // namespace plenary::server::ops
