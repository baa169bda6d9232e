#include "server/ops/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <thread>
#include <vector>

#include "server/ops/metrics_access.hpp"
#include "server/ops/operator_error.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::ops {
namespace {

using protocol::ErrorCode;
using protocol::Operation;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(Counter, counts_everything_that_many_threads_add) {
  constexpr std::uint64_t each = 20'000;
  Counter counter;
  {
    std::vector<std::jthread> threads;
    for (int i = 0; i < 12; ++i) {
      threads.emplace_back([&counter] {
        for (std::uint64_t n = 0; n < each; ++n) counter.add();
      });
    }
  }
  counter.add(5);
  EXPECT_EQ(counter.value(), 12 * each + 5);
}

TEST(Metrics, are_a_prometheus_page) {
  Metrics metrics;
  metrics.connections_open.Set(3);
  metrics.frames_sent.add(7);
  metrics.commit_seconds.Observe(0.003);
  const auto text = metrics.text();
  EXPECT_THAT(text, HasSubstr("# TYPE plenary_connections_open gauge\nplenary_connections_open 3\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE plenary_frames_sent_total counter\nplenary_frames_sent_total 7\n"));
  EXPECT_THAT(text, HasSubstr("plenary_commit_seconds_bucket{le=\"0.002\"} 0\n"));
  EXPECT_THAT(text, HasSubstr("plenary_commit_seconds_bucket{le=\"0.005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("plenary_commit_seconds_bucket{le=\"+Inf\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("# TYPE process_cpu_seconds_total counter\n"));
  EXPECT_THAT(text, Not(HasSubstr("process_resident_memory_bytes 0\n")));
}

TEST(Metrics, count_operations_by_outcome) {
  Metrics metrics;
  metrics.count_operation(Operation::message_post, std::nullopt);
  metrics.count_operation(Operation::message_post, std::nullopt);
  metrics.count_operation(Operation::message_post, ErrorCode::rate_limited);
  metrics.count_operation(Operation::session_end, ErrorCode::stopping);
  EXPECT_EQ(metrics.operations(Operation::message_post, std::nullopt), 2U);
  EXPECT_EQ(metrics.operations(Operation::message_post, ErrorCode::rate_limited), 1U);
  EXPECT_EQ(metrics.operations(Operation::message_edit, std::nullopt), 0U);
  const auto text = metrics.text();
  EXPECT_THAT(text, HasSubstr("plenary_operations_total{operation=\"message.post\",outcome=\"ok\"} 2\n"));
  EXPECT_THAT(text, HasSubstr("plenary_operations_total{operation=\"message.post\",outcome=\"rate_limited\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("plenary_operations_total{operation=\"session.end\",outcome=\"stopping\"} 1\n"));
  EXPECT_THAT(text, Not(HasSubstr("message.edit"))) << "what never happened takes no line";
}

struct TokenFile : ::testing::Test {
  std::filesystem::path write(const std::string& text) {
    const auto file = folder / "token";
    std::ofstream{file} << text;
    return file;
  }
  test::TemporaryFolder folder;
};

TEST_F(TokenFile, without_one_only_this_machine_reads_the_metrics) {
  const MetricsAccess access{{}};
  EXPECT_TRUE(access.allows({true, false, ""}));
  EXPECT_FALSE(access.allows({false, false, ""}));
  EXPECT_FALSE(access.allows({false, false, "Bearer "}));
  EXPECT_FALSE(access.allows({true, true, ""})) << "a reverse proxy here passes on strangers";
}

TEST_F(TokenFile, its_first_line_opens_the_metrics_to_others) {
  const MetricsAccess access{write("0123456789abcdef\nsecond line\n")};
  EXPECT_TRUE(access.allows({false, false, "Bearer 0123456789abcdef"}));
  EXPECT_TRUE(access.allows({true, true, "Bearer 0123456789abcdef"}));
  EXPECT_TRUE(access.allows({true, false, ""}));
  for (const char* header : {"", "Bearer", "Bearer ", "Bearer 0123456789abcdeF", "bearer 0123456789abcdef",
                             "Bearer 0123456789abcdef ", "0123456789abcdef", "Bearer second line"}) {
    EXPECT_FALSE(access.allows({false, false, header})) << header;
  }
}

TEST_F(TokenFile, a_token_that_can_be_guessed_is_refused) {
  EXPECT_THROW(MetricsAccess{write("")}, OperatorError);
  EXPECT_THROW(MetricsAccess{write("\n0123456789abcdef")}, OperatorError);
  EXPECT_THROW(MetricsAccess{write("0123456789abcde")}, OperatorError);
}

}  // namespace
}  // namespace plenary::server::ops
