// The load client behind bin/bench, against a server that was started on an empty data folder and without rate limits.

#include <CLI/CLI.hpp>
#include <iostream>
#include <map>

#include "tests/bench/scenarios.hpp"

int main(int argc, char** argv) {
  using namespace plenary::bench;
  const std::map<std::string, bool (*)(Venue&, const Sizes&)> scenarios{
      {"fanout", fanout}, {"posts", posts}, {"idle", idle}, {"reconnect", reconnect}};

  CLI::App app{"Measures a server of this machine under load; one JSON line on standard output"};
  std::string scenario;
  std::uint16_t port = 0;
  Venue venue;
  Sizes sizes;
  std::string setup_token;
  app.add_option("scenario", scenario, "fanout, posts, idle or reconnect")->required()->check(CLI::IsMember{scenarios});
  app.add_option("--port", port, "Where on 127.0.0.1 the server listens")->required();
  app.add_option("--server-process", venue.server_process, "Its process id")->required();
  app.add_option("--setup-token", setup_token, "From the link it printed at its first start")->required();
  app.add_option("--connections", sizes.connections, "How many subscribers or senders");
  app.add_option("--posts", sizes.posts, "fanout: how many; reconnect: how many are missed");
  app.add_option("--in-flight", sizes.in_flight, "fanout: posts under way at a time");
  app.add_option("--seconds", sizes.seconds, "posts: for how long");
  CLI11_PARSE(app, argc, argv);

  try {
    venue.server = {boost::asio::ip::address_v4::loopback(), port};
    open_webinar(venue, setup_token);
    return scenarios.at(scenario)(venue, sizes) ? 0 : 1;
  } catch (const std::exception& failure) {
    std::cerr << "plenary_bench " << scenario << ": " << failure.what() << '\n';
    return 1;
  }
}
