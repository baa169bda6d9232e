#include <iostream>

#include "server/cli/commands.hpp"
#include "server/cli/options.hpp"
#include "server/version.hpp"
#include "storage/migrations.hpp"

namespace plenary::server::cli {

void add_version(CLI::App& application, Run& run) {
  auto& command = add_command(application, "version", "Says which Plenary this is, and which schema its database has");
  command.callback([&run] {
    run = [] {
      std::cout << "plenary " << version << "\nschema " << storage::newest_schema() << '\n';
      return exit_done;
    };
  });
}

}  // namespace plenary::server::cli
