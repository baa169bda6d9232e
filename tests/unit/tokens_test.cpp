#include "server/domain/tokens.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "server/access/token.hpp"
#include "storage/migrations.hpp"
#include "storage/sessions.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::domain {
namespace {

using access::new_token;
using access::token_hash;
using protocol::ErrorCode;
using protocol::SiteRole;
using std::chrono::days;
using std::chrono::milliseconds;

constexpr protocol::Timestamp noon{1'780'000'000'000};

TEST(Token, is_43_characters_of_base64url_and_another_each_time) {
  std::set<std::string> seen;
  std::set<char> characters;
  for (int i = 0; i < 1'000; ++i) {
    const auto token = new_token();
    EXPECT_TRUE(std::regex_match(token, std::regex{"[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]"})) << token;
    EXPECT_TRUE(seen.insert(token).second);
    characters.insert(token.begin(), token.end());
  }
  EXPECT_EQ(characters.size(), 64U) << "every letter of the alphabet is used";
}

TEST(Token, its_hash_is_sha_256) {
  // FIPS 180-4, the example of one block.
  const storage::Blob expected{0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea, 0x41, 0x41, 0x40,
                               0xde, 0x5d, 0xae, 0x22, 0x23, 0xb0, 0x03, 0x61, 0xa3, 0x96, 0x17,
                               0x7a, 0x9c, 0xb4, 0x10, 0xff, 0x61, 0xf2, 0x00, 0x15, 0xad};
  EXPECT_EQ(token_hash("abc"), expected);
}

struct Tokens : ::testing::Test {
  Tokens() { storage::migrate(connection); }

  protocol::PersonId add(const storage::NewMember& member) {
    storage::Transaction transaction{connection};
    const auto id = storage::insert_member(transaction, member, noon);
    transaction.commit();
    return id;
  }
  protocol::Result<std::string> create(const TokenRequest& request) {
    storage::Transaction transaction{connection};
    auto token = create_token(transaction, request, noon);
    transaction.commit();
    return token;
  }
  std::optional<std::string> create_setup() {
    storage::Transaction transaction{connection};
    auto token = create_setup_token(transaction, noon);
    transaction.commit();
    return token;
  }

  test::TemporaryFolder folder;
  storage::Connection connection{folder / "plenary.db", storage::Connection::Role::writer};
};

TEST_F(Tokens, one_signs_a_program_in_as_the_member_until_it_expires) {
  const auto ana = add({"Ana", "ana@example.org", SiteRole::moderator});
  const auto token = create({"ana@example.org", "load test", days{10}});
  ASSERT_TRUE(token);
  const auto session = storage::find_session(connection, token_hash(*token), noon + days{10} - milliseconds{1});
  ASSERT_TRUE(session);
  EXPECT_EQ(session->person.id, ana);
  EXPECT_FALSE(storage::find_session(connection, token_hash(*token), noon + days{10}));
}

TEST_F(Tokens, a_member_is_found_by_address_in_any_case_and_by_number) {
  const auto ana = add({"Ana", "ana@example.org", SiteRole::member});
  EXPECT_TRUE(create({"Ana@Example.ORG", "x", days{1}}));
  EXPECT_TRUE(create({std::to_string(ana.value), "x", days{1}}));
}

TEST_F(Tokens, nobody_else_is_found) {
  storage::Transaction transaction{connection};
  const auto guest = storage::insert_guest(transaction, "Guest", noon);
  transaction.commit();
  for (const auto& person : {std::string{"nobody@example.org"}, std::string{}, std::string{"99"},
                             std::to_string(guest.value), std::string{"1 "}}) {
    const auto token = create({person, "x", days{1}});
    ASSERT_FALSE(token) << person;
    EXPECT_EQ(token.error().code, ErrorCode::not_found);
    EXPECT_EQ(token.error().field, "person");
  }
}

TEST_F(Tokens, a_label_is_a_short_line) {
  add({"Ana", "ana@example.org", SiteRole::member});
  EXPECT_EQ(create({"ana@example.org", "", days{1}}).error().field, "label");
  EXPECT_EQ(create({"ana@example.org", "a\nb", days{1}}).error().code, ErrorCode::forbidden_character);
  EXPECT_EQ(create({"ana@example.org", std::string(61, 'a'), days{1}}).error().code, ErrorCode::too_long);
  EXPECT_TRUE(create({"ana@example.org", std::string(60, 'a'), days{1}}));
}

TEST_F(Tokens, a_set_up_link_is_for_a_server_without_an_admin_and_replaces_the_one_before) {
  const auto first = create_setup();
  const auto second = create_setup();
  ASSERT_TRUE(first && second);
  EXPECT_FALSE(storage::find_entry_token(connection, token_hash(*first), noon));
  const auto entry = storage::find_entry_token(connection, token_hash(*second), noon);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->site_role, SiteRole::admin);
  add({"Ana", std::nullopt, SiteRole::admin});
  EXPECT_FALSE(create_setup());
}

}  // namespace
}  // namespace plenary::server::domain
