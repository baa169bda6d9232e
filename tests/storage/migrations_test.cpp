#include "storage/migrations.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "storage/integrity.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

std::string fixture(int schema) {
  const auto name = "schema-" + std::to_string(schema) + ".sql";
  const std::ifstream file{std::filesystem::path{PLENARY_STORAGE_FIXTURES} / name};
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> schema_text(Connection& connection) {
  return rows(connection,
              "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name");
}

struct EmptyFile {
  plenary::test::TemporaryFolder folder;
  Connection writer{folder / "plenary.db", Connection::Role::writer};
};

TEST(Migrations, are_numbered_from_one_without_a_gap) {
  int expected = 0;
  for (const Migration& migration : migrations()) EXPECT_EQ(migration.version, ++expected) << migration.name;
  EXPECT_EQ(newest_schema(), expected);
}

TEST(Migrations, bring_an_empty_file_to_the_newest) {
  EmptyFile file;
  EXPECT_EQ(schema_of(file.writer), 0);
  migrate(file.writer);
  EXPECT_EQ(schema_of(file.writer), newest_schema());
  EXPECT_THAT(check_integrity(file.writer, IntegrityCheck::full), IsEmpty());
}

TEST(Migrations, do_nothing_to_the_newest) {
  TestDatabase database;
  add_guest(database, "Ana");
  const auto before = contents(database.writer);
  migrate(database.writer);
  EXPECT_THAT(contents(database.writer), ElementsAreArray(before));
}

TEST(Migrations, a_newer_file_is_left_alone) {
  TestDatabase database;
  database.writer.execute("PRAGMA user_version=9999");
  const auto before = contents(database.writer);
  EXPECT_THROW(migrate(database.writer), StorageError);
  EXPECT_THAT(contents(database.writer), ElementsAreArray(before));
  EXPECT_EQ(schema_of(database.writer), 9999);
}

TEST(Migrations, one_that_fails_leaves_the_file_as_it_was) {
  EmptyFile file;
  // In the way of a table that comes late in the first migration.
  file.writer.execute("CREATE TABLE attendance (x)");
  const auto before = contents(file.writer);
  EXPECT_THROW(migrate(file.writer), StorageError);
  EXPECT_THAT(contents(file.writer), ElementsAreArray(before));
  EXPECT_EQ(schema_of(file.writer), 0);
  file.writer.execute("DROP TABLE attendance");
  migrate(file.writer);
  EXPECT_EQ(schema_of(file.writer), newest_schema()) << "and it can be tried again";
}

TEST(Migrations, are_applied_one_after_the_other_and_each_by_itself) {
  EmptyFile file;
  const History two{{1, "first", "CREATE TABLE room (id)"}, {2, "second", "INSERT INTO room VALUES (7)"}};
  const History three{two[0], two[1], {3, "third", "INSERT INTO room VALUES (8); INSERT INTO nowhere VALUES (1)"}};
  migrate(file.writer, {two[0]});
  EXPECT_EQ(schema_of(file.writer), 1);
  migrate(file.writer, two);
  EXPECT_EQ(schema_of(file.writer), 2);
  EXPECT_THROW(migrate(file.writer, three), StorageError);
  EXPECT_EQ(schema_of(file.writer), 2);
  EXPECT_THAT(rows(file.writer, "SELECT id FROM room"), ::testing::ElementsAre("7"));
  EXPECT_THROW(migrate(file.writer, {two[0]}), StorageError) << "an older program";
}

/// fixtures/README.md says how a fixture is made.
class OlderSchema : public ::testing::TestWithParam<int> {};

TEST_P(OlderSchema, is_brought_to_the_newest_with_all_it_holds) {
  ASSERT_FALSE(fixture(GetParam()).empty()) << "tests/storage/fixtures/README.md says how to make it";
  EmptyFile file;
  file.writer.execute("PRAGMA foreign_keys=OFF");
  file.writer.execute(fixture(GetParam()).c_str());
  file.writer.execute("PRAGMA foreign_keys=ON");
  ASSERT_EQ(schema_of(file.writer), GetParam());
  const auto messages = rows(file.writer, "SELECT id, text FROM message ORDER BY id");
  const auto people = rows(file.writer, "SELECT id, name FROM person ORDER BY id");
  const bool has_appeals = GetParam() >= 2;
  const char* const every_appeal = "SELECT id, webinar, message, question, state, text FROM appeal ORDER BY id";
  const auto appeals = has_appeals ? rows(file.writer, every_appeal) : std::vector<std::string>{};
  ASSERT_NE(appeals.empty(), has_appeals);
  ASSERT_FALSE(messages.empty());
  ASSERT_FALSE(people.empty());

  migrate(file.writer);

  EXPECT_EQ(schema_of(file.writer), newest_schema());
  EXPECT_THAT(check_integrity(file.writer, IntegrityCheck::full), IsEmpty());
  EXPECT_THAT(rows(file.writer, "SELECT id, text FROM message ORDER BY id"), ElementsAreArray(messages));
  EXPECT_THAT(rows(file.writer, "SELECT id, name FROM person ORDER BY id"), ElementsAreArray(people));
  EXPECT_THAT(rows(file.writer, every_appeal), ElementsAreArray(appeals));
  TestDatabase fresh;
  EXPECT_THAT(schema_text(file.writer), ElementsAreArray(schema_text(fresh.writer)))
      << "a migration that was released must not be edited: add another";
}

INSTANTIATE_TEST_SUITE_P(All, OlderSchema, ::testing::Range(1, newest_schema() + 1));

}  // namespace
}  // namespace plenary::storage::test
