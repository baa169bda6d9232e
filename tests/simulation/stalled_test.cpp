// P26: who accepts nothing for 30 s is closed with 4001, and nobody else is.

#include <gtest/gtest.h>

#include "storage/migrations.hpp"
#include "tests/simulation/run.hpp"

namespace plenary::simulation {
namespace {

class P26_who_accepts_nothing : public testing::Test {
 protected:
  P26_who_accepts_nothing() {
    storage::migrate(database);
    run = std::make_unique<simulation::Run>(database, clock, ServerMistake::none, "run-1");
    run->accept(link);
    session = std::static_pointer_cast<server::net::Session>(run->socket_of(link)->handler_);
  }
  ~P26_who_accepts_nothing() override {
    session.reset();
    run.reset();
  }

  /// The answer is handed to the socket, which does not get rid of it.
  void say_hello() {
    session->on_text(R"({"id":1,"op":"hello","args":{}})");
    while (!run->reader_lane().is_empty() || !run->core_lane(0).is_empty()) {
      if (!run->reader_lane().is_empty()) run->reader_lane().run_one();
      if (!run->core_lane(0).is_empty()) run->core_lane(0).run_one();
    }
    ASSERT_EQ(link->down.size(), 1U);
  }
  void look_after(int seconds) { session->check_progress(clock.now() + std::chrono::seconds{seconds}); }

  HeldClock clock;
  storage::Connection database{":memory:", storage::Connection::Role::writer};
  std::shared_ptr<Link> link = std::make_shared<Link>();
  std::unique_ptr<simulation::Run> run;
  std::shared_ptr<server::net::Session> session;
};

TEST_F(P26_who_accepts_nothing, is_closed_after_30_s) {
  say_hello();
  look_after(0);
  look_after(29);
  EXPECT_TRUE(link->open);
  look_after(30);
  EXPECT_FALSE(link->open);
  EXPECT_EQ(link->close_code, 4001);
}

TEST_F(P26_who_accepts_nothing, but_takes_a_byte_now_and_then_stays) {
  say_hello();
  for (int seconds = 0; seconds <= 300; seconds += 20) {
    ++link->acknowledged_bytes;
    look_after(seconds);
  }
  EXPECT_TRUE(link->open);
}

TEST_F(P26_who_accepts_nothing, because_there_is_nothing_stays) {
  say_hello();
  look_after(0);
  session->on_written();
  look_after(20);
  look_after(300);
  EXPECT_TRUE(link->open);
}

}  // namespace
}  // namespace plenary::simulation
