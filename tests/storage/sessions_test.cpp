#include "storage/sessions.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using protocol::SessionId;
using protocol::SiteRole;
using std::chrono::hours;
using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const Blob hash(32, 1);
const protocol::Timestamp later = noon + hours{1};

struct Sessions : ::testing::Test {
  SessionId begin(const Blob& token_hash, protocol::Timestamp expires_at) {
    SessionId id;
    database.change([&](Transaction& transaction) {
      id = insert_session(transaction, person, token_hash, "phone", noon, expires_at);
    });
    return id;
  }

  TestDatabase database;
  protocol::PersonId person = add_guest(database, "Ana");
};

TEST_F(Sessions, are_found_by_token_and_by_number_until_they_expire) {
  const auto id = begin(hash, later);
  const auto last_moment = later - milliseconds{1};
  ASSERT_TRUE(find_session(database.writer, hash, last_moment));
  EXPECT_EQ(find_session(database.writer, hash, last_moment)->person.id, person);
  EXPECT_EQ(find_session(database.writer, id, last_moment)->id, id);
  EXPECT_FALSE(find_session(database.writer, hash, later));
  EXPECT_FALSE(find_session(database.writer, id, later));
  EXPECT_FALSE(find_session(database.writer, Blob(32, 9), noon));
}

TEST_F(Sessions, are_not_found_once_ended) {
  const auto id = begin(hash, later);
  database.change([&](Transaction& transaction) { end_session(transaction, id, noon); });
  EXPECT_FALSE(find_session(database.writer, hash, noon));
  EXPECT_FALSE(find_session(database.writer, id, noon));
}

TEST_F(Sessions, end_once) {
  const auto id = begin(hash, later);
  database.change([&](Transaction& transaction) { end_session(transaction, id, noon); });
  database.change([&](Transaction& transaction) { end_session(transaction, id, later); });
  EXPECT_THAT(rows(database.writer, "SELECT ended_at FROM session"), ElementsAre(std::to_string(noon.milliseconds)));
}

TEST_F(Sessions, that_time_ended_are_listed_until_they_are_ended) {
  const auto first = begin(hash, later);
  begin(Blob(32, 2), later + hours{1});
  EXPECT_THAT(expired_sessions(database.writer, noon, 10), IsEmpty());
  EXPECT_THAT(expired_sessions(database.writer, later, 10), ElementsAre(first));
  EXPECT_EQ(expired_sessions(database.writer, later + hours{2}, 1).size(), 1U);
  database.change([&](Transaction& transaction) { end_session(transaction, first, later); });
  EXPECT_THAT(expired_sessions(database.writer, later, 10), IsEmpty());
}

TEST_F(Sessions, an_entry_token_says_who_used_it) {
  database.change([&](Transaction& transaction) { insert_entry_token(transaction, hash, SiteRole::admin, later); });
  auto found = find_entry_token(database.writer, hash, noon);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->site_role, SiteRole::admin);
  EXPECT_EQ(found->person, std::nullopt);
  database.change([&](Transaction& transaction) { use_entry_token(transaction, hash, person); });
  EXPECT_EQ(find_entry_token(database.writer, hash, noon)->person, person);
  EXPECT_FALSE(find_entry_token(database.writer, hash, later)) << "expired";
}

TEST_F(Sessions, forgetting_entry_tokens_keeps_the_used_ones) {
  database.change([&](Transaction& transaction) {
    insert_entry_token(transaction, hash, SiteRole::admin, later);
    insert_entry_token(transaction, Blob(32, 2), SiteRole::admin, later);
    use_entry_token(transaction, hash, person);
    forget_entry_tokens(transaction);
  });
  EXPECT_TRUE(find_entry_token(database.writer, hash, noon));
  EXPECT_FALSE(find_entry_token(database.writer, Blob(32, 2), noon));
}

}  // namespace
}  // namespace plenary::storage::test
