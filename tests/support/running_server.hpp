#pragma once
// The real server, in this process, on a port of its own and in a folder that goes with it. No demo plays in it.

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>

#include "server/config.hpp"
#include "tests/support/client.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::test {

/// No rate limits, two cores, whatever space the disk has.
server::Config unlimited();

class RunningServer {
 public:
  /// Without people it is one that nobody has set up yet, and not started.
  explicit RunningServer(const server::Config& config = unlimited(), bool with_people = true);
  ~RunningServer();
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;
  /// "http://127.0.0.1:PORT", which its own pages have.
  [[nodiscard]] std::string origin() const { return "http://127.0.0.1:" + std::to_string(port()); }
  /// Of admin, moderator, host or member: people with an account.
  [[nodiscard]] std::string token_of(const std::string& who) const { return tokens_.at(who); }

  /// Asks it to stop and waits until it has drained.
  void stop();
  /// Begins another run on the same data.
  void start(const server::Config& config = unlimited());
  /// The one-use link's token. Only while stopped, and without people.
  std::string make_setup_token();

  HttpReply get(std::string_view target, const Headers& headers = {}) const {
    return test::get(port(), target, headers);
  }
  HttpReply operate(std::string_view operation, const Json& args, const Who& who = {},
                    const std::string& key = new_key()) const {
    return test::operate(port(), operation, args, who, key);
  }
  [[nodiscard]] Socket connect(const Who& who = {}) const { return Socket{port(), who}; }
  /// Of its data folder.
  [[nodiscard]] std::filesystem::path database() const { return folder_ / "data" / "plenary.db"; }
  /// The value of a metric without labels.
  [[nodiscard]] double metric(const std::string& name) const;

 private:
  struct Run;

  void make_people();

  TemporaryFolder folder_;
  std::map<std::string, std::string> tokens_;
  std::unique_ptr<Run> run_;
};

}  // namespace plenary::test
