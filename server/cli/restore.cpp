#include "server/ops/restore.hpp"

#include <iostream>
#include <memory>

#include "server/cli/commands.hpp"
#include "server/cli/options.hpp"

namespace plenary::server::cli {

namespace {

int restore(const ops::RestoreRequest& request) {
  const auto restored = ops::restore_backup(request, protocol::SystemClock{}.now());
  std::cout << "Restored " << request.archive.string() << " into " << request.data.string() << ": schema "
            << restored.manifest.schema << ", " << restored.manifest.parts.size() - 1 << " files.\n";
  if (restored.moved_aside) std::cout << "What was there is now in " << restored.moved_aside->string() << ".\n";
  std::cout << "Outgoing mail is held until you run: plenary mail release --data " << request.data.string() << '\n';
  return exit_done;
}

}  // namespace

void add_restore(CLI::App& application, Run& run) {
  auto& command = add_command(
      application, "restore", "Puts a backup back into a data folder; stop the server first",
      "The backup is unpacked and verified before anything is replaced. One of a newer Plenary is refused.");
  const auto request = std::make_shared<ops::RestoreRequest>();
  command.add_option("file", request->archive, "The backup")->required()->type_name("FILE")->check(CLI::ExistingFile);
  add_data_option(command, request->data);
  command.add_flag("--replace", request->replace,
                   "The folder may hold data: it is moved aside, into replaced-TIME in the same folder");
  command.callback([&run, request] { run = [request] { return restore(*request); }; });
}

}  // namespace plenary::server::cli
