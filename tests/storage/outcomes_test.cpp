#include "storage/outcomes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

const IntentKey intent{7, Blob(16, 1)};
const Blob hash(32, 2);

TEST(Outcomes, P31_a_stored_outcome_is_found_by_person_and_key) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    reserve_outcome(transaction, intent, hash, noon);
    store_outcome(transaction, intent, R"({"message":1})");
  });
  const auto found = find_outcome(database.writer, intent);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->hash, hash);
  EXPECT_EQ(found->reply, R"({"message":1})");
  EXPECT_FALSE(find_outcome(database.writer, {8, intent.key})) << "another person's key is another intent";
  EXPECT_FALSE(find_outcome(database.writer, {7, Blob(16, 9)}));
}

TEST(Outcomes, P31_a_reserved_one_has_no_reply_yet_and_cannot_be_reserved_again) {
  TestDatabase database;
  Transaction transaction{database.writer};
  reserve_outcome(transaction, intent, hash, noon);
  EXPECT_EQ(find_outcome(database.writer, intent)->reply, std::nullopt);
  EXPECT_THROW(reserve_outcome(transaction, intent, hash, noon), StorageError);
}

TEST(Outcomes, P31_a_command_that_fails_takes_its_key_back) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    transaction.begin_command();
    reserve_outcome(transaction, intent, hash, noon);
    transaction.roll_back_command();
  });
  EXPECT_FALSE(find_outcome(database.writer, intent)) << "so that the intent can be tried again";
}

TEST(Outcomes, P31_old_ones_are_forgotten_a_few_at_a_time) {
  TestDatabase database;
  using std::chrono::milliseconds;
  database.change([](Transaction& transaction) {
    for (std::uint8_t i = 0; i < 5; ++i) reserve_outcome(transaction, {7, Blob(16, i)}, hash, noon + milliseconds{i});
  });
  std::int64_t forgotten = 0;
  const auto forget = [&](Transaction& transaction) {
    forgotten = forget_outcomes(transaction, noon + milliseconds{3}, 2);
  };
  database.change(forget);
  EXPECT_EQ(forgotten, 2);
  database.change(forget);
  EXPECT_EQ(forgotten, 1);
  database.change(forget);
  EXPECT_EQ(forgotten, 0);
  EXPECT_TRUE(find_outcome(database.writer, {7, Blob(16, 3)}));
  EXPECT_TRUE(find_outcome(database.writer, {7, Blob(16, 4)}));
}

}  // namespace
}  // namespace plenary::storage::test
