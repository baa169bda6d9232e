#pragma once
// What an operator may set. The values and their defaults stand here; what is allowed and the words for it stand in the
// table of config_keys.cpp, from which config/plenary.toml, the checks and the messages are made.
//
// Read once at the start and passed by value; nothing changes it afterwards.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/ops/log.hpp"

namespace plenary::server {

/// An IP address and a port; 0 lets the system choose one.
struct ListenAddress {
  std::string address;
  std::uint16_t port = 0;

  /// "127.0.0.1:8080", "[::1]:8080". Nothing for anything else, host names included.
  static std::optional<ListenAddress> parse(std::string_view text);
  [[nodiscard]] std::string str() const;
  bool operator==(const ListenAddress&) const = default;
};

struct Config {
  struct Server {
    ListenAddress listen{"127.0.0.1", 8080};
    std::string public_url;  ///< an origin, "https://meet.example.org"; empty: taken from the request
    std::vector<std::string> origins;
    std::int64_t io_threads = 0;  ///< 0: as many as the machine has cores
    std::int64_t reader_threads = 2;
    std::int64_t drain_seconds = 5;
  } server;

  struct Storage {
    std::int64_t minimum_free_mb = 256;
    std::int64_t checkpoint_pages = 2'000;
    std::int64_t keep_backups = 5;
    bool check_at_start = false;
  } storage;

  /// 0 is no limit.
  struct Limits {
    std::int64_t operations_per_second = 30;
    std::int64_t messages_per_second = 2;
    std::int64_t joins_per_minute = 300;
  } limits;

  struct Sessions {
    std::int64_t guest_days = 180;
    std::int64_t member_days = 30;
  } sessions;

  struct Sync {
    std::int64_t queue_bytes = 262'144;
    std::int64_t resume_records = 500;
    std::int64_t presence_seconds = 15;
  } sync;

  struct Log {
    ops::Level level = ops::Level::info;
    ops::LogFormat format = ops::LogFormat::text;
  } log;

  struct Metrics {
    std::string token_file;  ///< empty: only this machine reads /metrics
  } metrics;
};

/// Where a setting was found and what is wrong with it, in words for the operator.
struct ConfigProblem {
  std::string where;  ///< "plenary.toml:12:3" or "--set limits.x=1"
  std::string what;

  [[nodiscard]] std::string str() const { return where + ": " + what; }
};

/// `config` counts only when there is no problem.
struct LoadedConfig {
  Config config;
  std::vector<ConfigProblem> problems;
};

/// The defaults, then the file, then each `section.key=value` in order. A value is written as in the file; quotes around a
/// string may be left out.
LoadedConfig load_config(const std::optional<std::filesystem::path>& file, const std::vector<std::string>& settings);

/// config/plenary.toml.
std::string default_config_text();

}  // namespace plenary::server
