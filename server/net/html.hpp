#pragma once
// Text and its tree as HTML. Everything that people wrote is escaped here and nowhere else. Any thread.

#include <string>
#include <string_view>

#include "protocol/rich_text.hpp"

namespace plenary::server::net {

/// For elements and for attributes in double quotes; for XML as well.
std::string escaped(std::string_view text);
/// The elements the client builds from the same tree.
std::string html_of(const protocol::Body& body);

}  // namespace plenary::server::net
