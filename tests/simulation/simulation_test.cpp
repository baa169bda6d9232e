// The server core and the client's sync rules through many thousand histories (world.hpp). A seed that fails is printed:
// PLENARY_SEED=n runs that one alone.

#include <gtest/gtest.h>

#include <cstdlib>

#include "tests/simulation/world.hpp"

namespace plenary::simulation {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t histories_a_shard = 250;  // ten times slower, and after other mistakes
#else
constexpr std::uint64_t histories_a_shard = 2'500;
#endif

std::string joined(const std::vector<std::string>& problems) {
  std::string text;
  for (const auto& problem : problems) text += "\n  " + problem;
  return text;
}

std::uint64_t histories() {
  const char* const asked = std::getenv("PLENARY_HISTORIES");
  return asked != nullptr ? std::strtoull(asked, nullptr, 10) : histories_a_shard;
}

/// Four shards, so that they run beside each other.
class P22_P26_every_view_equals_a_fresh_snapshot : public testing::TestWithParam<std::uint64_t> {};

TEST_P(P22_P26_every_view_equals_a_fresh_snapshot, whatever_happened) {
  if (const char* const seed = std::getenv("PLENARY_SEED"); seed != nullptr) {
    const auto problems = run_history({std::strtoull(seed, nullptr, 10)});
    ASSERT_TRUE(problems.empty()) << joined(problems);
    return;
  }
  for (std::uint64_t i = 0; i < histories(); ++i) {
    const std::uint64_t seed = GetParam() * 1'000'000 + i;
    const auto problems = run_history({seed});
    ASSERT_TRUE(problems.empty()) << "PLENARY_SEED=" << seed << joined(problems);
  }
}

INSTANTIATE_TEST_SUITE_P(shard, P22_P26_every_view_equals_a_fresh_snapshot, testing::Values(1, 2, 3, 4));

/// A planted mistake is found within so many histories: so the histories are rich enough to find one nobody planted.
constexpr std::uint64_t histories_to_find_it = 2'000;

bool is_found(Plan plan) {
  for (plan.seed = 1; plan.seed <= histories_to_find_it; ++plan.seed) {
    if (!run_history(plan).empty()) return true;
  }
  return false;
}

TEST(a_planted_mistake_is_found, P22_a_client_that_applies_across_a_gap) {
  EXPECT_TRUE(is_found({0, ClientMistake::applies_across_a_gap, ServerMistake::loses_a_delivery}));
}
TEST(a_planted_mistake_is_found, P21_a_client_that_keeps_records_of_a_snapshot) {
  EXPECT_TRUE(is_found({0, ClientMistake::keeps_records_of_a_snapshot, ServerMistake::none}));
}
TEST(a_planted_mistake_is_found, P15_a_client_that_forgets_its_commit) {
  EXPECT_TRUE(is_found({0, ClientMistake::forgets_its_commit, ServerMistake::none}));
}
TEST(a_planted_mistake_is_found, P30_a_client_that_makes_a_new_key_for_a_retry) {
  EXPECT_TRUE(is_found({0, ClientMistake::makes_a_new_key_for_a_retry, ServerMistake::none}));
}
TEST(a_planted_mistake_is_found, P24_a_client_that_takes_the_lower_rev) {
  EXPECT_TRUE(is_found({0, ClientMistake::takes_the_lower_rev, ServerMistake::none}));
}
TEST(a_planted_mistake_is_found, P25_a_server_that_loses_a_delivery) {
  EXPECT_TRUE(is_found({0, ClientMistake::none, ServerMistake::loses_a_delivery}));
}
TEST(a_planted_mistake_is_found, P15_a_server_that_keeps_its_epoch_after_a_restore) {
  EXPECT_TRUE(is_found({0, ClientMistake::none, ServerMistake::keeps_its_epoch}));
}

}  // namespace
}  // namespace plenary::simulation
