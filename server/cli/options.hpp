#pragma once
// What the subcommands share: how they are described, and options that several of them have.

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "server/config.hpp"

namespace plenary::server::cli {

/// `summary` is one line, for the list of subcommands; `details` stand under the command's own help.
CLI::App& add_command(CLI::App& parent, const std::string& name, const std::string& summary,
                      const std::string& details = {});

/// `--config` and `--set`.
struct ConfigOptions {
  std::string file;
  std::vector<std::string> settings;
};
void add_config_options(CLI::App& command, ConfigOptions& options);
/// Prints each problem on a line of standard error; nothing when there is one.
std::optional<Config> read_config(const ConfigOptions& options);

/// `--data`.
void add_data_option(CLI::App& command, std::filesystem::path& data);

}  // namespace plenary::server::cli
