#pragma once
// The command line: one file a subcommand. Each adds itself to the application and, when it was asked for, sets what to run.
//
// Exit codes: 0 done; 1 it could not be done, standard error says why; 2 the command line or the configuration is wrong
// (a service manager need not try again). A second SIGTERM or SIGINT ends `serve` at once, with 128 and the signal's number.

#include <CLI/CLI.hpp>
#include <functional>

namespace plenary::server::cli {

enum ExitCode : int { exit_done = 0, exit_failed = 1, exit_misused = 2 };

/// The subcommand that was asked for.
using Run = std::function<int()>;

void add_serve(CLI::App& application, Run& run);
void add_check_config(CLI::App& application, Run& run);
void add_token(CLI::App& application, Run& run);
void add_backup(CLI::App& application, Run& run);
void add_restore(CLI::App& application, Run& run);
void add_mail(CLI::App& application, Run& run);
void add_version(CLI::App& application, Run& run);

}  // namespace plenary::server::cli
