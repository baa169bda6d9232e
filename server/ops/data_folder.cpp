#include "server/ops/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "server/ops/operator_error.hpp"

namespace plenary::server::ops {

namespace {

void create_private(const std::filesystem::path& folder) {
  if (!std::filesystem::create_directories(folder)) return;
  std::filesystem::permissions(folder, std::filesystem::perms::owner_all);
}

/// What root makes in somebody's folder stays theirs, so that their server can use it.
void give_to_owner(int descriptor, const std::filesystem::path& folder) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(folder.c_str(), &owner) != 0) return;
  if (::fchown(descriptor, owner.st_uid, owner.st_gid) != 0) {
    throw std::system_error{errno, std::generic_category(), folder.string()};
  }
}

/// Open and locked, with our process id inside; nothing when another process holds it.
std::optional<FileDescriptor> take_lock(const DataPaths& paths) {
  FileDescriptor lock = open_file(paths.lock(), O_RDWR | O_CREAT, 0600);
  if (::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return std::nullopt;
    throw std::system_error{errno, std::generic_category(), paths.lock().string()};
  }
  give_to_owner(lock.get(), paths.root);
  if (::ftruncate(lock.get(), 0) != 0) throw std::system_error{errno, std::generic_category(), paths.lock().string()};
  write_all(lock.get(), std::to_string(::getpid()) + '\n');
  return lock;
}

std::optional<FileDescriptor> create_and_lock(const DataPaths& paths) {
  try {
    create_private(paths.root);
    auto lock = take_lock(paths);
    if (!lock) return std::nullopt;
    for (const auto& folder : {paths.files(), paths.backups()}) {
      create_private(folder);
      give_to_owner(open_file(folder, O_RDONLY | O_DIRECTORY).get(), paths.root);
    }
    return lock;
  } catch (const std::system_error& error) {
    throw OperatorError{"The data folder " + paths.root.string() + " cannot be used: " + error.code().message() + '.'};
  }
}

OperatorError held_by_another(const DataPaths& paths) {
  std::string process;
  std::ifstream{paths.lock()} >> process;
  return OperatorError{"The data folder " + paths.root.string() + " is in use by process " +
                       (process.empty() ? "unknown" : process) + ". Stop that one first, or use another folder."};
}

void refuse_interrupted_restore(const DataPaths& paths) {
  if (!std::filesystem::exists(paths.restoring())) return;
  throw OperatorError{"A restore into " + paths.root.string() +
                      " was interrupted. Run the same plenary restore command again, with --replace."};
}

DataPaths paths_of(std::filesystem::path root) { return {std::filesystem::absolute(std::move(root))}; }

}  // namespace

DataFolder::DataFolder(std::filesystem::path root) : DataFolder{open_for_restore(std::move(root))} {
  refuse_interrupted_restore(paths_);
}

std::optional<DataFolder> DataFolder::open_if_free(std::filesystem::path root) {
  DataPaths paths = paths_of(std::move(root));
  auto lock = create_and_lock(paths);
  if (!lock) return std::nullopt;
  refuse_interrupted_restore(paths);
  return DataFolder{std::move(paths), std::move(*lock)};
}

DataFolder DataFolder::open_for_restore(std::filesystem::path root) {
  DataPaths paths = paths_of(std::move(root));
  auto lock = create_and_lock(paths);
  if (!lock) throw held_by_another(paths);
  return {std::move(paths), std::move(*lock)};
}

std::optional<FileDescriptor> lock_backups(const DataPaths& paths) {
  FileDescriptor folder = open_file(paths.backups(), O_RDONLY | O_DIRECTORY);
  if (::flock(folder.get(), LOCK_EX | LOCK_NB) == 0) return folder;
  if (errno == EWOULDBLOCK) return std::nullopt;
  throw std::system_error{errno, std::generic_category(), paths.backups().string()};
}

}  // namespace plenary::server::ops
