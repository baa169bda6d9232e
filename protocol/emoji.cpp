#include <unicode/uchar.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include <optional>

#include "protocol/text.hpp"
#include "protocol/utf8.hpp"

namespace plenary::protocol {

namespace {

constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t emoji_variation = 0xFE0F;
constexpr char32_t keycap = 0x20E3;
constexpr char32_t first_tag = 0xE0020;
constexpr char32_t last_tag = 0xE007F;

bool has(char32_t c, UProperty property) { return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0; }

bool is_keycap_base(char32_t c) { return (c >= '0' && c <= '9') || c == '#' || c == '*'; }

/// A pictograph of today, or a code point reserved for one: phones learn new emoji before servers do.
bool is_pictograph(char32_t c) {
  return has(c, UCHAR_EXTENDED_PICTOGRAPHIC) &&
         (has(c, UCHAR_EMOJI) || u_charType(static_cast<UChar32>(c)) == U_UNASSIGNED);
}

/// Only the flags that everybody's device shows (England, Scotland, Wales today): other tags are invisible text.
bool is_known_tag_sequence(std::u32string_view text) {
  std::u16string utf16;
  for (const char32_t c : text) {
    if (!U_IS_BMP(c)) utf16 += U16_LEAD(c);
    utf16 += U_IS_BMP(c) ? static_cast<char16_t>(c) : U16_TRAIL(c);
  }
  return u_stringHasBinaryProperty(utf16.data(), static_cast<int32_t>(utf16.size()), UCHAR_RGI_EMOJI_TAG_SEQUENCE);
}

/// Reads one element of UTS #51's emoji_zwj_sequence at `i`, appends it in its fully-qualified form.
bool take_element(std::u32string_view text, std::size_t& i, std::u32string& out) {
  if (i == text.size()) return false;
  const char32_t base = text[i];
  if (!is_pictograph(base)) return false;
  out += base;
  ++i;
  if (i < text.size() && has(text[i], UCHAR_EMOJI_MODIFIER)) {
    if (!has(base, UCHAR_EMOJI_MODIFIER_BASE)) return false;
    out += text[i++];
    return true;
  }
  if (i < text.size() && text[i] == emoji_variation) ++i;
  if (has(base, UCHAR_EMOJI) && !has(base, UCHAR_EMOJI_PRESENTATION)) out += emoji_variation;
  return true;
}

/// The grammar of UTS #51, section 1.4.9, narrowed to what is one grapheme cluster (UAX #29, rules GB9, GB11 and GB12).
std::optional<std::u32string> qualified(std::u32string_view text) {
  if (text.size() == 1 && has(text[0], UCHAR_EMOJI_MODIFIER)) return std::u32string{text};
  if (text.size() == 2 && has(text[0], UCHAR_REGIONAL_INDICATOR) && has(text[1], UCHAR_REGIONAL_INDICATOR)) {
    return std::u32string{text};
  }
  if (text.size() == 3 && is_keycap_base(text[0]) && text[1] == emoji_variation && text[2] == keycap) {
    return std::u32string{text};
  }
  if (text.size() > 1 && text[1] >= first_tag && text[1] <= last_tag) {
    if (!is_known_tag_sequence(text)) return std::nullopt;
    return std::u32string{text};
  }
  std::u32string out;
  std::size_t i = 0;
  if (!take_element(text, i, out)) return std::nullopt;
  while (i < text.size()) {
    if (text[i++] != zero_width_joiner) return std::nullopt;
    out += zero_width_joiner;
    if (!take_element(text, i, out)) return std::nullopt;
  }
  return out;
}

}  // namespace

Result<Emoji> Emoji::make(std::string_view input) {
  const auto too_big = [](std::string_view text) {
    return text.size() > static_cast<std::size_t>(default_limits.emoji_bytes);
  };
  if (too_big(input)) return Error{ErrorCode::bad_emoji};
  const auto characters = decode_utf8(input);
  if (!characters) return Error{ErrorCode::bad_emoji};
  const auto emoji = qualified(*characters);
  if (!emoji) return Error{ErrorCode::bad_emoji};
  std::string text = encode_utf8(*emoji);
  if (too_big(text)) return Error{ErrorCode::bad_emoji};
  return Emoji{std::move(text)};
}

}  // namespace plenary::protocol
