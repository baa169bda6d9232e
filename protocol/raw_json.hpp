#pragma once
// JSON that is already encoded, spliced in as it is.

#include <string>

namespace plenary::protocol {

struct RawJson {
  std::string text;
  bool operator==(const RawJson&) const = default;
};

}  // namespace plenary::protocol
