#include "server/ops/database_start.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "server/ops/operator_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::ops {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const storage::History old_history{{1, "first", "CREATE TABLE room (name); INSERT INTO room VALUES ('kept')"}};
const storage::History new_history{
    old_history[0], {2, "second", "ALTER TABLE room ADD COLUMN size"}, {3, "third", "UPDATE room SET size = 3"}};
constexpr protocol::Timestamp first_minute{1'780'000'000'000};

struct DatabaseStarts : ::testing::Test {
  void start(const storage::History& history, protocol::Timestamp now = first_minute, std::int64_t keep = 5,
             bool check = false) {
    start_database(data, {keep, check, history}, now, log);
  }
  std::string refusal_of_start(const storage::History& history, bool check = false) {
    try {
      start(history, first_minute, 5, check);
    } catch (const OperatorError& error) {
      return error.what();
    }
    return "was not refused";
  }
  int schema_in(const std::filesystem::path& file) {
    storage::Connection connection{file, storage::Connection::Role::reader};
    return storage::schema_of(connection);
  }
  std::vector<std::string> backups() {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator{data.paths().backups()}) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

  test::TemporaryFolder folder;
  DataFolder data{folder / "data"};
  std::ostringstream out;
  Log log{Level::info, LogFormat::text, out};
};

TEST_F(DatabaseStarts, an_empty_folder_gets_a_database_and_no_backup) {
  start(new_history);
  EXPECT_EQ(schema_in(data.paths().database()), 3);
  EXPECT_THAT(backups(), IsEmpty());
  EXPECT_THAT(out.str(), HasSubstr("database_migrated from=0 to=3"));
}

TEST_F(DatabaseStarts, an_older_schema_is_copied_then_migrated) {
  start(old_history);
  start(new_history);
  EXPECT_EQ(schema_in(data.paths().database()), 3);
  ASSERT_THAT(backups(), ElementsAre("schema-1-20260528T202640Z.db"));
  EXPECT_EQ(schema_in(data.paths().backups() / backups()[0]), 1);
  EXPECT_THAT(out.str(), HasSubstr("database_copied copy="));
}

TEST_F(DatabaseStarts, the_present_schema_is_left_alone) {
  start(new_history);
  out.str("");
  start(new_history);
  EXPECT_THAT(backups(), IsEmpty());
  EXPECT_THAT(out.str(), IsEmpty());
}

TEST_F(DatabaseStarts, a_newer_schema_is_refused_with_a_sentence_and_untouched) {
  start(new_history);
  EXPECT_THAT(refusal_of_start(old_history),
              HasSubstr("was written by a newer Plenary (schema 3; this one knows schemas up to 1)"));
  EXPECT_EQ(schema_in(data.paths().database()), 3);
  EXPECT_THAT(backups(), IsEmpty());
}

TEST_F(DatabaseStarts, a_migration_that_fails_leaves_the_copy_and_the_database_as_it_was) {
  start(old_history);
  const storage::History broken{old_history[0], {2, "broken", "INSERT INTO nowhere VALUES (1)"}};
  EXPECT_THROW(start(broken), storage::StorageError);
  EXPECT_EQ(schema_in(data.paths().database()), 1);
  EXPECT_THAT(backups(), SizeIs(1));
}

TEST_F(DatabaseStarts, only_the_newest_copies_are_kept_and_nothing_else_is_removed) {
  std::ofstream{data.paths().backups() / "mine.plenary"} << "x";
  for (int minute = 0; minute < 4; ++minute) {
    std::filesystem::remove(data.paths().database());
    start(old_history);
    start(new_history, first_minute + std::chrono::minutes{minute}, 2);
    // What the file system remembers of two copies in one tick says nothing about their order.
    for (const auto& name : backups()) {
      const auto file = data.paths().backups() / name;
      std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) - std::chrono::minutes{1});
    }
  }
  EXPECT_THAT(backups(), ElementsAre("mine.plenary", "schema-1-20260528T202840Z.db", "schema-1-20260528T202940Z.db"));
}

TEST_F(DatabaseStarts, what_a_backup_left_behind_is_removed_unless_one_is_being_made) {
  std::ofstream{data.paths().backup_copy()} << "x";
  {
    const auto making = lock_backups(data.paths());
    start(new_history);
    EXPECT_TRUE(std::filesystem::exists(data.paths().backup_copy()));
  }
  start(new_history);
  EXPECT_FALSE(std::filesystem::exists(data.paths().backup_copy()));
}

TEST_F(DatabaseStarts, what_is_no_database_is_refused_with_a_sentence) {
  std::ofstream{data.paths().database()} << std::string(10'000, 'x');
  EXPECT_THAT(refusal_of_start(new_history), HasSubstr("cannot be opened: file is not a database"));
}

TEST_F(DatabaseStarts, a_check_finds_damage_before_anything_is_written) {
  start(old_history);
  {
    storage::Connection connection{data.paths().database(), storage::Connection::Role::writer};
    connection.execute("CREATE TABLE big (text); INSERT INTO big VALUES (hex(zeroblob(20000)))");
  }
  {
    std::fstream bytes{data.paths().database(), std::ios::in | std::ios::out | std::ios::binary};
    bytes.seekp(2 * 4'096);
    bytes << std::string(4'096, 'x');
  }
  EXPECT_THAT(refusal_of_start(new_history, true), HasSubstr("is damaged ("));
  EXPECT_THAT(backups(), IsEmpty());
  EXPECT_EQ(schema_in(data.paths().database()), 1);
}

TEST_F(DatabaseStarts, a_check_of_a_whole_one_is_logged) {
  start(new_history);
  start(new_history, first_minute, 5, true);
  EXPECT_THAT(out.str(), HasSubstr("info database_checked\n"));
}

}  // namespace
}  // namespace plenary::server::ops
