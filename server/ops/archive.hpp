#pragma once
// A backup's archive: tar, compressed with zstd (`tar --zstd -tf FILE` reads it), through libarchive. Parts are hashed as
// they pass. Failures throw ArchiveError (a damaged archive) or std::system_error (the disk).

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "protocol/time.hpp"

namespace plenary::server::ops {

class ArchiveError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct ArchivePart {
  std::int64_t bytes = 0;
  std::string sha256;  ///< hexadecimal
};

/// Appears at its path whole, or not at all.
class ArchiveWriter {
 public:
  /// `at` is the time of every part.
  ArchiveWriter(std::filesystem::path target, protocol::Timestamp at);
  /// Without finish(), nothing is left.
  ~ArchiveWriter();
  ArchiveWriter(const ArchiveWriter&) = delete;
  ArchiveWriter& operator=(const ArchiveWriter&) = delete;

  ArchivePart add_file(const std::string& name, const std::filesystem::path& file);
  void add_text(const std::string& name, std::string_view text);
  /// On the disk, under its name, when this returns.
  void finish();

 private:
  struct Stream;
  std::filesystem::path target_;
  std::filesystem::path unfinished_;
  std::unique_ptr<Stream> stream_;
};

class ArchiveReader {
 public:
  explicit ArchiveReader(const std::filesystem::path& source);
  ~ArchiveReader();
  ArchiveReader(const ArchiveReader&) = delete;
  ArchiveReader& operator=(const ArchiveReader&) = delete;

  /// The name of the next part, which is a plain file; nothing after the last one.
  std::optional<std::string> next();
  /// Writes the part that next() named, synced to the disk.
  ArchivePart extract_to(const std::filesystem::path& file);
  /// The part that next() named, when it is at most so many bytes.
  std::string text(std::size_t most_bytes);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

}  // namespace plenary::server::ops
