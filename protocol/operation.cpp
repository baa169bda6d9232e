#include "protocol/operation.hpp"

#include <algorithm>
#include <array>
#include <boost/mp11.hpp>
#include <string>

namespace plenary::protocol {

namespace {

using Enumerators = boost::describe::describe_enumerators<Operation>;
inline constexpr std::size_t operation_count = boost::mp11::mp_size<Enumerators>::value;

/// "message_post" → "message.post", made once.
const std::array<std::string, operation_count>& wire_names() {
  static const auto names = [] {
    std::array<std::string, operation_count> made;
    boost::mp11::mp_for_each<Enumerators>([&](auto descriptor) {
      std::string name = descriptor.name;
      std::replace(name.begin(), name.end(), '_', '.');
      made[static_cast<std::size_t>(descriptor.value)] = std::move(name);
    });
    return made;
  }();
  return names;
}

}  // namespace

std::string_view wire_name(Operation operation) { return wire_names()[static_cast<std::size_t>(operation)]; }

std::optional<Operation> operation_from_wire(std::string_view name) {
  const auto& names = wire_names();
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Operation>(found - names.begin());
}

}  // namespace plenary::protocol
