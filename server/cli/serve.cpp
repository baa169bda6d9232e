#include <unistd.h>

#include <boost/system/system_error.hpp>
#include <iostream>
#include <memory>

#include "server/cli/announce.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/local_network.hpp"
#include "server/cli/options.hpp"
#include "server/cli/signals.hpp"
#include "server/domain/tokens.hpp"
#include "server/ops/data_folder.hpp"
#include "server/ops/database_start.hpp"
#include "server/ops/operator_error.hpp"
#include "server/program.hpp"

namespace plenary::server::cli {

namespace {

struct ServeOptions {
  ConfigOptions config;
  std::filesystem::path data;
  std::string listen;
  bool demo = false;
  bool lan = false;
};

/// `--listen` is `--set server.listen=…`, and `--lan` makes an address of this machine only one of every network.
std::optional<Config> read_config(const ServeOptions& options) {
  ConfigOptions asked = options.config;
  if (!options.listen.empty()) asked.settings.push_back("server.listen=" + options.listen);
  auto config = read_config(asked);
  if (!config || !options.lan) return config;
  auto& listen = config->server.listen;
  if (listen.address.starts_with("127.") || listen.address == "::1") listen.address = "0.0.0.0";
  return config;
}

/// Of a server that has no administrator yet. The program opens the folder anew afterwards.
std::optional<std::string> make_setup_token(const std::filesystem::path& data, const Config& config, ops::Log& log) {
  const auto now = protocol::SystemClock{}.now();
  const ops::DataFolder folder{data};
  ops::start_database(folder, {config.storage.keep_backups, false}, now, log);
  storage::Connection connection{folder.paths().database(), storage::Connection::Role::writer};
  storage::Transaction transaction{connection};
  auto token = domain::create_setup_token(transaction, now);
  transaction.commit();
  return token;
}

std::unique_ptr<Program> start(const ServeOptions& options, const Config& config, ops::Log& log) {
  try {
    return std::make_unique<Program>(ProgramOptions{config, options.data, options.demo, options.lan}, log);
  } catch (const boost::system::system_error& error) {
    throw ops::OperatorError{"Plenary cannot listen at " + config.server.listen.str() + ": " + error.code().message() +
                             ". Choose another address with --listen."};
  }
}

int serve(const ServeOptions& options) {
  const auto config = read_config(options);
  if (!config) return exit_misused;
  block_stop_signals();
  ops::Log log{config->log.level, config->log.format};
  auto setup_token = options.demo ? std::nullopt : make_setup_token(options.data, *config, log);
  const auto program = start(options, *config, log);
  auto neighbours_address = options.lan ? best_for_neighbours(network_addresses()) : std::nullopt;
  announce(std::cout, {config->server, program->port(), options.demo, options.lan, std::move(neighbours_address),
                       std::move(setup_token), ::isatty(STDOUT_FILENO) == 1});
  const StopSignals watched{[&program] { program->stop(); }};
  program->run();
  return exit_done;
}

}  // namespace

void add_serve(CLI::App& application, Run& run) {
  auto& command = add_command(application, "serve", "Runs the server",
                              "SIGTERM or SIGINT lets everybody finish and ends it with exit code 0 within 10 seconds; "
                              "a second one ends it at\n"
                              "once, with 128 and the signal's number.");
  const auto options = std::make_shared<ServeOptions>();
  add_config_options(command, options->config);
  add_data_option(command, options->data);
  command.add_option("--listen", options->listen, "Where to listen, instead of what the configuration says")
      ->type_name("ADDR:PORT");
  command.add_flag("--demo", options->demo,
                   "Fills an empty data folder with invented people and a webinar that plays itself, and prints links\n"
                   "that sign in with one click");
  command.add_flag("--lan", options->lan, "Listens on the local network, and prints that address with a QR code");
  command.callback([&run, options] { run = [options] { return serve(*options); }; });
}

}  // namespace plenary::server::cli
