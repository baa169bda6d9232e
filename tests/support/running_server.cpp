#include "tests/support/running_server.hpp"

#include <sstream>
#include <thread>

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
  Run(const server::Config& config, const std::filesystem::path& data, bool demo)
      : program{{config, data, demo, false}, log}, thread{[this] { program.run(); }} {}
  ~Run() {
    program.stop();
    thread.join();
  }

  std::ostringstream lines;
  server::ops::Log log{server::ops::Level::warning, server::ops::LogFormat::text, lines};
  server::Program program;
  std::thread thread;
};

RunningServer::RunningServer(server::Config config, bool demo) : demo_{demo} {
  if (demo_) start(config);
}

RunningServer::~RunningServer() = default;

void RunningServer::start(const server::Config& config) {
  run_ = std::make_unique<Run>(config, folder_ / "data", demo_);
}

void RunningServer::stop() { run_.reset(); }

std::uint16_t RunningServer::port() const { return run_->program.port(); }

std::string RunningServer::token_of(const std::string& who) const {
  const std::string cookie = get("/demo/" + who).header("Set-Cookie");
  const auto begin = cookie.find('=') + 1;
  return cookie.substr(begin, cookie.find(';') - begin);
}

std::string RunningServer::make_setup_token() {
  std::ostringstream lines;
  server::ops::Log log{server::ops::Level::warning, server::ops::LogFormat::text, lines};
  const auto now = protocol::SystemClock{}.now();
  const server::ops::DataFolder folder{folder_ / "data"};
  server::ops::start_database(folder, {}, now, log);
  storage::Connection connection{folder.paths().database(), storage::Connection::Role::writer};
  storage::Transaction transaction{connection};
  auto token = server::domain::create_setup_token(transaction, now);
  transaction.commit();
  return token.value();
}

double RunningServer::metric(const std::string& name) const {
  const std::string text = "\n" + get("/metrics").body;
  const auto found = text.find("\n" + name + " ");
  if (found == std::string::npos) throw std::runtime_error{"no metric " + name};
  return std::stod(text.substr(found + name.size() + 2));
}

}  // namespace plenary::test
