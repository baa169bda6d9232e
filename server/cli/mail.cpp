#include <iostream>
#include <memory>

#include "server/cli/commands.hpp"
#include "server/cli/options.hpp"
#include "server/ops/restore.hpp"

namespace plenary::server::cli {

namespace {

int release(const std::filesystem::path& data) {
  const bool was_held = ops::release_mail({data});
  std::cout << (was_held ? "Outgoing mail is no longer held.\n" : "No outgoing mail was held.\n");
  return exit_done;
}

}  // namespace

void add_mail(CLI::App& application, Run& run) {
  auto& mail = add_command(application, "mail", "Looks after outgoing mail");
  mail.require_subcommand(1);
  auto& command = add_command(mail, "release", "Lets outgoing mail go again after a restore",
                              "A restored backup may count mail as unsent that was sent since. A restore therefore "
                              "puts the file mail.held into\n"
                              "the data folder, and while it is there no mail leaves. Works while the server runs.");
  const auto data = std::make_shared<std::filesystem::path>();
  add_data_option(command, *data);
  command.callback([&run, data] { run = [data] { return release(*data); }; });
}

}  // namespace plenary::server::cli
