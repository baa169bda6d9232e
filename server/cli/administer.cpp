#include "server/cli/administer.hpp"

#include "server/administration.hpp"
#include "server/ops/database_start.hpp"
#include "server/ops/operator_error.hpp"

namespace plenary::server::cli {

namespace {

void require_data(const ops::DataPaths& paths) {
  if (std::filesystem::exists(paths.database())) return;
  throw ops::OperatorError{"There is no Plenary database in " + paths.root.string() +
                           ". Give the data folder with --data."};
}

protocol::Json carry_out_here(const ops::DataFolder& folder, const std::string& command, const protocol::Json& args,
                              Schema schema) {
  const protocol::SystemClock clock;
  ops::Log log{ops::Level::warning, ops::LogFormat::text};
  if (schema == Schema::newest) ops::start_database(folder, {}, clock.now(), log);
  storage::Connection connection{folder.paths().database(), storage::Connection::Role::writer};
  const auto commands = administration(run_at_once(connection), {folder.paths(), 0}, clock);
  return commands.at(command)(args, {});
}

}  // namespace

protocol::Json administer(const std::filesystem::path& data, const std::string& command, const protocol::Json& args,
                          Schema schema) {
  require_data({data});
  if (const auto folder = ops::DataFolder::open_if_free(data)) return carry_out_here(*folder, command, args, schema);
  return ops::ask_server(ops::DataPaths{data}.admin_socket(), command, args);
}

}  // namespace plenary::server::cli
