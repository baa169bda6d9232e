#include "storage/copy.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <random>

#include "storage/channels.hpp"
#include "storage/integrity.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

std::vector<std::string> contents_of(const std::filesystem::path& file) {
  Connection copy{file, Connection::Role::reader};
  EXPECT_THAT(check_integrity(copy, IntegrityCheck::full), IsEmpty());
  return contents(copy);
}

/// Posts, edits and removals; a command in four is taken back, a transaction in twenty. The page cache is so small that
/// what is taken back was often written to the log, and so to the copy, before.
class Traffic {
 public:
  Traffic(TestDatabase& database, unsigned seed) : database_{database}, random_{seed} {
    database.writer.execute("PRAGMA cache_size=20");
  }

  void one_transaction() {
    {
      Transaction transaction{database_.writer};
      for (int commands = 1 + pick(4); commands > 0; --commands) one_command(transaction);
      transaction.finish();
      if (pick(20) != 0) transaction.commit();
    }
    if (pick(10) == 0) database_.writer.checkpoint();
  }

 private:
  int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
  std::string text() { return std::string(static_cast<std::size_t>(pick(9'000)), static_cast<char>('a' + pick(26))); }
  void one_command(Transaction& transaction) {
    transaction.begin_command();
    for (int changes = 1 + pick(6); changes > 0; --changes) change(transaction);
    if (pick(4) == 0) {
      transaction.roll_back_command();
    } else {
      transaction.keep_command();
    }
  }
  void change(Transaction& transaction) {
    const std::int64_t id = 1 + pick(400);
    insert_guest(transaction, "Ana", noon);
    if (pick(5) == 0) return transaction.retract({"webinar/1", "person", id});
    transaction.publish("webinar/1", id, protocol::PersonRecord{text(), {}, std::nullopt}, Placement::timeline());
  }

  TestDatabase& database_;
  std::mt19937 random_;
};

TEST(DatabaseCopy, is_the_database_as_it_is_at_the_end_though_it_was_written_meanwhile) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    SCOPED_TRACE(seed);
    TestDatabase database;
    Traffic traffic{database, seed};
    for (int i = 0; i < 200; ++i) traffic.one_transaction();
    const auto target = database.folder / "copy.db";
    int steps = 0;
    {
      DatabaseCopy copy{database.writer, target};
      while (!copy.step(30)) {
        ASSERT_LT(++steps, 2'000) << "the copy never ends";
        traffic.one_transaction();
      }
    }
    EXPECT_GT(steps, 10) << "the copy was no race";
    EXPECT_THAT(contents_of(target), ElementsAreArray(contents(database.writer)));
    traffic.one_transaction();
  }
}

TEST(DatabaseCopy, is_not_touched_by_what_is_written_after_it) {
  TestDatabase database;
  add_guest(database, "Ana");
  const auto before = contents(database.writer);
  copy_database(database.writer, database.folder / "copy.db");
  add_guest(database, "Ben");
  EXPECT_THAT(contents_of(database.folder / "copy.db"), ElementsAreArray(before));
}

TEST(DatabaseCopy, replaces_what_was_there) {
  TestDatabase database;
  add_guest(database, "Ana");
  std::ofstream{database.folder / "copy.db"} << std::string(10'000, 'x');
  copy_database(database.writer, database.folder / "copy.db");
  EXPECT_THAT(contents_of(database.folder / "copy.db"), ElementsAreArray(contents(database.writer)));
}

TEST(DatabaseCopy, leaves_nothing_beside_itself) {
  TestDatabase database;
  std::filesystem::create_directory(database.folder / "backups");
  copy_database(database.writer, database.folder / "backups/copy.db");
  contents_of(database.folder / "backups/copy.db");
  const std::filesystem::directory_iterator files{database.folder / "backups"};
  EXPECT_EQ(std::distance(begin(files), end(files)), 1);
}

TEST(DatabaseCopy, that_is_given_up_does_not_hinder_the_writer) {
  TestDatabase database;
  for (int i = 0; i < 50; ++i) add_guest(database, std::string(3'000, 'x'));
  {
    DatabaseCopy copy{database.writer, database.folder / "copy.db"};
    EXPECT_FALSE(copy.step(1));
  }
  add_guest(database, "Ana");
  EXPECT_EQ(database.writer.checkpoint(), 0);
}

TEST(DatabaseCopy, says_when_its_target_cannot_be_written) {
  TestDatabase database;
  EXPECT_THROW(copy_database(database.writer, database.folder / "no such folder/copy.db"), StorageError);
}

}  // namespace
}  // namespace plenary::storage::test
