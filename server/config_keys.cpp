#include "server/config_keys.hpp"

#include <algorithm>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <cctype>
#include <fstream>
#include <optional>

#include "protocol/json.hpp"

namespace plenary::server {

namespace {

std::string toml_string(std::string_view text) {
  std::string out;
  protocol::append_json_string(out, text);
  return out;
}

std::pair<std::string, std::string> split(std::string_view path) {
  const auto dot = path.find('.');
  return {std::string{path.substr(0, dot)}, std::string{path.substr(dot + 1)}};
}

struct Range {
  std::int64_t least = 0;
  std::int64_t most = 0;
};

template <class Section>
ConfigKey number(std::string_view path, Section Config::*section, std::int64_t Section::*member, Range range,
                 std::string comment) {
  auto [group, name] = split(path);
  return {std::move(group),
          std::move(name),
          std::move(comment),
          "a whole number from " + std::to_string(range.least) + " to " + std::to_string(range.most),
          [=](Config& config, const ConfigValue& value) {
            const auto* given = std::get_if<std::int64_t>(&value);
            if (given == nullptr || *given < range.least || *given > range.most) return false;
            config.*section.*member = *given;
            return true;
          },
          [=](const Config& config) { return std::to_string(config.*section.*member); }};
}

template <class Section>
ConfigKey truth(std::string_view path, Section Config::*section, bool Section::*member, std::string comment) {
  auto [group, name] = split(path);
  return {std::move(group),
          std::move(name),
          std::move(comment),
          "true or false",
          [=](Config& config, const ConfigValue& value) {
            const auto* given = std::get_if<bool>(&value);
            if (given != nullptr) config.*section.*member = *given;
            return given != nullptr;
          },
          [=](const Config& config) { return std::string{config.*section.*member ? "true" : "false"}; }};
}

template <class Section>
ConfigKey text(std::string_view path, Section Config::*section, std::string Section::*member,
               bool (*fits)(const std::string&), std::string allowed, std::string comment) {
  auto [group, name] = split(path);
  return {std::move(group),
          std::move(name),
          std::move(comment),
          std::move(allowed),
          [=](Config& config, const ConfigValue& value) {
            const auto* given = std::get_if<std::string>(&value);
            if (given == nullptr || !fits(*given)) return false;
            config.*section.*member = *given;
            return true;
          },
          [=](const Config& config) { return toml_string(config.*section.*member); }};
}

template <class Section, class Word>
ConfigKey word(std::string_view path, Section Config::*section, Word Section::*member, std::string comment) {
  auto [group, name] = split(path);
  std::string allowed;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Word>>(
      [&](auto descriptor) { allowed += (allowed.empty() ? "" : ", ") + toml_string(descriptor.name); });
  return {
      std::move(group),
      std::move(name),
      std::move(comment),
      "one of " + allowed,
      [=](Config& config, const ConfigValue& value) {
        const auto* given = std::get_if<std::string>(&value);
        return given != nullptr && boost::describe::enum_from_string(given->c_str(), config.*section.*member);
      },
      [=](const Config& config) { return toml_string(boost::describe::enum_to_string(config.*section.*member, "")); }};
}

/// As a browser writes it in its Origin header (RFC 6454): lower case, without a path, without the scheme's own port.
bool is_origin(const std::string& given) {
  const auto url = boost::urls::parse_uri(given);
  if (!url || url->has_userinfo() || url->has_query() || url->has_fragment() || !url->encoded_path().empty())
    return false;
  if (url->encoded_host().empty() ||
      std::any_of(given.begin(), given.end(), [](unsigned char c) { return std::isupper(c); })) {
    return false;
  }
  return (url->scheme() == "https" && url->port() != "443") || (url->scheme() == "http" && url->port() != "80");
}

bool is_origin_or_empty(const std::string& given) { return given.empty() || is_origin(given); }

bool is_readable_or_empty(const std::string& given) {
  return given.empty() || (std::filesystem::is_regular_file(given) && std::ifstream{given}.good());
}

ConfigKey listen_key() {
  return {"server",
          "listen",
          "Where the program listens. 127.0.0.1 is this machine only: right behind a reverse proxy.\n"
          "0.0.0.0 is every network this machine is on.",
          "an IP address and a port, such as \"127.0.0.1:8080\" or \"[::1]:8080\"",
          [](Config& config, const ConfigValue& value) {
            const auto* given = std::get_if<std::string>(&value);
            const auto address = given == nullptr ? std::nullopt : ListenAddress::parse(*given);
            if (address) config.server.listen = *address;
            return address.has_value();
          },
          [](const Config& config) { return toml_string(config.server.listen.str()); }};
}

ConfigKey origins_key() {
  return {"server",
          "origins",
          "Further addresses under which browsers reach this server; pages from anywhere else may not use\n"
          "a visitor's cookie.",
          "a list of origins, such as [\"https://meet.example.org\"]",
          [](Config& config, const ConfigValue& value) {
            const auto* given = std::get_if<std::vector<std::string>>(&value);
            if (given == nullptr || !std::all_of(given->begin(), given->end(), is_origin)) return false;
            config.server.origins = *given;
            return true;
          },
          [](const Config& config) {
            std::string list;
            for (const auto& origin : config.server.origins) list += (list.empty() ? "" : ", ") + toml_string(origin);
            return '[' + list + ']';
          }};
}

std::vector<ConfigKey> server_keys() {
  using Server = Config::Server;
  constexpr auto section = &Config::server;
  return {
      listen_key(),
      text("server.public_url", section, &Server::public_url, is_origin_or_empty,
           "empty, or an origin such as \"https://meet.example.org\"",
           "The address people type. Empty: whatever address they used. With https, cookies are marked Secure."),
      origins_key(),
      number("server.io_threads", section, &Server::io_threads, {0, 64},
             "Threads that talk to people's devices. 0: as many as this machine has cores."),
      number("server.reader_threads", section, &Server::reader_threads, {1, 16}, "Threads that read the database."),
      number("server.drain_seconds", section, &Server::drain_seconds, {0, 9},
             "On a stop, how long to wait for people's devices to take what is on its way to them."),
  };
}

std::vector<ConfigKey> storage_keys() {
  using Storage = Config::Storage;
  constexpr auto section = &Config::storage;
  return {
      number("storage.minimum_free_mb", section, &Storage::minimum_free_mb, {0, 1'048'576},
             "With less free space than this (in megabytes) new messages are refused, before the disk is full\n"
             "and anything breaks."),
      number("storage.checkpoint_pages", section, &Storage::checkpoint_pages, {100, 100'000},
             "After how many pages (of 4 kilobytes) the write-ahead log is moved into the database."),
      number("storage.keep_backups", section, &Storage::keep_backups, {1, 1'000},
             "An upgrade first copies the database into the folder backups/; this many copies are kept."),
      truth("storage.check_at_start", section, &Storage::check_at_start,
            "Read the whole database at each start and refuse to start on a damaged one. Slow when it is large."),
  };
}

std::vector<ConfigKey> limit_keys() {
  using Limits = Config::Limits;
  constexpr auto section = &Config::limits;
  return {
      number("limits.operations_per_second", section, &Limits::operations_per_second, {0, 1'000'000},
             "Requests one connection may make in a second. 0: no limit."),
      number("limits.messages_per_second", section, &Limits::messages_per_second, {0, 1'000'000},
             "Messages one person may post in a second. 0: no limit."),
      number("limits.joins_per_minute", section, &Limits::joins_per_minute, {0, 1'000'000},
             "Guests who may join in a minute from one address (an office or a school is one address).\n"
             "0: no limit."),
  };
}

std::vector<ConfigKey> session_keys() {
  using Sessions = Config::Sessions;
  constexpr auto section = &Config::sessions;
  return {
      number("sessions.guest_days", section, &Sessions::guest_days, {1, 3'650},
             "How long a guest's device stays the same guest."),
      number("sessions.member_days", section, &Sessions::member_days, {1, 3'650},
             "How long a member stays signed in on a device."),
  };
}

std::vector<ConfigKey> sync_keys() {
  using Sync = Config::Sync;
  constexpr auto section = &Config::sync;
  return {
      number("sync.queue_bytes", section, &Sync::queue_bytes, {65'536, 67'108'864},
             "What may wait for one slow device, in bytes. Beyond it the device is caught up later, in one step."),
      number("sync.resume_records", section, &Sync::resume_records, {1, 10'000},
             "A device that missed more changes of a channel than this gets its present state instead."),
      number("sync.presence_seconds", section, &Sync::presence_seconds, {1, 3'600},
             "How long somebody whose connection dropped still counts as present."),
  };
}

std::vector<ConfigKey> watching_keys() {
  return {
      word("log.level", &Config::log, &Config::Log::level, "The least that is logged."),
      word("log.format", &Config::log, &Config::Log::format,
           "Lines for people, or one JSON object a line. Neither ever holds a message's text or a token."),
      text("metrics.token_file", &Config::metrics, &Config::Metrics::token_file, is_readable_or_empty,
           "empty, or the path of a file that can be read",
           "A file whose first line is the token (Authorization: Bearer …) with which other machines may read\n"
           "/metrics. Empty: only this machine may."),
  };
}

}  // namespace

const std::vector<ConfigKey>& config_keys() {
  static const auto all = [] {
    std::vector<ConfigKey> keys;
    for (auto&& part : {server_keys(), storage_keys(), limit_keys(), session_keys(), sync_keys(), watching_keys()}) {
      keys.insert(keys.end(), part.begin(), part.end());
    }
    return keys;
  }();
  return all;
}

}  // namespace plenary::server
