#pragma once
// The SQLite driver: a connection, its prepared statements, and what can go wrong with a disk.
//
// A Connection belongs to one thread at a time. There is exactly one that writes or checkpoints (SQLite before 3.51.3
// can corrupt a WAL otherwise, https://sqlite.org/wal.html "The WAL-reset bug"); readers are opened query-only.
// Parameters are bound by name (`$person`), because SQLite numbers `$2,$1` by first appearance.

#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace plenary::storage {

/// The disk, corruption, or a bug in SQL. Not for outcomes that depend on input.
class StorageError : public std::runtime_error {
 public:
  StorageError(int code, const std::string& what) : std::runtime_error{what}, code_{code} {}
  /// SQLite's extended result code.
  [[nodiscard]] int code() const { return code_; }
  [[nodiscard]] bool is_full() const { return (code_ & 0xff) == SQLITE_FULL; }
  /// SQLite's fixed words for the code; unlike what(), nothing of a statement or of what somebody wrote.
  [[nodiscard]] std::string_view code_words() const { return sqlite3_errstr(code_); }

 private:
  int code_;
};

using Blob = std::vector<std::uint8_t>;

class Connection {
 public:
  enum class Role { writer, reader };

  /// Opens (the writer: creates) the file; ":memory:" for tests. WAL, synchronous=FULL, foreign keys on, no mmap,
  /// secure_delete on. Throws StorageError.
  Connection(const std::filesystem::path& file, Role role);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs statements that give no rows (schema, BEGIN).
  void execute(const char* sql);
  [[nodiscard]] sqlite3* handle() const { return handle_; }
  [[nodiscard]] std::int64_t last_insert_id() const { return sqlite3_last_insert_rowid(handle_); }
  [[nodiscard]] std::int64_t changes() const { return sqlite3_changes64(handle_); }

  /// Moves what is in the WAL into the file without waiting for anybody. Pages left in the WAL.
  int checkpoint();
  /// Pages in the WAL after the last commit of this connection.
  [[nodiscard]] int wal_pages() const { return wal_pages_; }

 private:
  friend class Query;
  sqlite3_stmt* prepared(const char* sql);

  sqlite3* handle_ = nullptr;
  std::unordered_map<const char*, sqlite3_stmt*> statements_;  // keyed by the literal's address
  int wal_pages_ = 0;
};

/// One use of a prepared statement. `sql` is a string literal: the statement is kept by its address. Text and blobs bound
/// must live until the last step().
class Query {
 public:
  Query(Connection& connection, const char* sql);
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  Query& bind(const char* name, std::int64_t value);
  Query& bind(const char* name, std::string_view value);
  Query& bind(const char* name, const char* value) { return bind(name, std::string_view{value}); }
  Query& bind(const char* name, const Blob& value);
  Query& bind(const char* name, std::nullopt_t);
  template <class T>
  Query& bind(const char* name, const std::optional<T>& value) {
    return value ? bind(name, *value) : bind(name, std::nullopt);
  }

  /// True while there is a row.
  bool step();
  /// For statements that give no row.
  void run();

  [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] Blob blob(int column) const;
  [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
  [[nodiscard]] std::optional<std::int64_t> optional_integer(int column) const;
  [[nodiscard]] std::optional<std::string> optional_text(int column) const;

 private:
  int index(const char* name) const;
  void check(int code) const;

  Connection& connection_;
  sqlite3_stmt* statement_;
};

/// One consistent view for several reads. Interrupted after `longest`: then reads throw StorageError (SQLITE_INTERRUPT).
class ReadTransaction {
 public:
  explicit ReadTransaction(Connection& connection, std::chrono::milliseconds longest = std::chrono::seconds{1});
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  Connection& connection_;
  std::chrono::steady_clock::time_point deadline_;
};

}  // namespace plenary::storage
