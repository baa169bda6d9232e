#pragma once
// The administrative commands: the same ones behind the admin socket of a running server and, where none runs, inside the
// command line's own process under the folder's lock.
//
//   token.create  {person, label, days}  →  {token}
//   backup.copy   {}                     →  {database}: a whole copy of the database, for the caller to take
//
// A command waits, on its caller's thread, for a job that the writer runs between its batches.

#include <functional>
#include <memory>

#include "protocol/time.hpp"
#include "server/ops/admin_server.hpp"
#include "server/ops/data_folder.hpp"
#include "server/sync/writer.hpp"
#include "storage/connection.hpp"

namespace plenary::server {

using Job = std::function<sync::JobStep(storage::Connection&)>;
/// sync::Writer::submit_job, or run_at_once.
using SubmitJob = std::function<void(Job)>;

/// Runs each job to its end on the calling thread.
SubmitJob run_at_once(storage::Connection& connection);

struct AdministrationSettings {
  ops::DataPaths paths;
  std::uint64_t minimum_free_bytes = 0;  ///< what a backup's copy must leave free
};

/// `submit` and `clock` outlive the commands.
ops::AdminCommands administration(const SubmitJob& submit, AdministrationSettings settings,
                                  const protocol::Clock& clock);

}  // namespace plenary::server
