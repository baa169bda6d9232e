#include "server/cli/signals.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <csignal>
#include <future>
#include <thread>

namespace plenary::server::cli {
namespace {

// Each in a process of its own: signals are a process's.
struct StopSignalsDeathTest : ::testing::Test {
  StopSignalsDeathTest() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

[[noreturn]] void exit_when_asked_by(int signal) {
  block_stop_signals();
  std::promise<void> asked;
  {
    const StopSignals signals{[&asked] { asked.set_value(); }};
    ::kill(::getpid(), signal);
    asked.get_future().wait();
  }
  std::_Exit(7);
}

TEST_F(StopSignalsDeathTest, the_first_asks_for_a_stop) {
  EXPECT_EXIT(exit_when_asked_by(SIGTERM), ::testing::ExitedWithCode(7), "");
  EXPECT_EXIT(exit_when_asked_by(SIGINT), ::testing::ExitedWithCode(7), "");
}

TEST_F(StopSignalsDeathTest, one_that_came_before_it_watched_counts) {
  const auto early = [] {
    block_stop_signals();
    ::kill(::getpid(), SIGTERM);
    std::promise<void> asked;
    {
      const StopSignals signals{[&asked] { asked.set_value(); }};
      asked.get_future().wait();
    }
    std::_Exit(7);
  };
  EXPECT_EXIT(early(), ::testing::ExitedWithCode(7), "");
}

[[noreturn]] void never_stop() {
  block_stop_signals();
  std::promise<void> asked;
  const StopSignals signals{[&asked] { asked.set_value(); }};
  ::kill(::getpid(), SIGTERM);
  asked.get_future().wait();
  ::kill(::getpid(), SIGINT);
  for (;;) ::pause();
}

TEST_F(StopSignalsDeathTest, a_second_ends_the_process_at_once) {
  EXPECT_EXIT(never_stop(), ::testing::ExitedWithCode(128 + SIGINT), "");
}

TEST_F(StopSignalsDeathTest, without_one_nothing_is_asked) {
  const auto quiet = [] {
    block_stop_signals();
    {
      const StopSignals signals{[] { std::_Exit(1); }};
    }
    std::_Exit(7);
  };
  EXPECT_EXIT(quiet(), ::testing::ExitedWithCode(7), "");
}

}  // namespace
}  // namespace plenary::server::cli
