// What an operator types, with the real program.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <regex>

#include "server/access/token.hpp"
#include "server/ops/data_folder.hpp"
#include "storage/migrations.hpp"
#include "storage/sessions.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/process.hpp"

namespace plenary::server {
namespace {

using test::Process;
using test::run_program;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int done = 0;
constexpr int failed = 1;
constexpr int misused = 2;

struct CommandLine : ::testing::Test {
  std::vector<std::string> serve(std::vector<std::string> more = {}) {
    std::vector<std::string> all{"serve", "--data", data, "--listen", "127.0.0.1:0"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  std::string file(const std::string& name, const std::string& text) {
    std::ofstream{folder / name} << text;
    return (folder / name).string();
  }

  test::TemporaryFolder folder;
  std::string data = (folder / "data").string();
};

TEST_F(CommandLine, every_subcommand_says_what_it_does) {
  const auto all = run_program({"--help"});
  EXPECT_EQ(all.exit_code, done);
  EXPECT_THAT(all.out, HasSubstr("Exit codes: 0 done; 1 "));
  for (const std::vector<std::string>& command : {std::vector<std::string>{"serve"},
                                                  {"check-config"},
                                                  {"token"},
                                                  {"token", "create"},
                                                  {"backup"},
                                                  {"restore"},
                                                  {"mail"},
                                                  {"mail", "release"},
                                                  {"version"}}) {
    EXPECT_THAT(all.out, HasSubstr(command[0]));
    auto arguments = command;
    arguments.emplace_back("--help");
    const auto help = run_program(arguments);
    EXPECT_EQ(help.exit_code, done);
    EXPECT_THAT(help.out, HasSubstr("Usage: plenary " + command[0]));
  }
}

TEST_F(CommandLine, what_is_not_understood_is_told_with_exit_code_2) {
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{},
                                                {"dance"},
                                                {"serve", "--dance"},
                                                {"token", "create"},
                                                {"backup"},
                                                {"restore", (folder / "none").string()}}) {
    const auto finished = run_program(wrong);
    EXPECT_EQ(finished.exit_code, misused) << ::testing::PrintToString(wrong);
    EXPECT_THAT(finished.error, Not(IsEmpty()));
  }
}

TEST_F(CommandLine, version_says_program_and_schema) {
  const auto finished = run_program({"version"});
  EXPECT_EQ(finished.exit_code, done);
  EXPECT_EQ(finished.out, "plenary " PLENARY_VERSION "\nschema " + std::to_string(storage::newest_schema()) + "\n");
}

TEST_F(CommandLine, check_config_says_what_is_wrong_and_where) {
  EXPECT_EQ(run_program({"check-config"}).exit_code, done);
  const auto config = file("plenary.toml", "[server]\nlisten = 'localhost:80'\n");
  const auto finished = run_program({"check-config", "--config", config, "--set", "limits.nope=1"});
  EXPECT_EQ(finished.exit_code, misused);
  EXPECT_THAT(finished.error, HasSubstr(config + ":2:10: server.listen cannot be this; allowed: an IP address"));
  EXPECT_THAT(finished.error, HasSubstr("--set limits.nope=1: there is no key"));
}

TEST_F(CommandLine, check_config_prints_a_configuration_it_takes) {
  const auto defaults = run_program({"check-config", "--defaults"});
  EXPECT_EQ(run_program({"check-config", "--config", file("all.toml", defaults.out)}).exit_code, done);
}

TEST_F(CommandLine, serve_does_not_start_with_a_wrong_configuration) {
  const auto finished = run_program(serve({"--set", "limits.messages_per_second=many"}));
  EXPECT_EQ(finished.exit_code, misused);
  EXPECT_FALSE(std::filesystem::exists(data)) << "nothing was begun";
}

TEST_F(CommandLine, serve_prints_its_address_and_a_set_up_link_and_ends_well) {
  Process server{serve()};
  const auto said = server.read_until("/enter#");
  std::smatch link;
  ASSERT_TRUE(std::regex_search(said, link, std::regex{R"(http://127\.0\.0\.1:\d+/enter#([A-Za-z0-9_-]{43})\n)"}))
      << said;
  EXPECT_THAT(said, HasSubstr("listens at http://127.0.0.1:"));
  server.send(SIGTERM);
  const auto finished = server.wait();
  EXPECT_EQ(finished.exit_code, done);
  EXPECT_THAT(finished.error, Not(HasSubstr(link[1].str()))) << "a token is not logged";
  EXPECT_THAT(finished.error, HasSubstr("info stopped"));

  storage::Connection connection{ops::DataPaths{data}.database(), storage::Connection::Role::reader};
  EXPECT_TRUE(storage::find_entry_token(connection, access::token_hash(link[1].str()), protocol::SystemClock{}.now()));
}

TEST_F(CommandLine, serve_prints_demo_links_and_no_set_up_link_in_the_demo) {
  Process server{serve({"--demo"})};
  const auto said = server.read_until("/demo/admin");
  EXPECT_THAT(said, HasSubstr("/demo/host\n"));
  server.send(SIGINT);
  const auto finished = server.wait();
  EXPECT_EQ(finished.exit_code, done);
  EXPECT_THAT(finished.out, Not(HasSubstr("/enter#")));
}

TEST_F(CommandLine, a_second_server_on_the_same_folder_is_refused) {
  Process server{serve()};
  server.read_until("/enter#");
  const auto second = run_program(serve());
  EXPECT_EQ(second.exit_code, failed);
  EXPECT_THAT(second.error, HasSubstr("is in use by process "));
  server.send(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, done) << "the first is not disturbed";
}

TEST_F(CommandLine, an_address_that_is_taken_is_told_with_a_sentence) {
  Process server{serve()};
  std::smatch address;
  const auto said = server.read_until("/enter#");
  ASSERT_TRUE(std::regex_search(said, address, std::regex{R"(listens at http://(\S+))"}));
  const auto second = run_program({"serve", "--data", (folder / "other").string(), "--listen", address[1].str()});
  EXPECT_EQ(second.exit_code, failed);
  EXPECT_THAT(second.error, HasSubstr("cannot listen at " + address[1].str() + ": Address already in use"));
}

TEST_F(CommandLine, a_token_is_made_while_the_server_runs_and_without_it) {
  const auto create = [&] {
    const auto finished =
        run_program({"token", "create", "--data", data, "--person", "admin@demo.invalid", "--label", "test"});
    EXPECT_EQ(finished.exit_code, done) << finished.error;
    EXPECT_TRUE(std::regex_match(finished.out, std::regex{"[A-Za-z0-9_-]{43}\n"})) << finished.out;
    return finished.out.substr(0, finished.out.find('\n'));
  };
  std::string while_running;
  {
    Process server{serve({"--demo"})};
    server.read_until("/demo/admin");
    while_running = create();
    const auto refused =
        run_program({"token", "create", "--data", data, "--person", "nobody@demo.invalid", "--label", "test"});
    EXPECT_EQ(refused.exit_code, failed);
    EXPECT_THAT(refused.error, HasSubstr("There is no member nobody@demo.invalid"));
    server.send(SIGTERM);
    EXPECT_THAT(server.wait().error, Not(HasSubstr(while_running))) << "a token is not logged";
  }
  const auto without = create();
  storage::Connection connection{ops::DataPaths{data}.database(), storage::Connection::Role::reader};
  for (const auto& token : {while_running, without}) {
    EXPECT_TRUE(storage::find_session(connection, access::token_hash(token), protocol::SystemClock{}.now()));
  }
}

TEST_F(CommandLine, what_needs_data_says_where_there_is_none) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"token", "create", "--person", "1", "--label", "x"},
        {"backup", (folder / "b.plenary").string()}}) {
    auto arguments = command;
    arguments.insert(arguments.end(), {"--data", data});
    const auto finished = run_program(arguments);
    EXPECT_EQ(finished.exit_code, failed);
    EXPECT_THAT(finished.error, HasSubstr("There is no Plenary "));
    EXPECT_FALSE(std::filesystem::exists(data)) << "and makes none";
  }
}

TEST_F(CommandLine, a_backup_is_made_while_the_server_runs_and_put_back_once_it_is_stopped) {
  const auto archive = (folder / "b.plenary").string();
  Process server{serve({"--demo"})};
  server.read_until("/demo/admin");
  const auto backup = run_program({"backup", archive, "--data", data});
  EXPECT_EQ(backup.exit_code, done) << backup.error;
  EXPECT_THAT(std::filesystem::directory_iterator{ops::DataPaths{data}.backups()},
              std::filesystem::directory_iterator{})
      << "no copy stays";

  const auto too_early = run_program({"restore", archive, "--data", data, "--replace"});
  EXPECT_EQ(too_early.exit_code, failed);
  EXPECT_THAT(too_early.error, HasSubstr("is in use by process "));
  server.send(SIGTERM);
  EXPECT_EQ(server.wait().exit_code, done);

  EXPECT_EQ(run_program({"restore", archive, "--data", data}).exit_code, failed) << "it is not empty";
  const auto restore = run_program({"restore", archive, "--data", data, "--replace"});
  EXPECT_EQ(restore.exit_code, done) << restore.error;
  EXPECT_THAT(restore.out, HasSubstr("What was there is now in " + data + "/replaced-"));
  EXPECT_THAT(restore.out, HasSubstr("plenary mail release"));
  EXPECT_THAT(run_program({"mail", "release", "--data", data}).out, HasSubstr("no longer held"));

  Process again{serve({"--demo"})};
  EXPECT_THAT(again.read_until("/demo/admin"), HasSubstr("listens at"));
  again.send(SIGTERM);
  EXPECT_EQ(again.wait().exit_code, done);
}

TEST_F(CommandLine, a_backup_needs_no_server) {
  {
    Process server{serve()};
    server.read_until("/enter#");
    server.send(SIGTERM);
    server.wait();
  }
  const auto archive = (folder / "b.plenary").string();
  const auto backup = run_program({"backup", archive, "--data", data});
  EXPECT_EQ(backup.exit_code, done) << backup.error;
  EXPECT_EQ(run_program({"restore", archive, "--data", (folder / "other").string()}).exit_code, done);
}

TEST_F(CommandLine, a_killed_server_leaves_nothing_in_the_way) {
  {
    Process server{serve()};
    server.read_until("/enter#");
    server.send(SIGKILL);
    EXPECT_EQ(server.wait().exit_code, 128 + SIGKILL);
  }
  EXPECT_TRUE(std::filesystem::exists(ops::DataPaths{data}.admin_socket())) << "or this proves nothing";
  const auto archive = (folder / "b.plenary").string();
  EXPECT_EQ(run_program({"backup", archive, "--data", data}).exit_code, done);
  Process again{serve()};
  again.read_until("/enter#");
  EXPECT_EQ(run_program({"backup", archive, "--data", data}).exit_code, done);
}

}  // namespace
}  // namespace plenary::server
