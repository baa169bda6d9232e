#include "server/administration.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <limits>

#include "protocol/connection.hpp"
#include "protocol/messages.hpp"
#include "server/access/token.hpp"
#include "server/domain/command.hpp"
#include "server/ops/operator_error.hpp"
#include "storage/channels.hpp"
#include "storage/integrity.hpp"
#include "storage/migrations.hpp"
#include "storage/sessions.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server {
namespace {

using protocol::Json;
using protocol::SiteRole;
using sync::JobStep;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct StillClock : protocol::Clock {
  [[nodiscard]] protocol::Timestamp now() const override { return {1'780'000'000'000}; }
};

struct Administration : ::testing::Test {
  Administration() {
    storage::migrate(*connection);
    storage::Transaction transaction{*connection};
    storage::insert_member(transaction, {"Ana", "ana@example.org", SiteRole::member}, clock.now());
    transaction.commit();
  }

  void post(storage::Connection& to, std::int64_t id, std::size_t bytes = 3'000) {
    storage::Transaction transaction{to};
    transaction.publish("webinar/1", id, protocol::PersonRecord{std::string(bytes, 'x'), {}, std::nullopt},
                        storage::Placement::timeline());
    transaction.finish();
    transaction.commit();
  }
  Json run(const SubmitJob& submit, const std::string& command, const Json& args = Json::object(),
           std::uint64_t minimum_free = 0, std::stop_token stop = {}) {
    return administration(submit, {folder.paths(), minimum_free}, clock).at(command)(args, std::move(stop));
  }
  std::string refusal(const std::string& command, const Json& args, std::uint64_t minimum_free = 0) {
    try {
      run(run_at_once(*connection), command, args, minimum_free);
    } catch (const ops::OperatorError& error) {
      return error.what();
    }
    return "was not refused";
  }

  test::TemporaryFolder temporary;
  ops::DataFolder folder{temporary / "data"};
  StillClock clock;
  std::unique_ptr<storage::Connection> connection =
      std::make_unique<storage::Connection>(folder.paths().database(), storage::Connection::Role::writer);
};

TEST_F(Administration, a_token_signs_in_as_the_person_for_so_many_days) {
  const auto made = run(run_at_once(*connection), "token.create",
                        {{"person", "ana@example.org"}, {"label", "load test"}, {"days", 2}});
  const auto hash = access::token_hash(made.at("token").get<std::string>());
  using std::chrono::hours;
  EXPECT_TRUE(storage::find_session(*connection, hash, clock.now() + hours{47}));
  EXPECT_FALSE(storage::find_session(*connection, hash, clock.now() + hours{48}));
}

TEST_F(Administration, a_token_lasts_a_year_when_nothing_is_said) {
  const auto made = run(run_at_once(*connection), "token.create", {{"person", "1"}, {"label", "x"}});
  const auto hash = access::token_hash(made.at("token").get<std::string>());
  EXPECT_TRUE(storage::find_session(*connection, hash, clock.now() + std::chrono::days{364}));
  EXPECT_FALSE(storage::find_session(*connection, hash, clock.now() + std::chrono::days{365}));
}

TEST_F(Administration, what_cannot_be_done_is_refused_with_a_sentence) {
  const Json good{{"person", "ana@example.org"}, {"label", "x"}};
  const auto with = [&](const char* name, const Json& value) {
    Json args = good;
    args[name] = value;
    return refusal("token.create", args);
  };
  EXPECT_THAT(with("person", "nobody@example.org"), HasSubstr("There is no member nobody@example.org here."));
  EXPECT_THAT(with("person", 7), HasSubstr("needs person"));
  EXPECT_THAT(with("label", ""), HasSubstr("1 to 60 characters"));
  EXPECT_THAT(with("days", 0), HasSubstr("1 to 3650 days"));
  EXPECT_THAT(with("days", 3'651), HasSubstr("1 to 3650 days"));
  EXPECT_THAT(with("days", "many"), HasSubstr("1 to 3650 days"));
  EXPECT_THAT(refusal("backup.copy", Json::object(), std::numeric_limits<std::int64_t>::max()), HasSubstr("no room"));
  EXPECT_THAT(refusal("token.create", good), HasSubstr("was not refused"));
}

TEST_F(Administration, a_copy_is_made_between_commits_and_holds_what_came_meanwhile) {
  for (std::int64_t id = 1; id <= 600; ++id) post(*connection, id);
  Job job;
  std::promise<void> submitted;
  const SubmitJob hold = [&](Job given) {
    job = std::move(given);
    submitted.set_value();
  };
  auto answer = std::async(std::launch::async, [&] { return run(hold, "backup.copy"); });
  submitted.get_future().wait();
  int steps = 1;
  for (std::int64_t id = 601; job(*connection) == JobStep::again; ++id, ++steps) post(*connection, id);
  job = nullptr;
  EXPECT_GT(steps, 2) << "several steps, or this proves nothing";

  storage::Connection copy{answer.get().at("database").get<std::string>(), storage::Connection::Role::reader};
  EXPECT_THAT(storage::check_integrity(copy, storage::IntegrityCheck::full), IsEmpty());
  EXPECT_EQ(storage::read_head(copy, "webinar/1")->pos, 600 + steps - 1);
}

TEST_F(Administration, a_copy_is_made_while_the_writer_works) {
  sync::Writer writer{std::move(connection), {}, {}};
  const SubmitJob submit = [&writer](Job job) { writer.submit_job(std::move(job)); };
  std::atomic<bool> enough = false;
  std::atomic<int> posted = 0;
  std::jthread poster{[&] {
    for (std::int64_t id = 1; !enough; ++id) {
      std::promise<void> done;
      writer.submit({[id](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
                       transaction.publish("webinar/1", id, protocol::RemovedMessageRecord{},
                                           storage::Placement::timeline());
                       return domain::made(protocol::NoArgs{});
                     },
                     [&done](const protocol::Result<sync::Answer>&) { done.set_value(); }});
      done.get_future().wait();
      posted.fetch_add(1);
      posted.notify_all();
    }
  }};
  posted.wait(0);
  for (int copies = 0; copies < 3; ++copies) {
    const int before = posted;
    const auto made = run(submit, "backup.copy");
    storage::Connection copy{made.at("database").get<std::string>(), storage::Connection::Role::reader};
    EXPECT_THAT(storage::check_integrity(copy, storage::IntegrityCheck::full), IsEmpty());
    const auto head = storage::read_head(copy, "webinar/1").value();
    EXPECT_GE(head.pos, before) << "what was acknowledged before is in it";
    EXPECT_EQ(storage::timeline_records(copy, head.id, 1, head.pos).size(), static_cast<std::size_t>(head.pos));
  }
  enough = true;
}

TEST_F(Administration, a_command_gives_up_when_the_server_stops_and_its_job_may_still_run) {
  Job job;
  const SubmitJob never = [&](Job given) { job = std::move(given); };
  std::stop_source stopping;
  stopping.request_stop();
  EXPECT_THROW(run(never, "backup.copy", Json::object(), 0, stopping.get_token()), ops::OperatorError);
  ASSERT_TRUE(job);
  while (job(*connection) == JobStep::again) {
  }
}

TEST_F(Administration, a_copy_that_fails_is_told_and_the_next_one_works) {
  std::filesystem::remove_all(folder.paths().backups());
  EXPECT_THROW(run(run_at_once(*connection), "backup.copy"), storage::StorageError);
  std::filesystem::create_directory(folder.paths().backups());
  EXPECT_TRUE(run(run_at_once(*connection), "backup.copy").contains("database"));
}

}  // namespace
}  // namespace plenary::server
