#pragma once
// What files need beyond std::filesystem: descriptors that close themselves, and being on the disk for certain.
// Failures throw std::system_error.

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/time.hpp"

namespace plenary::server::ops {

class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int descriptor) : descriptor_{descriptor} {}
  ~FileDescriptor();
  FileDescriptor(FileDescriptor&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }

  [[nodiscard]] int get() const { return descriptor_; }
  [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

/// open(2), closed on exec.
FileDescriptor open_file(const std::filesystem::path& path, int flags, unsigned int mode = 0);
/// All of it; repeats what was cut short or interrupted.
void write_all(int descriptor, std::string_view bytes);
/// The file's or folder's contents are on the disk when this returns.
void sync_to_disk(const std::filesystem::path& path);
/// Bytes that may still be written below `folder`.
std::uint64_t free_bytes(const std::filesystem::path& folder);

/// "20261123T031704Z", for names of files.
std::string compact_utc(protocol::Timestamp at);

}  // namespace plenary::server::ops
