#include "storage/connection.hpp"

namespace plenary::storage {

namespace {

[[noreturn]] void fail(sqlite3* handle, int code, const char* doing) {
  const std::string message = handle != nullptr ? sqlite3_errmsg(handle) : sqlite3_errstr(code);
  throw StorageError{handle != nullptr ? sqlite3_extended_errcode(handle) : code, std::string{doing} + ": " + message};
}

constexpr const char* writer_pragmas =
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
    "PRAGMA mmap_size=0; PRAGMA wal_autocheckpoint=0; PRAGMA cache_size=-16384; PRAGMA temp_store=MEMORY;";
constexpr const char* reader_pragmas =
    "PRAGMA query_only=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-8192; PRAGMA temp_store=MEMORY;";

}  // namespace

Connection::Connection(const std::filesystem::path& file, Role role) {
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_READWRITE | (role == Role::writer ? SQLITE_OPEN_CREATE : 0);
  const int code = sqlite3_open_v2(file.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string message = handle_ != nullptr ? sqlite3_errmsg(handle_) : sqlite3_errstr(code);
    sqlite3_close(handle_);
    throw StorageError{code, "open " + file.string() + ": " + message};
  }
  sqlite3_extended_result_codes(handle_, 1);
  sqlite3_busy_timeout(handle_, 5'000);
  try {
    execute(role == Role::writer ? writer_pragmas : reader_pragmas);
  } catch (...) {
    sqlite3_close(handle_);
    throw;
  }
  if (role == Role::writer) {
    sqlite3_wal_hook(
        handle_,
        [](void* self, sqlite3*, const char*, int pages) {
          static_cast<Connection*>(self)->wal_pages_ = pages;
          return SQLITE_OK;
        },
        this);
  }
}

Connection::~Connection() {
  for (const auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(handle_);
}

void Connection::execute(const char* sql) {
  const int code = sqlite3_exec(handle_, sql, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(handle_, code, "execute");
}

int Connection::checkpoint() {
  int log_pages = 0;
  int moved_pages = 0;
  const int code = sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, &log_pages, &moved_pages);
  if (code != SQLITE_OK && code != SQLITE_BUSY) fail(handle_, code, "checkpoint");
  wal_pages_ = log_pages - moved_pages;
  return wal_pages_;
}

sqlite3_stmt* Connection::prepared(const char* sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return found->second;
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) fail(handle_, code, sql);
  statements_.emplace(sql, statement);
  return statement;
}

Query::Query(Connection& connection, const char* sql) : connection_{connection}, statement_{connection.prepared(sql)} {}

Query::~Query() {
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

int Query::index(const char* name) const {
  const int found = sqlite3_bind_parameter_index(statement_, name);
  if (found == 0) throw StorageError{SQLITE_RANGE, std::string{"no parameter "} + name};
  return found;
}

void Query::check(int code) const {
  if (code != SQLITE_OK) fail(connection_.handle_, code, sqlite3_sql(statement_));
}

Query& Query::bind(const char* name, std::int64_t value) {
  check(sqlite3_bind_int64(statement_, index(name), value));
  return *this;
}

Query& Query::bind(const char* name, std::string_view value) {
  // An empty view may have no address, which SQLite would take for NULL.
  const char* data = value.data() != nullptr ? value.data() : "";
  check(sqlite3_bind_text(statement_, index(name), data, static_cast<int>(value.size()), SQLITE_TRANSIENT));
  return *this;
}

Query& Query::bind(const char* name, const Blob& value) {
  check(sqlite3_bind_blob(statement_, index(name), value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT));
  return *this;
}

Query& Query::bind(const char* name, std::nullopt_t) {
  check(sqlite3_bind_null(statement_, index(name)));
  return *this;
}

bool Query::step() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  fail(connection_.handle_, code, sqlite3_sql(statement_));
}

void Query::run() {
  while (step()) {
  }
}

std::string Query::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
  return data == nullptr ? std::string{}
                         : std::string{data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

Blob Query::blob(int column) const {
  const auto* data = static_cast<const std::uint8_t*>(sqlite3_column_blob(statement_, column));
  return data == nullptr ? Blob{} : Blob{data, data + sqlite3_column_bytes(statement_, column)};
}

std::optional<std::int64_t> Query::optional_integer(int column) const {
  if (is_null(column)) return std::nullopt;
  return integer(column);
}

std::optional<std::string> Query::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return text(column);
}

namespace {
/// SQLite asks every so many virtual machine steps whether to go on.
constexpr int steps_between_questions = 4'000;
}  // namespace

ReadTransaction::ReadTransaction(Connection& connection, std::chrono::milliseconds longest)
    : connection_{connection}, deadline_{std::chrono::steady_clock::now() + longest} {
  connection_.execute("BEGIN");
  sqlite3_progress_handler(
      connection_.handle(), steps_between_questions,
      [](void* self) {
        return std::chrono::steady_clock::now() > static_cast<ReadTransaction*>(self)->deadline_ ? 1 : 0;
      },
      this);
}

ReadTransaction::~ReadTransaction() {
  sqlite3_progress_handler(connection_.handle(), 0, nullptr, nullptr);
  sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

}  // namespace plenary::storage
