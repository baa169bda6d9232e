#include "storage/runs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/channels.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

TEST(Runs, P15_a_run_begins_at_a_commit_of_its_own) {
  TestDatabase database;
  database.change([](Transaction& transaction) { begin_run(transaction, "first", noon); });
  database.change([](Transaction& transaction) { begin_run(transaction, "second", noon); });
  const auto quiet = runs(database.writer);
  ASSERT_EQ(quiet.size(), 2U);
  EXPECT_LT(quiet[0].begins_at, quiet[1].begins_at) << "also when nothing happened in between";

  database.change([](Transaction& transaction) {
    transaction.publish("webinar/1", 1, protocol::RemovedMessageRecord{}, Placement::timeline());
  });
  database.change([](Transaction& transaction) { begin_run(transaction, "third", noon); });
  const auto all = runs(database.writer);
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].epoch, "first");
  EXPECT_EQ(all[2].epoch, "third");
  EXPECT_EQ(all[2].begins_at, last_commit(database.writer));
  EXPECT_EQ(all[2].begins_at, all[1].begins_at + 2);
}

TEST(Runs, each_but_the_first_gives_people_and_messages_ids_that_no_other_run_gives) {
  TestDatabase database;
  const auto webinar = add_webinar(database);
  const auto run_at = [&](const char* epoch, protocol::Timestamp now) {
    database.change([&](Transaction& transaction) { begin_run(transaction, epoch, now); });
    const auto person = add_guest(database, "Ana");
    return std::pair{person.value, add_message(database, webinar, person, "Hello").value};
  };
  EXPECT_EQ(run_at("first", noon), std::pair(std::int64_t{1}, std::int64_t{1}));
  const auto [person, message] = run_at("second", noon);
  EXPECT_GT(person, noon.milliseconds);
  EXPECT_GT(message, noon.milliseconds);
  EXPECT_LT(message, protocol::largest_integer);
  const auto [later_person, later_message] = run_at("third", noon + std::chrono::milliseconds{1});
  EXPECT_GT(later_person, person);
  EXPECT_GT(later_message, message);
  const auto [person_of_a_slow_clock, message_of_a_slow_clock] = run_at("fourth", {1});
  EXPECT_EQ(person_of_a_slow_clock, later_person + 1) << "a clock that was set back gives no id twice";
  EXPECT_EQ(message_of_a_slow_clock, later_message + 1);
  EXPECT_EQ(add_webinar(database).value, webinar.value + 1) << "webinars have short numbers";
}

TEST(Runs, a_restore_leaves_webinar_numbers_behind) {
  TestDatabase database;
  const auto before = add_webinar(database);
  database.change([](Transaction& transaction) { skip_webinar_ids(transaction, 100); });
  EXPECT_EQ(add_webinar(database).value, before.value + 101);
}

TEST(Runs, P15_an_epoch_is_used_once) {
  TestDatabase database;
  database.change([](Transaction& transaction) { begin_run(transaction, "first", noon); });
  Transaction transaction{database.writer};
  EXPECT_THROW(begin_run(transaction, "first", noon), StorageError);
}

}  // namespace
}  // namespace plenary::storage::test
