#include "server/ops/admin_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <condition_variable>
#include <future>
#include <sstream>

#include "server/ops/operator_error.hpp"
#include "server/ops/unix_socket.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::server::ops {
namespace {

using protocol::Json;
using ::testing::HasSubstr;
using ::testing::Not;

std::string refusal_of(const std::function<void()>& work) {
  try {
    work();
  } catch (const OperatorError& error) {
    return error.what();
  }
  return "was not refused";
}

struct AdminSocket : ::testing::Test {
  AdminCommands commands{
      {"echo", [](const Json& args, std::stop_token) { return args; }},
      {"refuse", [](const Json&, std::stop_token) -> Json { throw OperatorError{"Not today."}; }},
      {"break", [](const Json&, std::stop_token) -> Json { throw std::runtime_error{"the secret broke"}; }},
  };
  Json ask(const std::string& command, const Json& args = Json::object()) { return ask_server(path, command, args); }

  test::TemporaryFolder folder;
  std::filesystem::path path = folder / "admin.sock";
  std::ostringstream out;
  Log log{Level::debug, LogFormat::text, out};
};

TEST_F(AdminSocket, answers_commands_with_their_arguments) {
  const AdminServer server{path, commands, log};
  EXPECT_EQ(ask("echo", {{"text", "Ça va ?\n"}}), (Json{{"text", "Ça va ?\n"}}));
  EXPECT_EQ(ask("echo"), Json::object());
}

TEST_F(AdminSocket, hands_on_the_sentence_of_a_refusal) {
  const AdminServer server{path, commands, log};
  EXPECT_EQ(refusal_of([&] { ask("refuse"); }), "Not today.");
  EXPECT_EQ(refusal_of([&] { ask("dance"); }), "This server knows no command dance.");
}

TEST_F(AdminSocket, tells_the_operator_what_broke_and_the_log_only_its_kind) {
  {
    const AdminServer server{path, commands, log};
    EXPECT_THAT(refusal_of([&] { ask("break"); }), HasSubstr("the secret broke"));
    EXPECT_EQ(ask("echo"), Json::object()) << "and goes on";
  }
  EXPECT_THAT(out.str(), HasSubstr("admin_command_failed command=break reason=std::runtime_error"));
  EXPECT_THAT(out.str(), Not(HasSubstr("secret")));
}

TEST_F(AdminSocket, takes_several_requests_on_one_connection_and_survives_nonsense) {
  const AdminServer server{path, commands, log};
  const auto connection = connect_to(path);
  LineReader lines{connection.get(), 100'000};
  for (const char* nonsense : {"", "{", "[]", "7", "{\"command\":7}", "{\"args\":{}}", "\xff"}) {
    send_line(connection.get(), nonsense);
    EXPECT_THAT(lines.next().value_or("closed"), HasSubstr("{\"error\":\"A request is ")) << nonsense;
  }
  send_line(connection.get(), R"({"command":"echo","args":{"a":1}})");
  EXPECT_EQ(lines.next(), R"({"ok":{"a":1}})");
}

TEST_F(AdminSocket, closes_on_a_line_that_never_ends) {
  const AdminServer server{path, commands, log};
  const auto connection = connect_to(path);
  // The server may close before it has taken everything.
  try {
    send_line(connection.get(), std::string(1'000'000, 'x'));
  } catch (const std::system_error&) {
  }
  EXPECT_EQ((LineReader{connection.get(), 100}.next()), std::nullopt);
  EXPECT_EQ(ask("echo"), Json::object());
}

TEST_F(AdminSocket, is_for_its_owner_only_and_goes_with_the_server) {
  {
    const AdminServer server{path, commands, log};
    EXPECT_EQ(static_cast<unsigned>(std::filesystem::status(path).permissions()) & 0777U, 0600U);
  }
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_THAT(refusal_of([&] { ask("echo"); }), HasSubstr("does not answer"));
}

TEST_F(AdminSocket, replaces_the_one_a_killed_server_left) {
  { const auto abandoned = listen_at(path); }
  ASSERT_TRUE(std::filesystem::exists(path));
  EXPECT_THAT(refusal_of([&] { ask("echo"); }), HasSubstr("does not answer"));
  const AdminServer server{path, commands, log};
  EXPECT_EQ(ask("echo"), Json::object());
}

TEST_F(AdminSocket, works_in_a_folder_whose_name_is_longer_than_an_address) {
  const auto deep = folder / std::string(200, 'd');
  std::filesystem::create_directory(deep);
  path = deep / "admin.sock";
  const AdminServer server{path, commands, log};
  EXPECT_TRUE(std::filesystem::exists(path));
  EXPECT_EQ(ask("echo"), Json::object());
}

TEST_F(AdminSocket, asks_a_command_to_give_up_when_the_server_goes) {
  std::promise<void> begun;
  commands["wait"] = [&begun](const Json&, std::stop_token stop) -> Json {
    begun.set_value();
    std::mutex mutex;
    std::condition_variable_any changed;
    std::unique_lock lock{mutex};
    changed.wait(lock, stop, [] { return false; });
    throw OperatorError{"The server is stopping."};
  };
  std::optional<AdminServer> server{std::in_place, path, commands, log};
  auto asked = std::async(std::launch::async, [this] { return refusal_of([this] { ask("wait"); }); });
  begun.get_future().wait();
  server.reset();
  EXPECT_THAT(asked.get(), ::testing::AnyOf(HasSubstr("is stopping"), HasSubstr("closed the connection")));
}

/// 0: answered; 1: closed without an answer; 2: no connection.
int ask_as_somebody_else(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.string().copy(address.sun_path, sizeof(address.sun_path) - 1);
  const pid_t child = ::fork();
  if (child == 0) {
    // Only what is safe between fork and exec.
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    const bool is_connected =
        ::setuid(4'242) == 0 && ::connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
    if (!is_connected) ::_exit(2);
    static constexpr char request[] = "{\"command\":\"echo\"}\n";
    char answer = 0;
    (void)!::send(socket, request, sizeof(request) - 1, MSG_NOSIGNAL);
    ::_exit(::recv(socket, &answer, 1, 0) == 1 ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WEXITSTATUS(status);
}

TEST_F(AdminSocket, has_no_answer_for_another_user) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root can become another user";
  const AdminServer server{path, commands, log};
  EXPECT_EQ(ask_as_somebody_else(path), 2) << "the folder and the socket's mode keep them out";
  std::filesystem::permissions(folder.path(), std::filesystem::perms::all);
  std::filesystem::permissions(path, std::filesystem::perms::all);
  EXPECT_EQ(ask_as_somebody_else(path), 1) << "and so does who they are";
  EXPECT_EQ(ask("echo"), Json::object());
}

}  // namespace
}  // namespace plenary::server::ops
