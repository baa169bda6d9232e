#include "server/cli/options.hpp"

#include <iostream>

namespace plenary::server::cli {

CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                      const std::string& details) {
  auto* command = parent.add_subcommand(name, summary);
  if (!details.empty()) command->footer(details + "\n\n" + parent.get_footer());
  return *command;
}

void add_config_options(CLI::App& command, ConfigOptions& options) {
  command.add_option("--config", options.file, "The configuration file; without one, every key has its default")
      ->type_name("FILE");
  command.add_option("--set", options.settings, "One key for this start only, after the file; may be repeated")
      ->type_name("SECTION.KEY=VALUE")
      ->allow_extra_args(false);
}

std::optional<Config> read_config(const ConfigOptions& options) {
  const auto file = options.file.empty() ? std::nullopt : std::optional{std::filesystem::path{options.file}};
  auto loaded = load_config(file, options.settings);
  for (const ConfigProblem& problem : loaded.problems) std::cerr << problem.str() << '\n';
  if (!loaded.problems.empty()) return std::nullopt;
  return std::move(loaded.config);
}

void add_data_option(CLI::App& command, std::filesystem::path& data) {
  data = "/var/lib/plenary";
  command.add_option("--data", data, "The data folder")
      ->type_name("DIR")
      ->envname("PLENARY_DATA")
      ->capture_default_str();
}

}  // namespace plenary::server::cli
