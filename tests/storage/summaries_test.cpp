#include "storage/summaries.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/attendance.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAre;

struct Summaries : ::testing::Test {
  TestDatabase database;
  protocol::WebinarId webinar = add_webinar(database);
  protocol::PersonId ana = add_guest(database, "Ana");
  protocol::PersonId ben = add_guest(database, "Ben");
  OpenTime open{webinar, noon.milliseconds, noon.milliseconds + 60'000};

  void present(protocol::PersonId who, int from_s, std::optional<int> to_s) {
    database.change([&](Transaction& transaction) {
      arrive(transaction, webinar, who, noon + std::chrono::seconds{from_s});
      if (to_s) leave(transaction, webinar, who, noon + std::chrono::seconds{*to_s});
    });
  }
};

TEST_F(Summaries, P63_presence_counts_only_while_it_was_open_and_adds_up) {
  present(ana, -30, 10);
  present(ana, 20, 30);
  present(ben, 40, std::nullopt);
  EXPECT_THAT(times_present(database.writer, open), ElementsAre(20'000, 20'000));
}

TEST_F(Summaries, P63_who_was_there_only_before_or_after_was_not_there) {
  present(ana, -30, -10);
  present(ben, 70, 80);
  EXPECT_THAT(times_present(database.writer, open), ElementsAre());
  EXPECT_EQ(count_people(database.writer, open).people, 0);
}

TEST_F(Summaries, P63_a_person_who_comes_twice_in_a_quarter_is_one) {
  present(ana, 1, 2);
  present(ana, 3, 4);
  EXPECT_EQ(count_present_between(database.writer, webinar, open.from, open.to), 1);
  EXPECT_EQ(count_people(database.writer, open).people, 1);
}

TEST_F(Summaries, P63_who_wrote_without_being_counted_as_present_was_there) {
  add_message(database, webinar, ben, "from a program");
  EXPECT_EQ(count_people(database.writer, open).people, 1);
  EXPECT_EQ(count_people(database.writer, open).writers, 1);
}

}  // namespace
}  // namespace plenary::storage::test
