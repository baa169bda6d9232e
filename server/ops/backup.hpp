#pragma once
// A backup: one archive of plenary.db (a whole copy of the database), files/… and, last, manifest.json, which says what the
// rest is and its hashes: an archive that was cut short has none. Runs in the command line's process, not the server's.

#include <filesystem>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "protocol/ids.hpp"
#include "protocol/time.hpp"

namespace plenary::server::ops {

struct BackupPart {
  std::string name;
  std::int64_t bytes = 0;
  std::string sha256;

  bool operator==(const BackupPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(BackupPart, (), (name, bytes, sha256))

struct BackupManifest {
  std::string program;  ///< version of the program that made it
  std::int64_t schema = 0;
  std::string epoch;  ///< the run it was made in; empty when there was none yet
  protocol::Commit commit = 0;
  std::int64_t created_at = 0;
  std::vector<BackupPart> parts;
};
BOOST_DESCRIBE_STRUCT(BackupManifest, (), (program, schema, epoch, commit, created_at, parts))

/// What the parts are called in the archive.
struct BackupNames {
  static constexpr const char* database = "plenary.db";
  static constexpr const char* files = "files/";
  static constexpr const char* manifest = "manifest.json";
};

/// Checks the copy, then writes the archive whole and on the disk, or not at all. `files` is read after the copy was made:
/// an upload is stored before the row that names it, so every file the copy names is there. Throws OperatorError.
BackupManifest write_backup(const std::filesystem::path& database_copy, const std::filesystem::path& files,
                            const std::filesystem::path& archive, protocol::Timestamp now);

}  // namespace plenary::server::ops
