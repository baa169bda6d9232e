#include "storage/channels.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/storage/database.hpp"

namespace plenary::storage::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr const char* room = "webinar/1";

std::vector<std::int64_t> ids(const std::vector<StoredRecord>& records) {
  std::vector<std::int64_t> found;
  for (const auto& record : records) found.push_back(record.id);
  return found;
}

/// Five messages, a tally on the second, two states; then the third leaves and one state does.
struct Room : ::testing::Test {
  Room() {
    const auto person = [](const char* name) { return protocol::PersonRecord{name, {}, std::nullopt}; };
    database.change([&](Transaction& transaction) {
      for (const std::int64_t id : {11, 12, 13, 14, 15}) {
        transaction.publish(room, id, protocol::RemovedMessageRecord{}, Placement::timeline());
      }
      transaction.publish(room, 1, person("Ana"), Placement::state());
      transaction.publish(room, 2, person("Ben"), Placement::state());
    });
    database.change([&](Transaction& transaction) {
      transaction.publish(room, 12, protocol::TallyRecord{protocol::MessageId{12}, {}},
                          Placement::attached_to("message", 12));
      transaction.retract({room, "message", 13});
      transaction.retract({room, "person", 1});
    });
    channel = read_head(database.writer, room).value().id;
  }

  TestDatabase database;
  std::int64_t channel = 0;
};

TEST_F(Room, a_channel_nobody_published_to_has_no_head) { EXPECT_FALSE(read_head(database.writer, "webinar/9")); }

TEST_F(Room, P21_a_resume_holds_everything_above_since_by_rev_with_tombstones) {
  EXPECT_THAT(ids(records_since(database.writer, channel, 7, 100)), ElementsAre(12, 13, 1));
  EXPECT_TRUE(records_since(database.writer, channel, 8, 100).front().gone);
  EXPECT_THAT(records_since(database.writer, channel, 10, 100), IsEmpty());
}

TEST_F(Room, reading_since_stops_at_its_limit) {
  EXPECT_THAT(ids(records_since(database.writer, channel, 0, 2)), ElementsAre(11, 12));
}

TEST_F(Room, P21_state_comes_without_timeline_and_tombstones) {
  EXPECT_THAT(ids(state_records(database.writer, channel)), ElementsAre(2));
}

TEST_F(Room, P24_a_page_is_a_range_of_places_with_what_is_attached_and_without_tombstones) {
  const auto page = timeline_records(database.writer, channel, 2, 4);
  EXPECT_THAT(ids(page), ElementsAre(12, 12, 14));
  EXPECT_EQ(page[0].type, "message");
  EXPECT_EQ(page[1].type, "tally");
}

TEST_F(Room, a_record_is_found_by_type_and_id) {
  EXPECT_EQ(find_record(database.writer, channel, "tally", 12)->pos, 2);
  EXPECT_FALSE(find_record(database.writer, channel, "tally", 11));
}

TEST(StoredRecord, P10_its_head_stands_in_front_of_its_fields) {
  std::string out;
  append_record(out, {"message", 7, 3, 2, false, R"("text":"a")"});
  append_record(out, {"state", 1, 4, std::nullopt, false, ""});
  append_record(out, {"message", 7, 5, 2, true, ""});
  EXPECT_EQ(out, R"({"type":"message","id":7,"rev":3,"pos":2,"text":"a"})"
                 R"({"type":"state","id":1,"rev":4})"
                 R"({"type":"message","id":7,"rev":5,"gone":true})");
}

}  // namespace
}  // namespace plenary::storage::test
