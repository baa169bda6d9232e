#include "storage/people.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using protocol::PersonKind;
using protocol::SiteRole;

TEST(People, a_member_is_found_by_number_and_by_email) {
  TestDatabase database;
  const auto id = add_member(database, {"Hélène", "helene@example.org", SiteRole::moderator});
  for (const auto& found :
       {find_person(database.writer, id), find_person_by_email(database.writer, "helene@example.org")}) {
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, id);
    EXPECT_EQ(found->name, "Hélène");
    EXPECT_EQ(found->kind, PersonKind::member);
    EXPECT_EQ(found->site_role, SiteRole::moderator);
  }
  EXPECT_FALSE(find_person(database.writer, protocol::PersonId{99}));
  EXPECT_FALSE(find_person_by_email(database.writer, "nobody@example.org"));
}

TEST(People, a_guest_has_a_name_and_no_role) {
  TestDatabase database;
  const auto found = find_person(database.writer, add_guest(database, "ሰላም"));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->name, "ሰላም");
  EXPECT_EQ(found->kind, PersonKind::guest);
  EXPECT_EQ(found->site_role, std::nullopt);
}

TEST(People, nobody_without_an_address_is_found_by_an_empty_one) {
  TestDatabase database;
  add_member(database, {"Ana", std::nullopt, SiteRole::member});
  EXPECT_FALSE(find_person_by_email(database.writer, ""));
}

TEST(People, there_is_an_admin_once_there_is_one) {
  TestDatabase database;
  add_member(database, {"Ana", std::nullopt, SiteRole::moderator});
  EXPECT_FALSE(any_admin(database.writer));
  add_member(database, {"Ben", std::nullopt, SiteRole::admin});
  EXPECT_TRUE(any_admin(database.writer));
}

TEST(People, a_number_is_never_used_twice) {
  TestDatabase database;
  const auto first = add_guest(database, "Ana");
  database.writer.execute("DELETE FROM person");
  EXPECT_GT(add_guest(database, "Ben"), first);
}

}  // namespace
}  // namespace plenary::storage::test
