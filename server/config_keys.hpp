#pragma once
// The table of the configuration: one row a key, in the order of config/plenary.toml. Values and their defaults are
// Config's own members; a row says where the value goes, what is allowed and why one would change it.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "server/config.hpp"

namespace plenary::server {

/// A value as it was written; std::monostate is of a type that no key has.
using ConfigValue = std::variant<std::monostate, bool, std::int64_t, std::string, std::vector<std::string>>;

struct ConfigKey {
  std::string section;
  std::string name;
  std::string comment;  ///< lines, for the operator
  std::string allowed;  ///< completes "allowed: "
  /// False, and nothing changed, when the value is not allowed.
  std::function<bool(Config&, const ConfigValue&)> set;
  /// As TOML.
  std::function<std::string(const Config&)> get;

  [[nodiscard]] std::string path() const { return section + '.' + name; }
};

const std::vector<ConfigKey>& config_keys();

}  // namespace plenary::server
