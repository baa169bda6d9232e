#include "server/ops/files.hpp"

#include <fcntl.h>
#include <fmt/chrono.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace plenary::server::ops {

namespace {

[[noreturn]] void fail(const std::filesystem::path& path) {
  throw std::system_error{errno, std::generic_category(), path.string()};
}

}  // namespace

FileDescriptor::~FileDescriptor() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

FileDescriptor open_file(const std::filesystem::path& path, int flags, unsigned int mode) {
  FileDescriptor file{::open(path.c_str(), flags | O_CLOEXEC, mode)};
  if (!file.is_open()) fail(path);
  return file;
}

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) throw std::system_error{errno, std::generic_category(), "write"};
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void sync_to_disk(const std::filesystem::path& path) {
  const FileDescriptor file = open_file(path, O_RDONLY);
  if (::fsync(file.get()) != 0) fail(path);
}

std::uint64_t free_bytes(const std::filesystem::path& folder) {
  struct statvfs figures {};
  if (::statvfs(folder.c_str(), &figures) != 0) fail(folder);
  return static_cast<std::uint64_t>(figures.f_bavail) * figures.f_frsize;
}

std::string compact_utc(protocol::Timestamp at) {
  const std::time_t seconds = static_cast<std::time_t>(at.milliseconds / 1'000);
  return fmt::format("{:%Y%m%dT%H%M%SZ}", fmt::gmtime(seconds));
}

}  // namespace plenary::server::ops
