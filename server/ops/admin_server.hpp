#pragma once
// Where administrative commands reach the running server: a Unix socket in the data folder, for the same user and root only.
// One JSON object a line: {"command":"token.create","args":{…}} is answered {"ok":{…}} or {"error":"a sentence"}.
//
// Commands are given by the composition root; each runs on its connection's own thread and may take its time.

#include <filesystem>
#include <functional>
#include <list>
#include <map>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

#include "protocol/json.hpp"
#include "server/ops/files.hpp"
#include "server/ops/log.hpp"

namespace plenary::server::ops {

/// Arguments in, answer out. A refusal is an OperatorError. When a stop is requested it gives up soon.
using AdminCommand = std::function<protocol::Json(const protocol::Json& args, std::stop_token stop)>;
using AdminCommands = std::map<std::string, AdminCommand, std::less<>>;

class AdminServer {
 public:
  /// Listens at once. The folder's lock must be held: a socket found there is a dead process's and is replaced. Throws
  /// std::system_error.
  AdminServer(std::filesystem::path socket, AdminCommands commands, Log& log);
  /// Asks the commands that run to give up, waits for them, and removes the socket.
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

 private:
  struct Connection {
    FileDescriptor socket;
    std::jthread thread;
    bool finished = false;
  };
  void accept_all(std::stop_token stop);
  void serve(int socket, std::stop_token stop);
  std::string answer(std::string_view line, std::stop_token stop);
  void forget_finished();

  std::filesystem::path path_;
  AdminCommands commands_;
  Log& log_;
  FileDescriptor listener_;
  std::mutex mutex_;
  std::list<Connection> connections_;
  std::jthread acceptor_;
};

/// Asks the server at `socket`. Throws OperatorError: with the sentence of a refusal, or when nobody answers.
protocol::Json ask_server(const std::filesystem::path& socket, const std::string& command, const protocol::Json& args);

}  // namespace plenary::server::ops
