#include "storage/connection.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAre;

int error_code_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const StorageError& error) {
    return error.code() & 0xff;
  }
  return SQLITE_OK;
}

TEST(Connection, the_writer_loses_nothing_it_committed) {
  plenary::test::TemporaryFolder folder;
  Connection writer{folder / "plenary.db", Connection::Role::writer};
  EXPECT_THAT(rows(writer, "PRAGMA journal_mode"), ElementsAre("wal"));
  EXPECT_THAT(rows(writer, "PRAGMA synchronous"), ElementsAre("2"));
  EXPECT_THAT(rows(writer, "PRAGMA foreign_keys"), ElementsAre("1"));
  EXPECT_THAT(rows(writer, "PRAGMA secure_delete"), ElementsAre("1"));
  EXPECT_THAT(rows(writer, "PRAGMA mmap_size"), ElementsAre("0"));
  EXPECT_THAT(rows(writer, "PRAGMA wal_autocheckpoint"), ElementsAre("0"));
}

TEST(Connection, a_reader_writes_nothing_and_creates_no_file) {
  TestDatabase database;
  Connection reader{database.file, Connection::Role::reader};
  EXPECT_EQ(error_code_of([&] { reader.execute("DELETE FROM counter"); }), SQLITE_READONLY);
  EXPECT_EQ(error_code_of([&] { Connection{database.folder / "none.db", Connection::Role::reader}; }), SQLITE_CANTOPEN);
  EXPECT_FALSE(std::filesystem::exists(database.folder / "none.db"));
}

TEST(Connection, a_read_transaction_sees_one_moment) {
  TestDatabase database;
  Connection reader{database.file, Connection::Role::reader};
  const ReadTransaction moment{reader};
  const auto before = rows(reader, "SELECT count(*) FROM person");
  add_guest(database, "Ana");
  EXPECT_EQ(rows(reader, "SELECT count(*) FROM person"), before);
  EXPECT_THAT(rows(database.writer, "SELECT count(*) FROM person"), ElementsAre("1"));
}

TEST(Connection, a_read_that_takes_too_long_is_interrupted) {
  TestDatabase database;
  Connection reader{database.file, Connection::Role::reader};
  const auto count_far = [&] {
    Query query{reader,
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT sum(i) FROM n"};
    query.step();
  };
  {
    const ReadTransaction moment{reader, std::chrono::milliseconds{0}};
    EXPECT_EQ(error_code_of(count_far), SQLITE_INTERRUPT);
  }
  EXPECT_EQ(error_code_of(count_far), SQLITE_OK) << "what comes afterwards is not";
}

TEST(Connection, a_checkpoint_does_not_wait_for_readers) {
  TestDatabase database;
  Connection reader{database.file, Connection::Role::reader};
  {
    const ReadTransaction moment{reader};
    rows(reader, "SELECT count(*) FROM person");
    add_guest(database, "Ana");
    EXPECT_GT(database.writer.wal_pages(), 0);
    EXPECT_GT(database.writer.checkpoint(), 0) << "what came after the reader's moment has to stay";
  }
  EXPECT_EQ(database.writer.checkpoint(), 0);
}

TEST(Query, parameters_are_bound_by_name_in_any_order) {
  TestDatabase database;
  Query query{database.writer, "SELECT $second, $first, $second"};
  query.bind("$first", 1).bind("$second", "two");
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), "two");
  EXPECT_EQ(query.integer(1), 1);
  EXPECT_EQ(query.text(2), "two");
  EXPECT_FALSE(query.step());
}

TEST(Query, an_unknown_parameter_is_a_bug) {
  TestDatabase database;
  Query query{database.writer, "SELECT $name"};
  EXPECT_EQ(error_code_of([&] { query.bind("$nmae", 1); }), SQLITE_RANGE);
}

TEST(Query, empty_text_is_not_null) {
  TestDatabase database;
  Query query{database.writer, "SELECT $text IS NULL, $nothing IS NULL, $absent IS NULL"};
  query.bind("$text", std::string_view{}).bind("$nothing", std::nullopt).bind("$absent", std::optional<std::int64_t>{});
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.integer(0), 0);
  EXPECT_EQ(query.integer(1), 1);
  EXPECT_EQ(query.integer(2), 1);
}

TEST(Query, text_and_blobs_come_back_byte_for_byte) {
  TestDatabase database;
  const std::string text{"a\0b é 👩‍👩‍👧", 17};
  const Blob blob{0, 255, 7};
  Query query{database.writer, "SELECT $text, $blob, NULL"};
  query.bind("$text", text).bind("$blob", blob);
  ASSERT_TRUE(query.step());
  EXPECT_EQ(query.text(0), text);
  EXPECT_EQ(query.blob(1), blob);
  EXPECT_EQ(query.optional_text(2), std::nullopt);
  EXPECT_EQ(query.optional_integer(2), std::nullopt);
}

TEST(Query, a_statement_is_cleared_between_its_uses) {
  TestDatabase database;
  static constexpr const char* sql = "SELECT $value";
  { Query{database.writer, sql}.bind("$value", 5).step(); }
  Query again{database.writer, sql};
  ASSERT_TRUE(again.step());
  EXPECT_TRUE(again.is_null(0));
}

TEST(StorageError, its_code_words_hold_nothing_of_the_statement) {
  TestDatabase database;
  try {
    database.writer.execute("INSERT INTO nowhere VALUES ('what somebody wrote')");
    FAIL();
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code_words(), "SQL logic error");
    EXPECT_FALSE(error.is_full());
  }
}

}  // namespace
}  // namespace plenary::storage::test
