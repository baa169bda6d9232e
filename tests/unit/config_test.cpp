#include "server/config.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include "server/config_keys.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server {
namespace {

using ::testing::AllOf;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::StartsWith;

std::vector<std::string> problems(const LoadedConfig& loaded) {
  std::vector<std::string> sentences;
  for (const auto& problem : loaded.problems) sentences.push_back(problem.str());
  return sentences;
}

LoadedConfig with(const std::string& setting) { return load_config(std::nullopt, {setting}); }

struct ConfigFile : ::testing::Test {
  LoadedConfig load(const std::string& text, const std::vector<std::string>& settings = {}) {
    std::ofstream{file} << text;
    return load_config(file, settings);
  }

  test::TemporaryFolder folder;
  std::filesystem::path file = folder / "plenary.toml";
};

TEST(ConfigTable, config_plenary_toml_is_what_the_table_says) {
  std::ifstream file{PLENARY_CONFIG};
  std::ostringstream committed;
  committed << file.rdbuf();
  EXPECT_EQ(committed.str(), default_config_text()) << "plenary check-config --defaults > config/plenary.toml";
}

TEST(ConfigTable, its_own_text_is_taken_and_changes_nothing) {
  const auto loaded = load_config(std::filesystem::path{PLENARY_CONFIG}, {});
  EXPECT_THAT(problems(loaded), IsEmpty());
  const Config defaults;
  for (const auto& key : config_keys()) EXPECT_EQ(key.get(loaded.config), key.get(defaults)) << key.path();
}

TEST(ConfigTable, every_key_has_one_row_and_words) {
  std::set<std::string> seen;
  for (const auto& key : config_keys()) {
    EXPECT_TRUE(seen.insert(key.path()).second) << key.path();
    EXPECT_THAT(key.comment, ::testing::Not(IsEmpty())) << key.path();
    EXPECT_THAT(key.allowed, ::testing::Not(IsEmpty())) << key.path();
  }
}

TEST(ConfigTable, every_key_reaches_a_member_of_its_own) {
  for (const auto& key : config_keys()) {
    Config changed;
    for (const ConfigValue& value :
         {ConfigValue{std::int64_t{1}}, ConfigValue{std::int64_t{70'000}}, ConfigValue{std::int64_t{150}},
          ConfigValue{true}, ConfigValue{std::string{"127.0.0.2:1"}}, ConfigValue{std::string{"https://a.example"}},
          ConfigValue{std::string{PLENARY_CONFIG}}, ConfigValue{std::string{"debug"}}, ConfigValue{std::string{"json"}},
          ConfigValue{std::vector<std::string>{"https://a.example"}}}) {
      key.set(changed, value);
    }
    int differences = 0;
    for (const auto& other : config_keys()) {
      if (other.get(changed) != other.get(Config{})) ++differences;
    }
    EXPECT_EQ(differences, 1) << key.path();
  }
}

TEST_F(ConfigFile, gives_what_it_says_and_defaults_for_the_rest) {
  const auto loaded =
      load("[limits]\nmessages_per_second = 5\n[log]\nformat = 'json'\n[storage]\ncheck_at_start = true");
  EXPECT_THAT(problems(loaded), IsEmpty());
  EXPECT_EQ(loaded.config.limits.messages_per_second, 5);
  EXPECT_EQ(loaded.config.log.format, ops::LogFormat::json);
  EXPECT_TRUE(loaded.config.storage.check_at_start);
  EXPECT_EQ(loaded.config.limits.operations_per_second, 30);
}

TEST_F(ConfigFile, an_unknown_key_is_named_with_its_line_and_the_known_ones) {
  const auto found = problems(load("[server]\n\nlisten = '127.0.0.1:1'\n  lisen = 1\n"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0], file.string() +
                          ":4:3: there is no key \"server.lisen\"; allowed in [server]: listen, public_url, "
                          "origins, io_threads, reader_threads, drain_seconds");
}

TEST_F(ConfigFile, an_unknown_section_is_named_with_its_line_and_the_known_ones) {
  const auto found = problems(load("\n[serve]\nlisten = '127.0.0.1:1'\n"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0], AllOf(StartsWith(file.string() + ":2:"), HasSubstr("no section \"serve\""),
                              EndsWith("allowed: server, storage, limits, sessions, sync, log, metrics")));
}

TEST_F(ConfigFile, a_value_out_of_range_is_named_with_its_place_and_what_is_allowed) {
  const auto found = problems(load("[server]\nio_threads = 65\n"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_EQ(found[0], file.string() + ":2:14: server.io_threads cannot be this; allowed: a whole number from 0 to 64");
}

TEST_F(ConfigFile, every_problem_is_told_at_once_from_the_top) {
  const auto found = problems(load("[sync]\nqueue_bytes = 1\n[log]\nlevel = 'loud'\n[metrics]\ntoken = ''\n"));
  ASSERT_THAT(found, SizeIs(3));
  EXPECT_THAT(found[0], StartsWith(file.string() + ":2:15: sync.queue_bytes"));
  EXPECT_THAT(found[1], StartsWith(file.string() + ":4:9: log.level"));
  EXPECT_THAT(found[2], StartsWith(file.string() + ":6:1: there is no key \"metrics.token\""));
}

TEST_F(ConfigFile, one_that_is_no_toml_is_told_by_its_place) {
  const auto found = problems(load("[server]\nlisten = \n"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0], StartsWith(file.string() + ":2:"));
}

TEST_F(ConfigFile, a_key_given_twice_is_refused) {
  const auto found = problems(load("[server]\nio_threads = 1\nio_threads = 2\n"));
  ASSERT_THAT(found, SizeIs(1));
  EXPECT_THAT(found[0], StartsWith(file.string() + ":3:"));
}

TEST_F(ConfigFile, a_section_that_is_a_value_is_refused) {
  EXPECT_THAT(problems(load("server = 1\n")), ::testing::ElementsAre(HasSubstr("write [server] above its keys")));
  EXPECT_THAT(problems(load("[server]\nlisten.address = 'x'\n")), SizeIs(1));
}

TEST_F(ConfigFile, one_that_is_not_there_is_refused) {
  EXPECT_THAT(problems(load_config(folder / "none.toml", {})),
              ::testing::ElementsAre(HasSubstr("there is no such file")));
  EXPECT_THAT(problems(load_config(folder.path(), {})), ::testing::ElementsAre(HasSubstr("this is a folder")));
}

TEST_F(ConfigFile, settings_come_after_it_and_the_last_one_wins) {
  const auto loaded = load("[limits]\nmessages_per_second = 5\n",
                           {"limits.messages_per_second=6", "limits.messages_per_second=7", "log.level=debug"});
  EXPECT_THAT(problems(loaded), IsEmpty());
  EXPECT_EQ(loaded.config.limits.messages_per_second, 7);
  EXPECT_EQ(loaded.config.log.level, ops::Level::debug);
}

TEST(ConfigSetting, strings_need_no_quotes) {
  EXPECT_EQ(with("server.listen=0.0.0.0:80").config.server.listen, (ListenAddress{"0.0.0.0", 80}));
  EXPECT_EQ(with("server.listen=\"0.0.0.0:80\"").config.server.listen, (ListenAddress{"0.0.0.0", 80}));
  EXPECT_EQ(with("server.public_url=https://a.example").config.server.public_url, "https://a.example");
  EXPECT_EQ(with("server.origins=['https://a.example', 'http://b:81']").config.server.origins.size(), 2U);
}

TEST(ConfigSetting, what_is_wrong_is_told_with_the_setting_itself) {
  EXPECT_THAT(problems(with("limits.messages=1")),
              ::testing::ElementsAre(HasSubstr("--set limits.messages=1: there is no key")));
  EXPECT_THAT(problems(with("limits")), ::testing::ElementsAre("--set limits: allowed: section.key=value"));
  EXPECT_THAT(problems(with("limits=1.0")), ::testing::ElementsAre(HasSubstr("allowed: section.key=value")));
  EXPECT_THAT(problems(with("log.level=loud")), ::testing::ElementsAre(HasSubstr("one of \"debug\", \"info\"")));
  EXPECT_THAT(problems(with("limits.messages_per_second=1\nnope.x=2")), SizeIs(1)) << "one setting sets one key";
}

struct Case {
  const char* setting;
  bool is_taken;
};
void PrintTo(const Case& one, std::ostream* out) { *out << one.setting; }

class ConfigValueCheck : public ::testing::TestWithParam<Case> {};

TEST_P(ConfigValueCheck, takes_what_is_allowed_and_nothing_else) {
  const auto loaded = with(GetParam().setting);
  EXPECT_EQ(loaded.problems.empty(), GetParam().is_taken) << ::testing::PrintToString(problems(loaded));
}

INSTANTIATE_TEST_SUITE_P(
    Table, ConfigValueCheck,
    ::testing::Values(Case{"server.listen=127.0.0.1:0", true}, Case{"server.listen=[::1]:8080", true},
                      Case{"server.listen=localhost:80", false}, Case{"server.listen=::1:80", false},
                      Case{"server.listen=127.0.0.1", false}, Case{"server.listen=127.0.0.1:65536", false},
                      Case{"server.listen=127.0.0.1:", false}, Case{"server.listen=127.0.0.1:80x", false},
                      Case{"server.listen=[127.0.0.1]:80", false}, Case{"server.listen=8080", false},
                      Case{"server.public_url=", true}, Case{"server.public_url=\"\"", true},
                      Case{"server.public_url=https://meet.example.org", true},
                      Case{"server.public_url=http://meet.example.org:8080", true},
                      Case{"server.public_url=https://meet.example.org/", false},
                      Case{"server.public_url=https://meet.example.org:443", false},
                      Case{"server.public_url=http://meet.example.org:80", false},
                      Case{"server.public_url=https://Meet.example.org", false},
                      Case{"server.public_url=https://a@meet.example.org", false},
                      Case{"server.public_url=ftp://meet.example.org", false},
                      Case{"server.public_url=meet.example.org", false}, Case{"server.public_url=https://", false},
                      Case{"server.origins=[]", true}, Case{"server.origins=['https://a', 1]", false},
                      Case{"server.origins=https://a", false}, Case{"server.drain_seconds=9", true},
                      Case{"server.drain_seconds=10", false}, Case{"server.drain_seconds=-1", false},
                      Case{"server.drain_seconds=1.5", false}, Case{"server.drain_seconds='1'", false},
                      Case{"limits.messages_per_second=0", true}, Case{"storage.keep_backups=0", false},
                      Case{"storage.check_at_start=true", true}, Case{"storage.check_at_start=1", false},
                      Case{"metrics.token_file=/no/such/file", false}, Case{"metrics.token_file=/", false},
                      Case{"metrics.token_file=" PLENARY_CONFIG, true}));

TEST(ListenAddress, is_written_as_it_is_read) {
  for (const char* text : {"127.0.0.1:8080", "[::1]:0", "[2001:db8::7]:65535"}) {
    const auto parsed = ListenAddress::parse(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(parsed->str(), text);
  }
}

}  // namespace
}  // namespace plenary::server
