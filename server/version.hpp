#pragma once
// The version of this program, as CMakeLists.txt says.

#include <string_view>

namespace plenary::server {

inline constexpr std::string_view version = PLENARY_VERSION;

}  // namespace plenary::server
