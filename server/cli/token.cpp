#include <iostream>
#include <memory>

#include "server/cli/administer.hpp"
#include "server/cli/commands.hpp"
#include "server/cli/options.hpp"

namespace plenary::server::cli {

namespace {

struct TokenOptions {
  std::filesystem::path data;
  std::string person;
  std::string label;
  std::int64_t days = 365;
};

int create(const TokenOptions& options) {
  const auto made =
      administer(options.data, "token.create",
                 {{"person", options.person}, {"label", options.label}, {"days", options.days}}, Schema::newest);
  std::cout << made.at("token").get<std::string>() << '\n';
  return exit_done;
}

}  // namespace

void add_token(CLI::App& application, Run& run) {
  auto& token = add_command(application, "token", "Makes tokens for programs");
  token.require_subcommand(1);
  auto& command = add_command(token, "create", "Prints a token with which a program may do what the person may",
                              "The program sends it as: Authorization: Bearer TOKEN. It is shown this once.\n"
                              "Works while the server runs, and without one.");
  const auto options = std::make_shared<TokenOptions>();
  add_data_option(command, options->data);
  command.add_option("--person", options->person, "The member's e-mail address, or number")
      ->required()
      ->type_name("EMAIL");
  command.add_option("--label", options->label, "What the token is for")->required()->type_name("TEXT");
  command.add_option("--days", options->days, "How long it lasts")->type_name("N")->capture_default_str();
  command.callback([&run, options] { run = [options] { return create(*options); }; });
}

}  // namespace plenary::server::cli
