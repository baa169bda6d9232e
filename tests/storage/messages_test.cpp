#include "storage/messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using protocol::RemovedBy;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

struct Messages : ::testing::Test {
  TestDatabase database;
  protocol::WebinarId webinar = add_webinar(database);
  protocol::PersonId author = add_guest(database, "Ana");
  protocol::PersonId reader = add_guest(database, "Ben");
  protocol::MessageId message = add_message(database, webinar, author, "Où est la bibliothèque ? 👩‍👩‍👧");

  bool react(protocol::PersonId person, const char* emoji, bool on) {
    bool changed = false;
    database.change([&](Transaction& transaction) { changed = set_reaction(transaction, message, person, emoji, on); });
    return changed;
  }
};

TEST_F(Messages, come_back_byte_for_byte) {
  const auto found = find_message(database.writer, message);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, message);
  EXPECT_EQ(found->webinar, webinar);
  EXPECT_EQ(found->author, author);
  EXPECT_EQ(found->text, "Où est la bibliothèque ? 👩‍👩‍👧");
  EXPECT_EQ(found->lang, "en");
  EXPECT_EQ(found->at, noon.milliseconds);
  EXPECT_EQ(found->edited_at, std::nullopt);
  EXPECT_EQ(found->reply_to, std::nullopt);
  EXPECT_FALSE(found->removed);
  EXPECT_FALSE(find_message(database.writer, protocol::MessageId{99}));
}

TEST_F(Messages, say_what_they_reply_to_and_when_they_were_edited) {
  MessageRow row{{}, webinar, reader, "Rue Main", "fr", noon.milliseconds, std::nullopt, message};
  database.change([&](Transaction& transaction) {
    row.id = insert_message(transaction, row);
    edit_message(transaction, row.id, "12, rue Main", noon + std::chrono::milliseconds{5});
  });
  const auto found = find_message(database.writer, row.id).value();
  EXPECT_EQ(found.reply_to, message);
  EXPECT_EQ(found.text, "12, rue Main");
  EXPECT_EQ(found.edited_at, noon.milliseconds + 5);
}

TEST_F(Messages, P43_an_authors_removal_erases_the_text) {
  database.change([&](Transaction& transaction) {
    remove_message(transaction, message, {author, RemovedBy::author, std::nullopt}, noon);
  });
  const auto found = find_message(database.writer, message).value();
  EXPECT_TRUE(found.removed);
  EXPECT_THAT(found.text, IsEmpty());
}

TEST_F(Messages, P43_a_hosts_removal_keeps_the_text_for_its_author_with_the_reason) {
  database.change([&](Transaction& transaction) {
    remove_message(transaction, message, {reader, RemovedBy::host, "off topic"}, noon);
  });
  const auto found = find_message(database.writer, message).value();
  EXPECT_TRUE(found.removed);
  EXPECT_EQ(found.text, "Où est la bibliothèque ? 👩‍👩‍👧");
  EXPECT_THAT(rows(database.writer, "SELECT removed_as, removed_by, removal_reason FROM message"),
              ElementsAre("host|" + std::to_string(reader.value) + "|off topic"));
}

TEST_F(Messages, P45_a_reaction_counts_once_a_person_and_emoji) {
  EXPECT_TRUE(react(author, "👍", true));
  EXPECT_FALSE(react(author, "👍", true)) << "it was on already";
  EXPECT_TRUE(react(author, "❤️", true));
  EXPECT_TRUE(react(reader, "👍", true));
  EXPECT_THAT(count_reactions(database.writer, message), ElementsAre(Pair("❤️", 1), Pair("👍", 2)));
  EXPECT_THAT(reactions_by(database.writer, message, author), ElementsAre("❤️", "👍"));
}

TEST_F(Messages, P45_a_reaction_is_taken_back_once) {
  react(author, "👍", true);
  EXPECT_FALSE(react(reader, "👍", false)) << "it was never on";
  EXPECT_TRUE(react(author, "👍", false));
  EXPECT_FALSE(react(author, "👍", false));
  EXPECT_THAT(count_reactions(database.writer, message), IsEmpty());
}

TEST_F(Messages, P45_a_dirty_tally_is_marked_once_until_it_is_cleared) {
  database.change([&](Transaction& transaction) {
    mark_tally_dirty(transaction, message);
    mark_tally_dirty(transaction, message);
  });
  EXPECT_THAT(dirty_tallies(database.writer, 10), ElementsAre(message));
  EXPECT_THAT(dirty_tallies(database.writer, 0), IsEmpty());
  database.change([&](Transaction& transaction) { clear_dirty_tally(transaction, message); });
  EXPECT_THAT(dirty_tallies(database.writer, 10), IsEmpty());
}

TEST_F(Messages, P45_a_mark_survives_a_crash) {
  database.change([&](Transaction& transaction) { mark_tally_dirty(transaction, message); });
  // Another connection reads what a process that was killed here would leave.
  Connection after{database.file, Connection::Role::reader};
  EXPECT_THAT(dirty_tallies(after, 10), ElementsAre(message));
}

}  // namespace
}  // namespace plenary::storage::test
