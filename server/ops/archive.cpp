#include "server/ops/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <system_error>
#include <vector>

#include "server/ops/files.hpp"

namespace plenary::server::ops {

namespace {

constexpr std::size_t block_bytes = 256 * 1024;

class Sha256 {
 public:
  Sha256() : context_{EVP_MD_CTX_new()} { EVP_DigestInit_ex(context_, EVP_sha256(), nullptr); }
  ~Sha256() { EVP_MD_CTX_free(context_); }
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes) { EVP_DigestUpdate(context_, bytes.data(), bytes.size()); }
  std::string finish() {
    std::array<unsigned char, 32> digest{};
    EVP_DigestFinal_ex(context_, digest.data(), nullptr);
    static constexpr char hex[] = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest) {
      text += hex[byte >> 4U];
      text += hex[byte & 15U];
    }
    return text;
  }

 private:
  EVP_MD_CTX* context_;
};

/// libarchive says what failed on the disk with an errno, and of a damaged archive with its own words.
[[noreturn]] void fail(archive* stream, const std::string& what) {
  const char* words = archive_error_string(stream);
  const std::string sentence = what + ": " + (words == nullptr ? "unreadable" : words);
  if (archive_errno(stream) == ENOSPC || archive_errno(stream) == EIO) {
    throw std::system_error{archive_errno(stream), std::generic_category(), what};
  }
  throw ArchiveError{sentence};
}

struct Entry {
  Entry(const std::string& name, std::int64_t bytes, protocol::Timestamp at) : value{archive_entry_new()} {
    archive_entry_set_pathname(value, name.c_str());
    archive_entry_set_filetype(value, AE_IFREG);
    archive_entry_set_perm(value, 0600);
    archive_entry_set_mtime(value, static_cast<std::time_t>(at.milliseconds / 1'000), 0);
    archive_entry_set_size(value, bytes);
  }
  ~Entry() { archive_entry_free(value); }
  Entry(const Entry&) = delete;
  Entry& operator=(const Entry&) = delete;
  archive_entry* value;
};

std::size_t read_some(int descriptor, std::vector<char>& buffer) {
  for (;;) {
    const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw std::system_error{errno, std::generic_category(), "read"};
  }
}

}  // namespace

struct ArchiveWriter::Stream {
  Stream(const std::filesystem::path& path, protocol::Timestamp made_at)
      : file{open_file(path, O_WRONLY | O_CREAT | O_TRUNC, 0600)}, archive{archive_write_new()}, at{made_at} {
    archive_write_set_format_pax_restricted(archive);
    // Names are bytes here as on the disk; otherwise the locale must know their letters.
    check(archive_write_set_options(archive, "pax:hdrcharset=BINARY"));
    check(archive_write_add_filter_zstd(archive));
    check(archive_write_open_fd(archive, file.get()));
  }
  ~Stream() { archive_write_free(archive); }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void check(int code) {
    if (code != ARCHIVE_OK) fail(archive, "write the backup");
  }
  void begin(const std::string& name, std::int64_t bytes) {
    check(archive_write_header(archive, Entry{name, bytes, at}.value));
  }
  void write(std::string_view bytes) {
    const la_ssize_t written = archive_write_data(archive, bytes.data(), bytes.size());
    if (written != static_cast<la_ssize_t>(bytes.size())) fail(archive, "write the backup");
  }

  FileDescriptor file;
  struct archive* archive;
  protocol::Timestamp at;
};

ArchiveWriter::ArchiveWriter(std::filesystem::path target, protocol::Timestamp at)
    : target_{std::move(target)},
      unfinished_{target_.string() + ".unfinished"},
      stream_{std::make_unique<Stream>(unfinished_, at)} {}

ArchiveWriter::~ArchiveWriter() {
  if (stream_ == nullptr) return;
  std::error_code ignored;
  std::filesystem::remove(unfinished_, ignored);
}

ArchivePart ArchiveWriter::add_file(const std::string& name, const std::filesystem::path& file) {
  const FileDescriptor source = open_file(file, O_RDONLY);
  struct stat figures {};
  if (::fstat(source.get(), &figures) != 0) throw std::system_error{errno, std::generic_category(), file.string()};
  stream_->begin(name, figures.st_size);
  Sha256 hash;
  ArchivePart part;
  std::vector<char> buffer(block_bytes);
  while (const std::size_t count = read_some(source.get(), buffer)) {
    const std::string_view bytes{buffer.data(), count};
    hash.add(bytes);
    stream_->write(bytes);
    part.bytes += static_cast<std::int64_t>(count);
  }
  if (part.bytes != figures.st_size) throw ArchiveError{file.string() + " changed while it was read"};
  part.sha256 = hash.finish();
  return part;
}

void ArchiveWriter::add_text(const std::string& name, std::string_view text) {
  stream_->begin(name, static_cast<std::int64_t>(text.size()));
  stream_->write(text);
}

void ArchiveWriter::finish() {
  stream_->check(archive_write_close(stream_->archive));
  sync_to_disk(unfinished_);
  std::filesystem::rename(unfinished_, target_);
  stream_.reset();
  sync_to_disk(std::filesystem::absolute(target_).parent_path());
}

struct ArchiveReader::Stream {
  explicit Stream(const std::filesystem::path& source) : file{open_file(source, O_RDONLY)}, owned{archive_read_new()} {
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_tar(archive);
    check(archive_read_open_fd(archive, file.get(), block_bytes));
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void check(int code) {
    if (code != ARCHIVE_OK) fail(archive, "the archive is damaged or is not a backup");
  }
  /// Nothing after the part's last byte.
  std::string_view read(std::vector<char>& buffer) {
    const la_ssize_t count = archive_read_data(archive, buffer.data(), buffer.size());
    if (count < 0) check(static_cast<int>(count));
    return {buffer.data(), static_cast<std::size_t>(count)};
  }

  struct Free {
    void operator()(struct archive* stream) const { archive_read_free(stream); }
  };
  FileDescriptor file;
  std::unique_ptr<struct archive, Free>
      owned;  // freed also when the constructor throws: what it opens may be no archive
  struct archive* archive = owned.get();
};

ArchiveReader::ArchiveReader(const std::filesystem::path& source) : stream_{std::make_unique<Stream>(source)} {}

ArchiveReader::~ArchiveReader() = default;

std::optional<std::string> ArchiveReader::next() {
  archive_entry* entry = nullptr;
  const int code = archive_read_next_header(stream_->archive, &entry);
  if (code == ARCHIVE_EOF) return std::nullopt;
  stream_->check(code);
  const char* name = archive_entry_pathname(entry);
  if (name == nullptr || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
    throw ArchiveError{"the archive holds something that is not a plain file"};
  }
  return name;
}

ArchivePart ArchiveReader::extract_to(const std::filesystem::path& file) {
  const FileDescriptor target = open_file(file, O_WRONLY | O_CREAT | O_EXCL, 0600);
  Sha256 hash;
  ArchivePart part;
  std::vector<char> buffer(block_bytes);
  for (auto bytes = stream_->read(buffer); !bytes.empty(); bytes = stream_->read(buffer)) {
    hash.add(bytes);
    write_all(target.get(), bytes);
    part.bytes += static_cast<std::int64_t>(bytes.size());
  }
  if (::fsync(target.get()) != 0) throw std::system_error{errno, std::generic_category(), file.string()};
  part.sha256 = hash.finish();
  return part;
}

std::string ArchiveReader::text(std::size_t most_bytes) {
  std::string all;
  std::vector<char> buffer(block_bytes);
  for (auto bytes = stream_->read(buffer); !bytes.empty(); bytes = stream_->read(buffer)) {
    all += bytes;
    if (all.size() > most_bytes) throw ArchiveError{"the archive's list of contents is too long"};
  }
  return all;
}

}  // namespace plenary::server::ops
