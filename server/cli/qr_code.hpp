#pragma once
// A QR code (ISO/IEC 18004) for a terminal: two rows a line, in half blocks, light on dark, with its quiet zone.

#include <string>
#include <string_view>

namespace plenary::server::cli {

/// Empty when the text is too long for one (about 2,300 bytes).
std::string qr_code(std::string_view text);

}  // namespace plenary::server::cli
