#include "tests/support/running_server.hpp"

#include <sstream>
#include <thread>

#include "server/demo/people.hpp"
#include "server/domain/tokens.hpp"
#include "server/ops/data_folder.hpp"
#include "server/ops/database_start.hpp"
#include "server/program.hpp"

namespace plenary::test {

server::Config unlimited() {
  server::Config config;
  config.server.listen = {"127.0.0.1", 0};
  config.server.io_threads = 2;
  config.storage.minimum_free_mb = 0;
  config.limits = {0, 0, 0};
  return config;
}

struct RunningServer::Run {
  Run(const server::Config& config, const std::filesystem::path& data)
      : program{{config, data, false, false}, log}, thread{[this] { program.run(); }} {}
  ~Run() {
    program.stop();
    thread.join();
  }

  std::ostringstream lines;
  server::ops::Log log{server::ops::Level::warning, server::ops::LogFormat::text, lines};
  server::Program program;
  std::thread thread;
};

namespace {

/// Calls `change` with a transaction and the time, on a data folder that no server uses.
template <class Change>
auto change_database(const std::filesystem::path& data, Change change) {
  std::ostringstream lines;
  server::ops::Log log{server::ops::Level::warning, server::ops::LogFormat::text, lines};
  const auto now = protocol::SystemClock{}.now();
  const server::ops::DataFolder folder{data};
  server::ops::start_database(folder, {}, now, log);
  storage::Connection connection{folder.paths().database(), storage::Connection::Role::writer};
  storage::Transaction transaction{connection};
  auto made = change(transaction, now);
  transaction.commit();
  return made;
}

}  // namespace

RunningServer::RunningServer(const server::Config& config, bool with_people) {
  if (!with_people) return;
  make_people();
  start(config);
}

RunningServer::~RunningServer() = default;

void RunningServer::make_people() {
  tokens_ = change_database(folder_ / "data", [](storage::Transaction& transaction, protocol::Timestamp now) {
    server::demo::ensure_people(transaction, now);
    std::map<std::string, std::string> tokens;
    for (const std::string who : {"admin", "moderator", "host", "member"}) {
      tokens[who] = server::domain::create_token(transaction, {who + "@demo.invalid", "test"}, now).value();
    }
    return tokens;
  });
}

void RunningServer::start(const server::Config& config) { run_ = std::make_unique<Run>(config, folder_ / "data"); }

void RunningServer::stop() { run_.reset(); }

std::uint16_t RunningServer::port() const { return run_->program.port(); }

std::string RunningServer::make_setup_token() {
  return change_database(folder_ / "data", [](storage::Transaction& transaction, protocol::Timestamp now) {
    return server::domain::create_setup_token(transaction, now).value();
  });
}

double RunningServer::metric(const std::string& name) const {
  const std::string text = "\n" + get("/metrics").body;
  const auto found = text.find("\n" + name + " ");
  if (found == std::string::npos) throw std::runtime_error{"no metric " + name};
  return std::stod(text.substr(found + name.size() + 2));
}

}  // namespace plenary::test
