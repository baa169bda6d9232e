#include "server/ops/admin_server.hpp"

#include <sys/socket.h>

#include <cerrno>
#include <system_error>

#include "server/ops/operator_error.hpp"
#include "server/ops/unix_socket.hpp"

namespace plenary::server::ops {

using protocol::Json;

namespace {

constexpr std::size_t longest_line = 64 * 1024;
constexpr std::size_t most_connections = 16;

Json refusal(const std::string& sentence) { return {{"error", sentence}}; }

}  // namespace

AdminServer::AdminServer(std::filesystem::path socket, AdminCommands commands, Log& log)
    : path_{std::move(socket)},
      commands_{std::move(commands)},
      log_{log},
      listener_{listen_at(path_)},
      acceptor_{[this](std::stop_token stop) { accept_all(std::move(stop)); }} {}

AdminServer::~AdminServer() {
  acceptor_.request_stop();
  ::shutdown(listener_.get(), SHUT_RDWR);
  acceptor_.join();
  for (Connection& connection : connections_) {
    connection.thread.request_stop();
    ::shutdown(connection.socket.get(), SHUT_RDWR);
  }
  connections_.clear();
  std::error_code already_gone;
  std::filesystem::remove(path_, already_gone);
}

void AdminServer::accept_all(std::stop_token stop) {
  while (!stop.stop_requested()) {
    FileDescriptor socket{::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC)};
    if (!socket.is_open()) {
      if (stop.stop_requested() || (errno != EINTR && errno != ECONNABORTED)) return;
      continue;
    }
    forget_finished();
    if (!peer_is_trusted(socket.get()) || connections_.size() >= most_connections) continue;
    Connection& connection = connections_.emplace_back();
    connection.socket = std::move(socket);
    connection.thread = std::jthread{[this, &connection](std::stop_token connection_stop) {
      serve(connection.socket.get(), std::move(connection_stop));
      const std::lock_guard lock{mutex_};
      connection.finished = true;
    }};
  }
}

void AdminServer::forget_finished() {
  const std::lock_guard lock{mutex_};
  connections_.remove_if([](const Connection& connection) { return connection.finished; });
}

void AdminServer::serve(int socket, std::stop_token stop) {
  LineReader lines{socket, longest_line};
  try {
    while (const auto line = lines.next()) send_line(socket, answer(*line, stop));
  } catch (const std::system_error& gone) {
    log_.event(Level::debug, "admin_connection_lost", {{"reason", Reason{gone}}});
  }
  ::shutdown(socket, SHUT_RDWR);
}

std::string AdminServer::answer(std::string_view line, std::stop_token stop) {
  const auto request = protocol::parse_json(line);
  if (!request || !request->is_object() || !request->contains("command") || !request->at("command").is_string()) {
    return refusal("A request is {\"command\":\"…\",\"args\":{…}}.").dump();
  }
  const auto& name = request->at("command").get_ref<const std::string&>();
  const auto command = commands_.find(name);
  if (command == commands_.end()) return refusal("This server knows no command " + name + '.').dump();
  try {
    const Json ok = command->second(request->value("args", Json::object()), std::move(stop));
    log_.event(Level::info, "admin_command_done", {{"command", Identifier{command->first}}});
    return Json{{"ok", ok}}.dump();
  } catch (const OperatorError& refused) {
    log_.event(Level::info, "admin_command_refused", {{"command", Identifier{command->first}}});
    return refusal(refused.what()).dump();
  } catch (const std::exception& failed) {
    log_.event(Level::error, "admin_command_failed",
               {{"command", Identifier{command->first}}, {"reason", Reason{failed}}});
    return refusal(std::string{"The server could not do that: "} + failed.what() + '.').dump();
  }
}

Json ask_server(const std::filesystem::path& socket, const std::string& command, const Json& args) {
  std::optional<std::string> line;
  try {
    const FileDescriptor connection = connect_to(socket);
    send_line(connection.get(), Json{{"command", command}, {"args", args}}.dump());
    line = LineReader{connection.get(), longest_line}.next();
  } catch (const std::system_error& error) {
    throw OperatorError{"The server that uses this data folder does not answer at " + socket.string() + " (" +
                        error.code().message() + "). If it is just starting, try again in a moment."};
  }
  if (!line) throw OperatorError{"The server closed the connection without an answer. Is it stopping? Try again."};
  const auto reply = protocol::parse_json(*line);
  if (reply && reply->contains("ok")) return reply->at("ok");
  throw OperatorError{reply && reply->contains("error") ? reply->at("error").get<std::string>()
                                                        : "The server's answer could not be read."};
}

}  // namespace plenary::server::ops
