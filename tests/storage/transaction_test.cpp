#include "storage/transaction.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "storage/channels.hpp"
#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr const char* room = "webinar/1";

/// A small record of any kind: a person's name.
protocol::PersonRecord named(std::string name) { return {std::move(name), protocol::PersonKind::guest, std::nullopt}; }

void say(Transaction& transaction, std::int64_t id, const std::string& name) {
  transaction.publish(room, id, named(name), Placement::timeline());
}

void set_state(Transaction& transaction, std::int64_t id, const std::string& name) {
  transaction.publish(room, id, named(name), Placement::state());
}

std::vector<StoredRecord> all_records(TestDatabase& database, const char* channel = room) {
  const auto head = read_head(database.writer, channel);
  return head ? records_since(database.writer, head->id, 0, 1'000) : std::vector<StoredRecord>{};
}

TEST(Transaction, P11_a_record_changed_twice_in_one_transaction_takes_one_rev) {
  TestDatabase database;
  const auto changes = database.change([](Transaction& transaction) {
    set_state(transaction, 1, "Ana");
    set_state(transaction, 1, "Anna");
    set_state(transaction, 1, "Hanna");
  });
  ASSERT_THAT(changes.channels, SizeIs(1));
  EXPECT_EQ(changes.channels[0].from, 0);
  EXPECT_EQ(changes.channels[0].rev, 1);
  EXPECT_EQ(changes.channels[0].put, R"([{"type":"person","id":1,"rev":1,"name":"Hanna","kind":"guest"}])");
}

TEST(Transaction, P11_each_changed_record_takes_the_next_rev_in_the_order_of_its_first_change) {
  TestDatabase database;
  database.change([](Transaction& transaction) { set_state(transaction, 7, "before"); });
  const auto changes = database.change([](Transaction& transaction) {
    set_state(transaction, 3, "first");
    set_state(transaction, 7, "second");
    set_state(transaction, 3, "first, again");
    set_state(transaction, 5, "third");
  });
  ASSERT_THAT(changes.channels, SizeIs(1));
  EXPECT_EQ(changes.channels[0].from, 1);
  EXPECT_EQ(changes.channels[0].rev, 4);
  const auto records = all_records(database);
  ASSERT_THAT(records, SizeIs(3));
  EXPECT_EQ(records[0].id, 3);
  EXPECT_EQ(records[1].id, 7);
  EXPECT_EQ(records[2].id, 5);
}

TEST(Transaction, P11_channels_count_by_themselves_and_come_in_name_order) {
  TestDatabase database;
  const auto changes = database.change([](Transaction& transaction) {
    transaction.publish("webinar/2", 1, named("b"), Placement::state());
    transaction.publish("person/9", 1, named("a"), Placement::state());
    transaction.publish("webinar/2", 2, named("c"), Placement::state());
  });
  ASSERT_THAT(changes.channels, SizeIs(2));
  EXPECT_EQ(changes.channels[0].channel, "person/9");
  EXPECT_EQ(changes.channels[0].rev, 1);
  EXPECT_EQ(changes.channels[1].channel, "webinar/2");
  EXPECT_EQ(changes.channels[1].rev, 2);
}

TEST(Transaction, P12_places_are_one_two_three_over_many_transactions) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    say(transaction, 10, "one");
    say(transaction, 20, "two");
  });
  database.change([](Transaction& transaction) { say(transaction, 10, "one, edited"); });
  database.change([](Transaction& transaction) { say(transaction, 30, "three"); });
  const auto head = read_head(database.writer, room).value();
  const auto timeline = timeline_records(database.writer, head.id, 1, 100);
  ASSERT_THAT(timeline, SizeIs(3));
  for (std::size_t i = 0; i < timeline.size(); ++i) EXPECT_EQ(timeline[i].pos, static_cast<Pos>(i) + 1);
  EXPECT_EQ(timeline[0].id, 10);
  EXPECT_EQ(timeline[0].rev, 3) << "an edit takes a rev and keeps its place";
}

TEST(Transaction, P12_what_is_attached_carries_the_place_of_its_anchor_and_takes_none) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    say(transaction, 1, "one");
    say(transaction, 2, "two");
  });
  database.change([](Transaction& transaction) {
    transaction.publish(room, 2, protocol::TallyRecord{protocol::MessageId{2}, {{"👍", 1}}},
                        Placement::attached_to("person", 2));
  });
  database.change([](Transaction& transaction) { say(transaction, 3, "three"); });
  const auto head = read_head(database.writer, room).value();
  EXPECT_EQ(find_record(database.writer, head.id, "tally", 2)->pos, 2);
  EXPECT_EQ(find_record(database.writer, head.id, "person", 3)->pos, 3);
}

TEST(Transaction, P12_what_is_attached_in_the_same_transaction_finds_its_anchor) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    say(transaction, 1, "one");
    transaction.publish(room, 1, protocol::TallyRecord{protocol::MessageId{1}, {}},
                        Placement::attached_to("person", 1));
  });
  const auto head = read_head(database.writer, room).value();
  EXPECT_EQ(find_record(database.writer, head.id, "tally", 1)->pos, 1);
}

TEST(Transaction, P12_state_has_no_place) {
  TestDatabase database;
  database.change([](Transaction& transaction) { set_state(transaction, 1, "Ana"); });
  EXPECT_EQ(all_records(database).at(0).pos, std::nullopt);
  EXPECT_EQ(read_head(database.writer, room)->pos, 0);
}

TEST(Transaction, P12_a_command_that_fails_leaves_neither_a_row_nor_a_hole) {
  TestDatabase database;
  const auto changes = database.change([](Transaction& transaction) {
    transaction.begin_command();
    say(transaction, 1, "kept");
    transaction.keep_command();
    transaction.begin_command();
    insert_guest(transaction, "Lost", noon);
    say(transaction, 2, "lost");
    say(transaction, 1, "an edit that is lost");
    transaction.roll_back_command();
    transaction.begin_command();
    say(transaction, 3, "kept too");
    transaction.keep_command();
  });
  EXPECT_EQ(changes.channels.at(0).rev, 2);
  const auto records = all_records(database);
  ASSERT_THAT(records, SizeIs(2));
  EXPECT_EQ(records[0].pos, 1);
  EXPECT_EQ(records[1].pos, 2);
  EXPECT_EQ(records[1].id, 3);
  EXPECT_THAT(records[0].fields, ::testing::HasSubstr("\"kept\""));
  EXPECT_THAT(rows(database.writer, "SELECT * FROM person"), IsEmpty());
}

TEST(Transaction, P13_what_leaves_becomes_a_tombstone_with_the_next_rev) {
  TestDatabase database;
  database.change([](Transaction& transaction) { set_state(transaction, 1, "Ana"); });
  const auto changes = database.change([](Transaction& transaction) { transaction.retract({room, "person", 1}); });
  ASSERT_THAT(changes.channels, SizeIs(1));
  EXPECT_EQ(changes.channels[0].put, R"([{"type":"person","id":1,"rev":2,"gone":true}])");
  const auto records = all_records(database);
  ASSERT_THAT(records, SizeIs(1));
  EXPECT_TRUE(records[0].gone);
  EXPECT_THAT(records[0].fields, IsEmpty()) << "nothing of what it said stays";
}

TEST(Transaction, P13_what_was_never_there_or_is_gone_already_takes_no_rev) {
  TestDatabase database;
  database.change([](Transaction& transaction) { set_state(transaction, 1, "Ana"); });
  database.change([](Transaction& transaction) { transaction.retract({room, "person", 1}); });
  const auto changes = database.change([](Transaction& transaction) {
    transaction.retract({room, "person", 1});
    transaction.retract({room, "person", 2});
  });
  EXPECT_THAT(changes.channels, IsEmpty());
  EXPECT_EQ(read_head(database.writer, room)->rev, 2);
}

TEST(Transaction, P13_what_comes_back_keeps_its_place) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    say(transaction, 1, "one");
    say(transaction, 2, "two");
  });
  database.change([](Transaction& transaction) { transaction.retract({room, "person", 1}); });
  database.change([](Transaction& transaction) { say(transaction, 1, "one, again"); });
  const auto head = read_head(database.writer, room).value();
  EXPECT_EQ(head.pos, 2);
  EXPECT_EQ(find_record(database.writer, head.id, "person", 1)->pos, 1);
}

TEST(Transaction, P22_a_push_holds_exactly_what_a_reader_would_catch_up_with) {
  TestDatabase database;
  database.change([](Transaction& transaction) {
    say(transaction, 1, "a \"quoted\"\nline");
    set_state(transaction, 2, "état");
  });
  const auto changes = database.change([](Transaction& transaction) {
    say(transaction, 3, "new");
    transaction.retract({room, "person", 2});
    say(transaction, 1, "edited");
  });
  const auto& change = changes.channels.at(0);
  const auto head = read_head(database.writer, room).value();
  std::string caught_up;
  for (const auto& record : records_since(database.writer, head.id, change.from, 1'000)) {
    if (!caught_up.empty()) caught_up += ',';
    append_record(caught_up, record);
  }
  EXPECT_EQ(change.put, '[' + caught_up + ']');
  EXPECT_EQ(change.rev, head.rev);
}

TEST(Transaction, rev_of_is_the_one_that_was_given) {
  TestDatabase database;
  database.change([](Transaction& transaction) { say(transaction, 1, "one"); });
  Transaction transaction{database.writer};
  say(transaction, 2, "two");
  say(transaction, 1, "edited");
  transaction.finish();
  EXPECT_EQ(transaction.rev_of({room, "person", 2}), 2);
  EXPECT_EQ(transaction.rev_of({room, "person", 1}), 3);
}

TEST(Transaction, a_transaction_that_publishes_takes_one_commit_and_others_none) {
  TestDatabase database;
  const auto before = last_commit(database.writer);
  const auto first = database.change([](Transaction& transaction) {
    set_state(transaction, 1, "a");
    transaction.publish("webinar/2", 1, named("b"), Placement::state());
  });
  const auto silent = database.change([](Transaction& transaction) { insert_guest(transaction, "Ana", noon); });
  const auto second = database.change([](Transaction& transaction) { set_state(transaction, 2, "c"); });
  EXPECT_EQ(first.commit, before + 1);
  EXPECT_EQ(silent.commit, 0);
  EXPECT_EQ(second.commit, before + 2);
  EXPECT_EQ(last_commit(database.writer), before + 2);
}

TEST(Transaction, without_a_commit_nothing_happened) {
  TestDatabase database;
  const auto before = contents(database.writer);
  {
    Transaction transaction{database.writer};
    insert_guest(transaction, "Ana", noon);
    say(transaction, 1, "lost");
    transaction.finish();
  }
  EXPECT_THAT(contents(database.writer), ::testing::ElementsAreArray(before));
}

}  // namespace
}  // namespace plenary::storage::test
