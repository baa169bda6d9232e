#include "server/config.hpp"

#include <arpa/inet.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <sstream>

#include "server/config_keys.hpp"

namespace plenary::server {

std::optional<ListenAddress> ListenAddress::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view address = text.substr(0, colon);
  const std::string_view port = text.substr(colon + 1);
  const bool is_bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (is_bracketed) address = address.substr(1, address.size() - 2);

  ListenAddress parsed{std::string{address}, 0};
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  if (inet_pton(is_bracketed ? AF_INET6 : AF_INET, parsed.address.c_str(), bytes.data()) != 1) return std::nullopt;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), parsed.port);
  if (error != std::errc{} || end != port.data() + port.size()) return std::nullopt;
  return parsed;
}

std::string ListenAddress::str() const {
  const bool is_v6 = address.find(':') != std::string::npos;
  return (is_v6 ? '[' + address + ']' : address) + ':' + std::to_string(port);
}

namespace {

ConfigValue value_of(const toml::node& node) {
  if (const auto* truth = node.as_boolean()) return truth->get();
  if (const auto* number = node.as_integer()) return number->get();
  if (const auto* string = node.as_string()) return string->get();
  if (const auto* array = node.as_array()) {
    std::vector<std::string> strings;
    for (const toml::node& element : *array) {
      if (!element.is_string()) return {};
      strings.push_back(element.as_string()->get());
    }
    return strings;
  }
  return {};
}

const ConfigKey* find_key(std::string_view section, std::string_view name) {
  const auto& keys = config_keys();
  const auto found = std::find_if(keys.begin(), keys.end(),
                                  [&](const ConfigKey& key) { return key.section == section && key.name == name; });
  return found == keys.end() ? nullptr : &*found;
}

std::string sections_in_words() {
  std::string words;
  std::string_view last;
  for (const ConfigKey& key : config_keys()) {
    if (key.section == last) continue;
    words += (words.empty() ? "" : ", ") + key.section;
    last = key.section;
  }
  return words;
}

/// What to say of `section.name`, which is not in the table.
std::string unknown(const std::string& section, const std::string& name) {
  std::string names;
  for (const ConfigKey& key : config_keys()) {
    if (key.section == section) names += (names.empty() ? "" : ", ") + key.name;
  }
  if (names.empty()) return "there is no section \"" + section + "\"; allowed: " + sections_in_words();
  return "there is no key \"" + section + '.' + name + "\"; allowed in [" + section + "]: " + names;
}

class Loader {
 public:
  void read_file(const std::filesystem::path& file) {
    file_ = file.string();
    if (!std::filesystem::exists(file)) return problem(file_, "there is no such file");
    if (std::filesystem::is_directory(file)) return problem(file_, "this is a folder, not a file");
    try {
      const toml::table table = toml::parse_file(file_);
      for (const auto& [key, node] : table) read_section(key, node);
    } catch (const toml::parse_error& error) {
      problem_at(error.source().begin, std::string{error.description()});
    }
    // The parser hands out keys by name; the operator reads from the top.
    std::stable_sort(found_.begin(), found_.end(), [](const Found& a, const Found& b) { return a.line < b.line; });
    for (Found& found : found_) loaded_.problems.push_back(std::move(found.problem));
  }

  void read_setting(const std::string& setting) {
    const std::string where = "--set " + setting;
    const auto equals = setting.find('=');
    const auto dot = setting.find('.');
    if (equals == std::string::npos || dot == std::string::npos || dot > equals) {
      return problem(where, "allowed: section.key=value");
    }
    const std::string section = setting.substr(0, dot);
    const std::string name = setting.substr(dot + 1, equals - dot - 1);
    const auto complaint = set(section, name, parse_setting(setting.substr(equals + 1)));
    if (complaint) problem(where, *complaint);
  }

  LoadedConfig result() && { return std::move(loaded_); }

 private:
  void read_section(const toml::key& section, const toml::node& node) {
    const std::string name{section.str()};
    const toml::table* table = node.as_table();
    if (find_section(name) && table == nullptr) {
      return problem_at(node.source().begin, "\"" + name + "\" is a section: write [" + name + "] above its keys");
    }
    if (table == nullptr || !find_section(name)) return problem_at(section.source().begin, unknown(name, ""));
    for (const auto& [key, value] : *table) read_key(name, key, value);
  }

  void read_key(const std::string& section, const toml::key& key, const toml::node& node) {
    const std::string name{key.str()};
    const auto complaint = set(section, name, value_of(node));
    if (!complaint) return;
    problem_at(find_key(section, name) == nullptr ? key.source().begin : node.source().begin, *complaint);
  }

  /// What is wrong, if anything.
  std::optional<std::string> set(const std::string& section, const std::string& name, const ConfigValue& value) {
    const ConfigKey* key = find_key(section, name);
    if (key == nullptr) return unknown(section, name);
    if (key->set(loaded_.config, value)) return std::nullopt;
    return key->path() + " cannot be this; allowed: " + key->allowed;
  }

  static bool find_section(std::string_view name) {
    const auto& keys = config_keys();
    return std::any_of(keys.begin(), keys.end(), [&](const ConfigKey& key) { return key.section == name; });
  }

  static ConfigValue parse_setting(const std::string& text) {
    try {
      const toml::table table = toml::parse("value = " + text);
      if (table.size() == 1) return value_of(*table.get("value"));
    } catch (const toml::parse_error&) {
      return text;
    }
    return text;
  }

  void problem(std::string where, std::string what) { loaded_.problems.push_back({std::move(where), std::move(what)}); }

  void problem_at(const toml::source_position& position, std::string what) {
    std::string where = file_ + ':' + std::to_string(position.line) + ':' + std::to_string(position.column);
    found_.push_back({position.line, {std::move(where), std::move(what)}});
  }

  struct Found {
    toml::source_index line = 0;
    ConfigProblem problem;
  };
  std::string file_;
  std::vector<Found> found_;
  LoadedConfig loaded_;
};

void append_comment(std::string& out, const std::string& comment) {
  std::istringstream lines{comment};
  for (std::string line; std::getline(lines, line);) out += "# " + line + '\n';
}

}  // namespace

LoadedConfig load_config(const std::optional<std::filesystem::path>& file, const std::vector<std::string>& settings) {
  Loader loader;
  if (file) loader.read_file(*file);
  for (const std::string& setting : settings) loader.read_setting(setting);
  return std::move(loader).result();
}

std::string default_config_text() {
  std::string out =
      "# The configuration of Plenary: every key with its default. A key that is left out has its default.\n"
      "# One start can differ from this file: plenary serve --set limits.messages_per_second=5\n"
      "# Written by: plenary check-config --defaults\n";
  std::string_view section;
  const Config defaults;
  for (const ConfigKey& key : config_keys()) {
    if (key.section != section) out += "\n[" + key.section + "]\n";
    if (key.section == section) out += '\n';
    section = key.section;
    append_comment(out, key.comment);
    append_comment(out, "Allowed: " + key.allowed + '.');
    out += key.name + " = " + key.get(defaults) + '\n';
  }
  return out;
}

}  // namespace plenary::server
