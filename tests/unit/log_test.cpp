#include "server/ops/log.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/system/error_code.hpp>
#include <nlohmann/json.hpp>
#include <regex>
#include <sstream>
#include <thread>

#include "protocol/operations.hpp"
#include "storage/connection.hpp"

namespace plenary::server::ops {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::Not;

// What people write, and what lets somebody in, is of these types; none of them becomes a value.
template <class T>
concept Loggable = std::is_constructible_v<Value, T>;
static_assert(!Loggable<std::string>);
static_assert(!Loggable<const std::string&>);
static_assert(!Loggable<std::string_view>);
static_assert(!Loggable<const char*>);
static_assert(!Loggable<char*>);
static_assert(!Loggable<char>);
static_assert(!Loggable<protocol::MessageText>);
static_assert(!Loggable<protocol::DisplayName>);
static_assert(!Loggable<storage::Blob>);
static_assert(!Loggable<nlohmann::json>);
static_assert(!std::is_constructible_v<Word, std::string>);
static_assert(!std::is_constructible_v<Word, std::string_view>);
static_assert(!std::is_convertible_v<std::string_view, Identifier>);
static_assert(Loggable<int> && Loggable<bool> && Loggable<std::chrono::seconds> && Loggable<protocol::PersonId>);
static_assert(Loggable<protocol::ErrorCode> && Loggable<std::filesystem::path>);

constexpr const char* secret = "Zq7_secret-token-of-43-characters_Zq7-abcdef";

struct Logged {
  explicit Logged(LogFormat format, Level least = Level::debug) : log{least, format, out} {}
  std::string text() { return out.str(); }

  std::ostringstream out;
  Log log;
};

TEST(Log, a_line_of_text_is_time_level_event_and_values) {
  Logged logged{LogFormat::text};
  const int count = 3;
  logged.log.event(Level::warning, "session_opened",
                   {{"session", protocol::SessionId{12}},
                    {"took", 1500us},
                    {"count", count},
                    {"resumed", true},
                    {"operation", protocol::Operation::message_post},
                    {"door", "socket"}});
  EXPECT_TRUE(std::regex_match(
      logged.text(),
      std::regex{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z warning session_opened session=12 took_ms=1\.500 count=3 )"
                 R"(resumed=true operation=message_post door=socket\n)"}))
      << logged.text();
}

TEST(Log, a_line_of_json_is_one_object) {
  Logged logged{LogFormat::json};
  logged.log.event(Level::error, "disk_full", {{"free", std::uint64_t{42}}, {"took", 2ms}, {"door", "socket"}});
  const auto line = nlohmann::json::parse(logged.text());
  EXPECT_EQ(line["level"], "error");
  EXPECT_EQ(line["event"], "disk_full");
  EXPECT_EQ(line["free"], 42);
  EXPECT_EQ(line["took_ms"], 2.0);
  EXPECT_EQ(line["door"], "socket");
  EXPECT_TRUE(std::regex_match(line["at"].get<std::string>(), std::regex{R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)"}));
}

TEST(Log, what_is_below_its_level_is_left_out) {
  Logged logged{LogFormat::text, Level::warning};
  logged.log.event(Level::info, "quiet");
  logged.log.event(Level::error, "loud");
  EXPECT_THAT(logged.text(), Not(HasSubstr("quiet")));
  EXPECT_THAT(logged.text(), HasSubstr("error loud\n"));
}

TEST(Log, nothing_in_a_value_makes_another_line_or_field) {
  const std::filesystem::path path{"/data/a b\n2026 error forged=1\"}\\"};
  Logged text{LogFormat::text};
  text.log.event(Level::info, "started", {{"data", path}});
  const std::string line = text.text();
  EXPECT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  EXPECT_THAT(line, HasSubstr(R"(data="/data/a b\n2026 error forged=1\"}\\")"));
  Logged json{LogFormat::json};
  json.log.event(Level::info, "started", {{"data", path}});
  EXPECT_EQ(nlohmann::json::parse(json.text())["data"], path.string());
}

TEST(Log, identifiers_are_names_the_program_made) {
  EXPECT_EQ(Identifier{"webinar/12/person/7"}.text, "webinar/12/person/7");
  EXPECT_EQ(Identifier{"token.create"}.text, "token.create");
  for (const char* unfit : {"", "Bonjour à tous", "Hello", "two words", "a\nb", secret}) {
    EXPECT_EQ(Identifier{unfit}.text, "(unfit)") << unfit;
  }
  EXPECT_EQ(Identifier{std::string(65, 'a')}.text, "(unfit)");
}

TEST(Log, addresses_are_digits) {
  Logged logged{LogFormat::text};
  logged.log.event(
      Level::info, "listening",
      {{"v4", SocketAddress{"127.0.0.1", 80}}, {"v6", SocketAddress{"::1", 80}}, {"no", SocketAddress{secret, 80}}});
  EXPECT_THAT(logged.text(), HasSubstr("v4=127.0.0.1:80 v6=[::1]:80 no=\"(unfit)\""));
}

TEST(Log, a_reason_says_the_code_and_quotes_nothing) {
  const std::string quoting = std::string{"near \""} + secret + "\"";
  EXPECT_EQ(Reason{storage::StorageError(SQLITE_IOERR_FSYNC, quoting)}.text, "sqlite 1034: disk I/O error");
  EXPECT_EQ(Reason{std::runtime_error{quoting}}.text, "std::runtime_error");
  EXPECT_EQ(Reason{std::make_error_code(std::errc::no_space_on_device)}.text, "generic 28: No space left on device");
  EXPECT_EQ(Reason{std::system_error(28, std::generic_category(), quoting)}.text,
            "generic 28: No space left on device");
  EXPECT_THAT(Reason{boost::system::error_code(104, boost::system::system_category())}.text, HasSubstr("system 104: "));
  try {
    std::ignore = nlohmann::json::parse(quoting);
    FAIL();
  } catch (const std::exception& failure) {
    EXPECT_THAT(std::string{failure.what()}, HasSubstr("last read")) << "the parser does quote";
    EXPECT_THAT(Reason{failure}.text, Not(HasSubstr("last read")));
  }
}

TEST(Log, seeded_secrets_never_appear) {
  for (const LogFormat format : {LogFormat::text, LogFormat::json}) {
    Logged logged{format};
    const std::string message = std::string{"what somebody wrote "} + secret;
    logged.log.event(Level::error, "command_failed",
                     {{"channel", Identifier{message}},
                      {"storage", Reason{storage::StorageError(SQLITE_ERROR, message)}},
                      {"bug", Reason{std::logic_error{message}}},
                      {"address", SocketAddress{message, 1}}});
    EXPECT_THAT(logged.text(), Not(HasSubstr("secret")));
    EXPECT_THAT(logged.text(), Not(HasSubstr("somebody")));
  }
}

TEST(Log, lines_of_many_threads_stay_whole) {
  constexpr int lines_each = 300;
  Logged logged{LogFormat::json};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread) {
      threads.emplace_back([&logged, thread] {
        for (int i = 0; i < lines_each; ++i) logged.log.event(Level::info, "counted", {{"thread", thread}, {"i", i}});
      });
    }
  }
  std::istringstream lines{logged.text()};
  int count = 0;
  for (std::string line; std::getline(lines, line); ++count) EXPECT_TRUE(nlohmann::json::accept(line)) << line;
  EXPECT_EQ(count, 4 * lines_each);
}

}  // namespace
}  // namespace plenary::server::ops
