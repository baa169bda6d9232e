// The backstop behind the checks inside transactions: what the database itself refuses.

#include <gtest/gtest.h>

#include <ostream>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

struct Refusal {
  const char* name;
  const char* sql;
  int code;
};
void PrintTo(const Refusal& refusal, std::ostream* out) { *out << refusal.sql; }

class Constraint : public ::testing::TestWithParam<Refusal> {};

TEST_P(Constraint, is_refused) {
  TestDatabase database;
  const auto webinar = add_webinar(database);
  const auto member = add_member(database, {"Ana", "ana@example.org", protocol::SiteRole::member});
  const auto message = add_message(database, webinar, member, "Bonjour");
  ASSERT_EQ(webinar.value, 1);
  ASSERT_EQ(member.value, 1);
  ASSERT_EQ(message.value, 1);
  database.writer.execute(
      "INSERT INTO channel VALUES (1, 'webinar/1', 0, 0, 0);"
      "INSERT INTO record VALUES (1, 'message', 1, 1, 1, 0, '');"
      "INSERT INTO outcome VALUES (1, x'01', x'02', 0, '{}');"
      "INSERT INTO session VALUES (1, 1, x'01', 'phone', 0, 1, NULL);"
      "INSERT INTO entry_token VALUES (x'01', 'admin', 1, NULL);"
      "INSERT INTO reaction VALUES (1, 1, '👍');"
      "INSERT INTO question (id, webinar, author, anonymous, text, lang, at, state) VALUES "
      "(1, 1, 1, 0, 'Why?', 'en', 0, 'staged'), (2, 1, 1, 0, 'When?', 'en', 0, 'pending');"
      "INSERT INTO vote VALUES (1, 1, 0);"
      "INSERT INTO appeal (id, webinar, message, decided_by, decided_at, reason, text, at, state) VALUES "
      "(1, 1, 1, 1, 0, 'r', 't', 0, 'open');"
      "INSERT INTO run VALUES ('epoch', 0, 0);");
  const auto before = contents(database.writer);
  try {
    database.writer.execute(GetParam().sql);
    FAIL() << "was taken";
  } catch (const StorageError& error) {
    EXPECT_EQ(error.code(), GetParam().code) << error.what();
  }
  EXPECT_EQ(contents(database.writer), before);
}

const Refusal refusals[] = {
    {"ChannelTwice", "INSERT INTO channel VALUES (2, 'webinar/1', 0, 0, 0)", SQLITE_CONSTRAINT_UNIQUE},
    {"RecordTwice", "INSERT INTO record VALUES (1, 'message', 1, 2, 2, 0, '')", SQLITE_CONSTRAINT_UNIQUE},
    {"RecordWithoutChannel", "INSERT INTO record VALUES (9, 'message', 1, 1, 1, 0, '')", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"OutcomeTwice", "INSERT INTO outcome VALUES (1, x'01', x'03', 0, '{}')", SQLITE_CONSTRAINT_PRIMARYKEY},
    {"RunTwice", "INSERT INTO run VALUES ('epoch', 1, 1)", SQLITE_CONSTRAINT_PRIMARYKEY},
    {"EmailTwice",
     "INSERT INTO person (kind, name, name_folded, email, site_role, created_at) "
     "VALUES ('member', 'B', 'b', 'ana@example.org', 'member', 0)",
     SQLITE_CONSTRAINT_UNIQUE},
    {"PersonOfUnknownKind", "INSERT INTO person (kind, name, name_folded, created_at) VALUES ('robot', 'B', 'b', 0)",
     SQLITE_CONSTRAINT_CHECK},
    {"PersonOfUnknownRole", "UPDATE person SET site_role = 'owner'", SQLITE_CONSTRAINT_CHECK},
    {"SessionOfNobody", "INSERT INTO session VALUES (2, 9, x'02', 'phone', 0, 1, NULL)", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"TokenTwice", "INSERT INTO session VALUES (2, 1, x'01', 'phone', 0, 1, NULL)", SQLITE_CONSTRAINT_UNIQUE},
    {"EntryTokenTwice", "INSERT INTO entry_token VALUES (x'01', 'admin', 1, NULL)", SQLITE_CONSTRAINT_PRIMARYKEY},
    {"WebinarInUnknownState", "UPDATE webinar SET state = 'paused'", SQLITE_CONSTRAINT_CHECK},
    {"WebinarOfUnknownVisibility", "UPDATE webinar SET visibility = 'secret'", SQLITE_CONSTRAINT_CHECK},
    {"RoleInNoWebinar", "INSERT INTO webinar_role VALUES (9, 1, 'host')", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"UnknownRoleInWebinar", "INSERT INTO webinar_role VALUES (1, 1, 'owner')", SQLITE_CONSTRAINT_CHECK},
    {"MessageInNoWebinar", "UPDATE message SET webinar = 9", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"MessageOfNobody", "UPDATE message SET author = 9", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"ReplyToNothing", "UPDATE message SET reply_to = 9", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"RemovedByUnknownRole", "UPDATE message SET removed_as = 'robot'", SQLITE_CONSTRAINT_CHECK},
    {"ReactionTwice", "INSERT INTO reaction VALUES (1, 1, '👍')", SQLITE_CONSTRAINT_PRIMARYKEY},
    {"ReactionToNothing", "INSERT INTO reaction VALUES (9, 1, '👍')", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"TallyOfNothing", "INSERT INTO dirty_tally VALUES (9)", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"AttendanceOfNobody", "INSERT INTO attendance VALUES (1, 9, 0, NULL)", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"QuestionInUnknownState", "UPDATE question SET state = 'lost' WHERE id = 2", SQLITE_CONSTRAINT_CHECK},
    {"QuestionsTwoOnStage", "UPDATE question SET state = 'staged' WHERE id = 2", SQLITE_CONSTRAINT_UNIQUE},
    {"QuestionMergedIntoNothing", "UPDATE question SET merged_into = 9, state = 'merged' WHERE id = 2",
     SQLITE_CONSTRAINT_FOREIGNKEY},
    {"QuestionMergedWithoutTheOther", "UPDATE question SET state = 'merged' WHERE id = 2", SQLITE_CONSTRAINT_CHECK},
    {"VoteTwice", "INSERT INTO vote VALUES (1, 1, 5)", SQLITE_CONSTRAINT_PRIMARYKEY},
    {"VoteForNothing", "INSERT INTO vote VALUES (9, 1, 0)", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"AnswerToNothing", "INSERT INTO question_answer VALUES (9, 'en', 'x', 1, 0)", SQLITE_CONSTRAINT_FOREIGNKEY},
    {"AppealTwice",
     "INSERT INTO appeal (webinar, message, decided_by, decided_at, reason, text, at, state) "
     "VALUES (1, 1, 1, 0, 'r', 't', 0, 'open')",
     SQLITE_CONSTRAINT_UNIQUE},
    {"AppealOfNothing",
     "INSERT INTO appeal (webinar, decided_by, decided_at, reason, text, at, state) VALUES (1, 1, 0, 'r', 't', 0, "
     "'open')",
     SQLITE_CONSTRAINT_CHECK},
    {"AppealAnsweredByWhoDecided", "UPDATE appeal SET state = 'upheld', answered_by = 1", SQLITE_CONSTRAINT_CHECK},
    {"WebinarWithMessagesDeleted", "DELETE FROM webinar", SQLITE_CONSTRAINT_FOREIGNKEY},
};

INSTANTIATE_TEST_SUITE_P(All, Constraint, ::testing::ValuesIn(refusals),
                         [](const auto& one) { return std::string{one.param.name}; });

}  // namespace
}  // namespace plenary::storage::test
