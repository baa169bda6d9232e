#include <iostream>
#include <memory>

#include "server/cli/commands.hpp"
#include "server/cli/options.hpp"
#include "server/ops/metrics_access.hpp"

namespace plenary::server::cli {

namespace {

struct CheckOptions {
  ConfigOptions config;
  bool defaults = false;
};

int check(const CheckOptions& options) {
  if (options.defaults) {
    std::cout << default_config_text();
    return exit_done;
  }
  const auto config = read_config(options.config);
  if (!config) return exit_misused;
  const ops::MetricsAccess readable{config->metrics.token_file};
  std::cout << (options.config.file.empty() ? std::string{"The defaults"} : options.config.file) << ": all is well.\n";
  return exit_done;
}

}  // namespace

void add_check_config(CLI::App& application, Run& run) {
  auto& command = add_command(application, "check-config",
                              "Says what is wrong with a configuration: the line, and what is allowed there");
  const auto options = std::make_shared<CheckOptions>();
  add_config_options(command, options->config);
  command.add_flag("--defaults", options->defaults,
                   "Prints a configuration with every key, its default and its meaning");
  command.callback([&run, options] { run = [options] { return check(*options); }; });
}

}  // namespace plenary::server::cli
