// A disk that is full: what was committed stays, what was not leaves no trace, and room again is all that is needed.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "storage/channels.hpp"
#include "storage/integrity.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;

/// SQLite fails exactly as it does on a full disk once the file may not grow beyond so many pages
/// (https://sqlite.org/pragma.html#pragma_max_page_count).
void leave_pages(Connection& connection, int pages) {
  const auto used = std::stoi(rows(connection, "PRAGMA page_count").at(0));
  rows(connection, "PRAGMA max_page_count=" + std::to_string(used + pages));
}

void post(Transaction& transaction, std::int64_t id, const std::string& text) {
  transaction.publish("webinar/1", id, protocol::PersonRecord{text, {}, std::nullopt}, Placement::timeline());
}

TEST(FullDisk, takes_back_the_transaction_and_says_so) {
  TestDatabase database;
  database.change([](Transaction& transaction) { post(transaction, 1, "kept"); });
  const auto before = contents(database.writer);
  leave_pages(database.writer, 2);
  try {
    database.change([](Transaction& transaction) {
      for (std::int64_t id = 2; id < 100; ++id) post(transaction, id, std::string(2'000, 'x'));
    });
    FAIL() << "there was room";
  } catch (const StorageError& error) {
    EXPECT_TRUE(error.is_full()) << error.what();
  }
  EXPECT_THAT(contents(database.writer), ElementsAreArray(before));
  EXPECT_THAT(check_integrity(database.writer, IntegrityCheck::full), IsEmpty());
}

TEST(FullDisk, room_again_is_all_it_needs) {
  TestDatabase database;
  leave_pages(database.writer, 0);
  const auto big = [](Transaction& transaction) {
    for (std::int64_t id = 1; id < 50; ++id) post(transaction, id, std::string(2'000, 'x'));
  };
  EXPECT_THROW(database.change(big), StorageError);
  leave_pages(database.writer, 1'000);
  EXPECT_EQ(database.change(big).channels.at(0).rev, 49) << "no rev was lost to the failure";
}

TEST(FullDisk, P12_a_failed_command_in_a_full_batch_leaves_the_others_to_be_run_again) {
  TestDatabase database;
  leave_pages(database.writer, 1);
  {
    Transaction transaction{database.writer};
    transaction.begin_command();
    post(transaction, 1, "small");
    transaction.keep_command();
    transaction.begin_command();
    for (std::int64_t id = 2; id < 50; ++id) post(transaction, id, std::string(2'000, 'x'));
    transaction.keep_command();
    EXPECT_THROW(transaction.finish(), StorageError);
  }
  leave_pages(database.writer, 10);
  const auto changes = database.change([](Transaction& transaction) { post(transaction, 1, "small"); });
  EXPECT_EQ(changes.channels.at(0).rev, 1);
  EXPECT_EQ(read_head(database.writer, "webinar/1")->pos, 1);
}

TEST(Damage, is_found) {
  plenary::test::TemporaryFolder folder;
  const auto file = folder / "plenary.db";
  {
    Connection writer{file, Connection::Role::writer};
    migrate(writer);
    EXPECT_THAT(check_integrity(writer, IntegrityCheck::quick), IsEmpty());
    EXPECT_THAT(check_integrity(writer, IntegrityCheck::full), IsEmpty());
    writer.execute("PRAGMA foreign_keys=OFF; INSERT INTO dirty_tally VALUES (9)");
    EXPECT_THAT(check_integrity(writer, IntegrityCheck::full),
                ::testing::ElementsAre("a row of dirty_tally refers to a missing row of message"));
    rows(writer, "PRAGMA wal_checkpoint(TRUNCATE)");
  }
  std::fstream bytes{file, std::ios::in | std::ios::out | std::ios::binary};
  bytes.seekp(3 * 4'096);
  bytes << std::string(4'096, 'x');
  bytes.close();
  Connection writer{file, Connection::Role::writer};
  const auto findings = check_integrity(writer, IntegrityCheck::quick);
  EXPECT_FALSE(findings.empty());
}

}  // namespace
}  // namespace plenary::storage::test
