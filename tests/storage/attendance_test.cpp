#include "storage/attendance.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "protocol/text.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using std::chrono::minutes;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

struct Attendance : ::testing::Test {
  TestDatabase database;
  protocol::WebinarId webinar = add_webinar(database);

  void come(protocol::PersonId person, int minute) {
    database.change([&](Transaction& transaction) { arrive(transaction, webinar, person, noon + minutes{minute}); });
  }
  void go(protocol::PersonId person, int minute) {
    database.change([&](Transaction& transaction) { leave(transaction, webinar, person, noon + minutes{minute}); });
  }
  AttendeePage list(const std::string& search = {}, const std::string& after = {}, std::int64_t limit = 100) {
    return list_attendees(database.writer, {webinar, protocol::folded_for_search(search), after, limit});
  }
  /// Minutes after noon from-to, one a stay.
  std::vector<std::string> stays() {
    const auto start = std::to_string(noon.milliseconds);
    return rows(database.writer, "SELECT (arrived_at - " + start + ") / 60000, (left_at - " + start +
                                     ") / 60000 FROM attendance ORDER BY person, arrived_at");
  }
};

std::vector<std::string> names(const AttendeePage& page) {
  std::vector<std::string> found;
  for (const auto& attendee : page.people) found.push_back(attendee.name);
  return found;
}

TEST_F(Attendance, is_one_stay_however_many_devices_arrive) {
  const auto ana = add_guest(database, "Ana");
  come(ana, 0);
  come(ana, 1);
  go(ana, 5);
  go(ana, 6);
  EXPECT_THAT(stays(), ElementsAre("0|5"));
}

TEST_F(Attendance, who_comes_back_has_another_stay) {
  const auto ana = add_guest(database, "Ana");
  come(ana, 0);
  go(ana, 5);
  come(ana, 7);
  EXPECT_THAT(stays(), ElementsAre("0|5", "7|∅"));
}

TEST_F(Attendance, a_stay_that_ends_and_begins_in_one_moment_goes_on) {
  const auto ana = add_guest(database, "Ana");
  come(ana, 3);
  go(ana, 3);
  come(ana, 3);
  EXPECT_THAT(stays(), ElementsAre("3|∅"));
}

TEST_F(Attendance, nobody_leaves_before_they_came) {
  const auto ana = add_guest(database, "Ana");
  come(ana, 5);
  go(ana, 2);
  EXPECT_THAT(stays(), ElementsAre("5|5"));
}

TEST_F(Attendance, after_a_crash_they_left_when_last_something_was_said_or_when_they_came) {
  const auto ana = add_guest(database, "Ana");
  const auto ben = add_guest(database, "Ben");
  come(ana, -10);
  add_message(database, webinar, ana, "at noon");
  come(ben, 5);
  database.change([](Transaction& transaction) { close_open_attendance(transaction); });
  EXPECT_THAT(stays(), ElementsAre("-10|0", "5|5"));
  EXPECT_EQ(list().present, 0);
}

TEST_F(Attendance, P46_the_list_is_by_name_with_who_is_here_and_who_hosts) {
  const auto zoe = add_guest(database, "Zoé");
  const auto eva = add_member(database, {"Éva", std::nullopt, protocol::SiteRole::member});
  const auto ben = add_guest(database, "ben");
  add_guest(database, "Never came");
  database.change(
      [&](Transaction& transaction) { set_webinar_role(transaction, webinar, eva, protocol::WebinarRole::host); });
  come(zoe, 0);
  come(eva, 0);
  come(ben, 0);
  go(ben, 1);
  const auto page = list();
  EXPECT_THAT(names(page), ElementsAre("ben", "Éva", "Zoé"));
  EXPECT_EQ(page.count, 3);
  EXPECT_EQ(page.present, 2);
  EXPECT_EQ(page.next, std::nullopt);
  EXPECT_FALSE(page.people[0].present);
  EXPECT_TRUE(page.people[1].host);
  EXPECT_EQ(page.people[1].kind, protocol::PersonKind::member);
  EXPECT_FALSE(page.people[2].host);
}

TEST_F(Attendance, P46_the_list_is_paged_without_missing_or_repeating_anybody) {
  for (int i = 0; i < 7; ++i) come(add_guest(database, "Same name"), i);
  std::vector<protocol::PersonId> seen;
  std::string after;
  for (;;) {
    const auto page = list("", after, 3);
    EXPECT_EQ(page.count, 7);
    for (const auto& attendee : page.people) seen.push_back(attendee.id);
    if (!page.next) break;
    after = *page.next;
  }
  ASSERT_EQ(seen.size(), 7U);
  EXPECT_TRUE(std::is_sorted(seen.begin(), seen.end()));
  EXPECT_EQ(std::adjacent_find(seen.begin(), seen.end()), seen.end());
}

TEST_F(Attendance, P46_the_search_ignores_case_and_marks_and_takes_wildcards_as_they_are) {
  come(add_guest(database, "Hélène Dubois"), 0);
  come(add_guest(database, "100% Anna_Marie"), 0);
  EXPECT_THAT(names(list("helene")), ElementsAre("Hélène Dubois"));
  EXPECT_THAT(names(list("DUB")), ElementsAre("Hélène Dubois"));
  EXPECT_THAT(names(list("%")), ElementsAre("100% Anna_Marie"));
  EXPECT_THAT(names(list("_")), ElementsAre("100% Anna_Marie"));
  EXPECT_EQ(list("helene").count, 1);
  EXPECT_THAT(names(list("nobody")), IsEmpty());
}

}  // namespace
}  // namespace plenary::storage::test
