#include "storage/webinars.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using protocol::PeopleVisible;
using protocol::Visibility;
using protocol::WebinarRole;
using protocol::WebinarState;
using std::chrono::hours;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<protocol::WebinarId> ids(const std::vector<WebinarRow>& webinars) {
  std::vector<protocol::WebinarId> found;
  for (const auto& webinar : webinars) found.push_back(webinar.id);
  return found;
}

TEST(Webinars, come_back_as_they_were_stored) {
  TestDatabase database;
  WebinarRow row{{},
                 {"Work", "Travail"},
                 WebinarState::live,
                 Visibility::members,
                 PeopleVisible::names,
                 "fr",
                 {false, true, protocol::QuestionNames::named},
                 5,
                 6,
                 7};
  database.change([&](Transaction& transaction) { row.id = insert_webinar(transaction, row); });
  const auto found = find_webinar(database.writer, row.id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->title.en, "Work");
  EXPECT_EQ(found->title.fr, "Travail");
  EXPECT_EQ(found->state, WebinarState::live);
  EXPECT_EQ(found->visibility, Visibility::members);
  EXPECT_EQ(found->people_visible, PeopleVisible::names);
  EXPECT_EQ(found->language, "fr");
  EXPECT_EQ(found->questions, (protocol::QuestionRules{false, true, protocol::QuestionNames::named}));
  EXPECT_EQ(found->created_at, 5);
  EXPECT_EQ(found->opened_at, std::nullopt) << "only opening opens";
  EXPECT_FALSE(find_webinar(database.writer, protocol::WebinarId{99}));
}

TEST(Webinars, open_once_and_can_be_opened_again) {
  TestDatabase database;
  const auto id = add_webinar(database);
  const auto at = [&](int hour, WebinarState state) {
    database.change([&](Transaction& transaction) { set_webinar_state(transaction, id, state, noon + hours{hour}); });
    return find_webinar(database.writer, id).value();
  };
  EXPECT_EQ(at(1, WebinarState::live).opened_at, (noon + hours{1}).milliseconds);
  EXPECT_EQ(at(2, WebinarState::ended).closed_at, (noon + hours{2}).milliseconds);
  const auto again = at(3, WebinarState::live);
  EXPECT_EQ(again.opened_at, (noon + hours{1}).milliseconds) << "when it first opened";
  EXPECT_EQ(again.closed_at, std::nullopt);
}

TEST(Webinars, others_see_only_public_ones_newest_first) {
  TestDatabase database;
  const auto first = add_webinar(database);
  const auto members = add_webinar(database, Visibility::members);
  const auto last = add_webinar(database);
  EXPECT_THAT(ids(list_webinars(database.writer, false, 10)), ElementsAre(last, first));
  EXPECT_THAT(ids(list_webinars(database.writer, true, 10)), ElementsAre(last, members, first));
  EXPECT_THAT(ids(list_webinars(database.writer, true, 1)), ElementsAre(last));
}

TEST(Webinars, know_who_holds_which_role) {
  TestDatabase database;
  const auto webinar = add_webinar(database);
  const auto other = add_webinar(database);
  const auto host = add_member(database, {"Ana", std::nullopt, protocol::SiteRole::member});
  const auto guest = add_guest(database, "Ben");
  database.change([&](Transaction& transaction) {
    set_webinar_role(transaction, webinar, host, WebinarRole::host);
    set_webinar_role(transaction, webinar, guest, WebinarRole::attendee);
    set_webinar_role(transaction, webinar, guest, WebinarRole::attendee);
  });
  EXPECT_EQ(webinar_role(database.writer, webinar, host), WebinarRole::host);
  EXPECT_EQ(webinar_role(database.writer, webinar, guest), WebinarRole::attendee);
  EXPECT_EQ(webinar_role(database.writer, other, host), std::nullopt);
  EXPECT_THAT(webinars_attended_by(database.writer, guest), ElementsAre(webinar));
  const auto hosts = hosts_of(database.writer, webinar);
  ASSERT_EQ(hosts.size(), 1U);
  EXPECT_EQ(hosts[0].id, host);
  EXPECT_EQ(hosts[0].name, "Ana");
  EXPECT_EQ(hosts[0].role, WebinarRole::host);
  EXPECT_THAT(hosts_of(database.writer, other), IsEmpty());
}

}  // namespace
}  // namespace plenary::storage::test
