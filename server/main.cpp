#include <csignal>
#include <iostream>

#include "server/cli/commands.hpp"
#include "server/ops/operator_error.hpp"
#include "server/version.hpp"

namespace {

namespace cli = plenary::server::cli;

int run_command(const cli::Run& run) {
  try {
    return run();
  } catch (const plenary::server::ops::OperatorError& error) {
    std::cerr << error.what() << '\n';
  } catch (const std::exception& error) {
    std::cerr << "Plenary failed: " << error.what() << '\n';
  }
  return cli::exit_failed;
}

}  // namespace

int main(int count, char** arguments) {
  std::signal(SIGPIPE, SIG_IGN);
  CLI::App application{"Plenary: live webinars and moderated boards for partnerships, on a server of your own.",
                       "plenary"};
  application.footer(
      "Exit codes: 0 done; 1 it could not be done, and why is said; 2 the command line or the configuration is wrong.");
  application.set_version_flag("--version", "plenary " + std::string{plenary::server::version});
  application.require_subcommand(1);
  cli::Run run;
  for (const auto add : {cli::add_serve, cli::add_check_config, cli::add_token, cli::add_backup, cli::add_restore,
                         cli::add_mail, cli::add_version}) {
    add(application, run);
  }
  try {
    application.parse(count, arguments);
  } catch (const CLI::ParseError& asked) {
    return application.exit(asked) == 0 ? cli::exit_done : cli::exit_misused;
  }
  return run_command(run);
}
