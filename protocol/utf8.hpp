#pragma once
// UTF-8 to code points and back, strictly (RFC 3629: no overlong form, no surrogate, nothing above U+10FFFF). Any
// thread.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plenary::protocol {

/// As next_code_point(), for what is not ASCII.
std::optional<char32_t> next_long_code_point(std::string_view text, std::size_t& position);

/// The code point at `position`, which moves past it; nothing, and `position` stays, where the bytes are not UTF-8.
inline std::optional<char32_t> next_code_point(std::string_view text, std::size_t& position) {
  if (position < text.size() && static_cast<unsigned char>(text[position]) < 0x80) {
    return static_cast<char32_t>(text[position++]);
  }
  return next_long_code_point(text, position);
}

/// Of text that is known to be UTF-8.
std::int64_t count_code_points(std::string_view text);

/// All code points; nothing when any byte is not UTF-8.
std::optional<std::u32string> decode_utf8(std::string_view text);

void append_utf8(std::string& out, char32_t code_point);
std::string encode_utf8(std::u32string_view code_points);

/// The longest beginning of `text` (UTF-8) of at most `max_bytes` that cuts no code point.
std::string_view shortened(std::string_view text, std::size_t max_bytes);

}  // namespace plenary::protocol
