#include "storage/copy.hpp"

namespace plenary::storage {

namespace {

// Nobody reads the target before it is whole: no journal, no waiting for its disk, and pages leave the cache as they come
// rather than all in the last step.
constexpr const char* target_pragmas =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-1024; PRAGMA locking_mode=EXCLUSIVE;";

constexpr int pages_of_a_step = 4'096;

}  // namespace

DatabaseCopy::DatabaseCopy(Connection& source, const std::filesystem::path& target) {
  std::filesystem::remove(target);
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  int code = sqlite3_open_v2(target.c_str(), &target_, flags, nullptr);
  if (code == SQLITE_OK) code = sqlite3_exec(target_, target_pragmas, nullptr, nullptr, nullptr);
  if (code == SQLITE_OK) backup_ = sqlite3_backup_init(target_, "main", source.handle(), "main");
  if (backup_ != nullptr) return;
  const StorageError failure{sqlite3_extended_errcode(target_),
                             std::string{"copy to a file: "} + sqlite3_errmsg(target_)};
  sqlite3_close(target_);
  throw failure;
}

DatabaseCopy::~DatabaseCopy() {
  sqlite3_backup_finish(backup_);
  sqlite3_close(target_);
}

bool DatabaseCopy::step(int pages) {
  const int code = sqlite3_backup_step(backup_, pages);
  if (code == SQLITE_DONE) return true;
  if (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED) return false;
  throw StorageError{code, std::string{"copy: "} + sqlite3_errstr(code)};
}

void copy_database(Connection& source, const std::filesystem::path& target) {
  DatabaseCopy copy{source, target};
  while (!copy.step(pages_of_a_step)) {
  }
}

}  // namespace plenary::storage
