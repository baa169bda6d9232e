#include "server/ops/backup.hpp"

#include <iostream>
#include <memory>

#include "server/cli/administer.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/options.hpp"
#include "server/ops/data_folder.hpp"
#include "server/ops/operator_error.hpp"

namespace plenary::server::cli {

namespace {

struct BackupOptions {
  std::filesystem::path archive;
  std::filesystem::path data;
};

/// The database's copy, gone when the backup has ended one way or the other.
class TemporaryCopy {
 public:
  explicit TemporaryCopy(std::filesystem::path path) : path_{std::move(path)} {}
  ~TemporaryCopy() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryCopy(const TemporaryCopy&) = delete;
  TemporaryCopy& operator=(const TemporaryCopy&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

int backup(const BackupOptions& options) {
  const ops::DataPaths paths{std::filesystem::absolute(options.data)};
  if (!std::filesystem::exists(paths.backups())) {
    throw ops::OperatorError{"There is no Plenary data in " + paths.root.string() + ". Give the folder with --data."};
  }
  const auto only_one = ops::lock_backups(paths);
  if (!only_one) throw ops::OperatorError{"Another backup of " + paths.root.string() + " is being made."};
  const TemporaryCopy copy{paths.backup_copy()};
  administer(paths.root, "backup.copy", protocol::Json::object(), Schema::as_it_is);
  const auto manifest = ops::write_backup(copy.path(), paths.files(), options.archive, protocol::SystemClock{}.now());
  std::cout << "Backed up " << paths.root.string() << " to " << options.archive.string() << ": schema "
            << manifest.schema << ", " << manifest.parts.size() - 1 << " files, "
            << std::filesystem::file_size(options.archive) / 1'000 << " kB.\n";
  return exit_done;
}

}  // namespace

void add_backup(CLI::App& application, Run& run) {
  auto& command = add_command(
      application, "backup", "Writes the database and the uploaded files into one archive, also while the server runs",
      "The archive is tar, compressed with zstd. An earlier file of that name is replaced only when the new one is\n"
      "complete. It holds what people wrote: keep it as safe as the data folder.");
  const auto options = std::make_shared<BackupOptions>();
  command.add_option("file", options->archive, "Where to write it")->required()->type_name("FILE");
  add_data_option(command, options->data);
  command.callback([&run, options] { run = [options] { return backup(*options); }; });
}

}  // namespace plenary::server::cli
