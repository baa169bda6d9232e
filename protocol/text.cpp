#include "protocol/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "protocol/utf8.hpp"

namespace plenary::protocol {

namespace {

constexpr char32_t zero_width_non_joiner = 0x200C;
constexpr char32_t zero_width_joiner = 0x200D;
constexpr char32_t braille_blank = 0x2800;
/// Nothing below it combines, so most text needs no table.
constexpr char32_t first_combining = 0x300;
/// UAX #15, section 13 (Stream-Safe Text Format): no writing needs more marks on one letter. Without a bound, putting
/// them in canonical order is quadratic.
constexpr int largest_mark_run = 30;

const icu::Normalizer2& ready(const icu::Normalizer2* normalizer, UErrorCode status) {
  if (U_FAILURE(status)) throw std::runtime_error{u_errorName(status)};
  return *normalizer;
}

const icu::Normalizer2& nfc() {
  UErrorCode status = U_ZERO_ERROR;
  return ready(icu::Normalizer2::getNFCInstance(status), status);
}

std::string normalised(const icu::Normalizer2& normalizer, std::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink{&out, static_cast<int32_t>(text.size())};
  UErrorCode status = U_ZERO_ERROR;
  normalizer.normalizeUTF8(0, icu::StringPiece{text.data(), static_cast<int32_t>(text.size())}, sink, nullptr, status);
  if (U_FAILURE(status)) throw std::runtime_error{u_errorName(status)};
  return out;
}

bool is_nfc(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  return nfc().isNormalizedUTF8(icu::StringPiece{text.data(), static_cast<int32_t>(text.size())}, status) &&
         U_SUCCESS(status);
}

bool is_line_separator(char32_t c) { return c == 0x2028 || c == 0x2029; }

int combining_class(char32_t c) { return u_getCombiningClass(static_cast<UChar32>(c)); }
bool has(char32_t c, UProperty property) { return u_hasBinaryProperty(static_cast<UChar32>(c), property) != 0; }
bool is_space(char32_t c) { return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0; }
auto category_of(char32_t c) { return u_charType(static_cast<UChar32>(c)); }

bool is_forbidden(char32_t c, TextKind kind) {
  if (c < 0x20) return kind != TextKind::passage || (c != '\t' && c != '\n' && c != '\r');
  if (c < 0x7F) return false;
  if (c < 0xA0 || has(c, UCHAR_NONCHARACTER_CODE_POINT)) return true;
  return kind != TextKind::passage && is_line_separator(c);
}

/// What every kind refuses before it is normalised; NFC changes none of it.
bool is_acceptable(std::string_view text, TextKind kind) {
  int marks = 0;
  for (std::size_t i = 0; i < text.size();) {
    const auto c = next_code_point(text, i);
    if (!c || is_forbidden(*c, kind)) return false;
    marks = *c >= first_combining && combining_class(*c) != 0 ? marks + 1 : 0;
    if (marks > largest_mark_run) return false;
  }
  return true;
}

/// Leaves nothing on the screen and is not white space: ignorable, control and format characters (bidi controls are
/// format characters), except those formats that show a sign of their own (U+0600 and its like).
bool is_invisible(char32_t c) {
  if (c > 0x20 && c < 0x7F) return false;
  if (c == braille_blank || has(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  const auto category = category_of(c);
  return category == U_CONTROL_CHAR || (category == U_FORMAT_CHAR && !has(c, UCHAR_PREPENDED_CONCATENATION_MARK));
}

bool shows_something(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = *next_code_point(text, i);
    if (!is_space(c) && !is_invisible(c)) return true;
  }
  return false;
}

std::string trimmed(std::u32string_view text) {
  const auto first = std::find_if_not(text.begin(), text.end(), is_space);
  const auto last = std::find_if_not(text.rbegin(), std::make_reverse_iterator(first), is_space).base();
  return encode_utf8({first, last});
}

// ---- names ---------------------------------------------------------------------------------------------------------

int joining_type(char32_t c) { return u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_JOINING_TYPE); }

bool joins_across(std::u32string_view text, std::size_t joiner) {
  std::size_t before = joiner;
  while (before > 0 && joining_type(text[before - 1]) == U_JT_TRANSPARENT) --before;
  std::size_t after = joiner + 1;
  while (after < text.size() && joining_type(text[after]) == U_JT_TRANSPARENT) ++after;
  if (before == 0 || after == text.size()) return false;
  const int left = joining_type(text[before - 1]);
  const int right = joining_type(text[after]);
  return (left == U_JT_LEFT_JOINING || left == U_JT_DUAL_JOINING) &&
         (right == U_JT_RIGHT_JOINING || right == U_JT_DUAL_JOINING);
}

/// RFC 5892, appendices A.1 and A.2: a joiner belongs after a virama (Sinhala, Devanagari, …), and the non-joiner also
/// between letters that would join (Persian). Here a letter must follow, so that nothing invisible ends a name.
bool is_joiner_in_place(std::u32string_view text, std::size_t joiner) {
  constexpr int virama = 9;
  if (joiner == 0 || joiner + 1 == text.size()) return false;
  const bool after_virama = combining_class(text[joiner - 1]) == virama;
  if (after_virama && u_isalpha(static_cast<UChar32>(text[joiner + 1]))) return true;
  return text[joiner] == zero_width_non_joiner && joins_across(text, joiner);
}

bool belongs_in_name(std::u32string_view text, std::size_t i) {
  const char32_t c = text[i];
  if (c == zero_width_joiner || c == zero_width_non_joiner) return is_joiner_in_place(text, i);
  if (is_invisible(c)) return false;
  const auto category = category_of(c);
  return category != U_PRIVATE_USE_CHAR && category != U_UNASSIGNED;
}

/// Nothing where a character does not belong.
std::optional<std::string> folded_name(std::u32string_view text) {
  std::string out;
  bool space_before = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_space(text[i])) {
      space_before = !out.empty();
      continue;
    }
    if (!belongs_in_name(text, i)) return std::nullopt;
    if (space_before) out += ' ';
    space_before = false;
    append_utf8(out, text[i]);
  }
  return out;
}

// ---- searching -----------------------------------------------------------------------------------------------------

/// Letters that no decomposition takes to the ones people type for them.
std::string_view plain_letters(char32_t c) {
  switch (c) {
    case 0xE6: return "ae";
    case 0xF0: return "d";
    case 0xF8: return "o";
    case 0x111: return "d";
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x153: return "oe";
    default: return {};
  }
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

Result<std::string> checked_text(std::string_view input, TextKind kind, std::int64_t max_characters) {
  if (!is_acceptable(input, kind)) return Error{ErrorCode::forbidden_character};
  std::string text = is_ascii(input) || is_nfc(input) ? std::string{input} : normalised(nfc(), input);
  if (kind == TextKind::line) text = trimmed(*decode_utf8(text));
  if (kind == TextKind::name) {
    auto name = folded_name(*decode_utf8(text));
    if (!name) return Error{ErrorCode::forbidden_character};
    text = std::move(*name);
  }
  if (!shows_something(text)) return Error{ErrorCode::empty};
  if (count_code_points(text) > max_characters) return Error{ErrorCode::too_long};
  return text;
}

Result<LanguageTag> LanguageTag::make(std::string_view input) {
  constexpr std::size_t longest_tag = 35;    // RFC 5646, section 4.4.1
  constexpr std::size_t longest_subtag = 8;  // RFC 5646, section 2.1
  if (input.empty()) return Error{ErrorCode::empty};
  if (input.size() > longest_tag) return Error{ErrorCode::too_long};
  std::string tag;
  bool primary = true;
  std::size_t subtag = 0;
  for (const char c : input) {
    const char lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool letter = lower >= 'a' && lower <= 'z';
    const bool digit = lower >= '0' && lower <= '9';
    const bool ends_subtag = lower == '-' && subtag > 0;
    if (!letter && !ends_subtag && (!digit || primary)) return Error{ErrorCode::forbidden_character};
    subtag = ends_subtag ? 0 : subtag + 1;
    primary = primary && !ends_subtag;
    if (subtag > longest_subtag) return Error{ErrorCode::forbidden_character};
    tag += lower;
  }
  if (subtag == 0) return Error{ErrorCode::forbidden_character};
  return LanguageTag{std::move(tag)};
}

std::string folded_for_search(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const auto& case_folding = ready(icu::Normalizer2::getNFKCCasefoldInstance(status), status);
  const auto& decomposing = ready(icu::Normalizer2::getNFDInstance(status), status);
  const std::string apart = normalised(decomposing, normalised(case_folding, text));
  std::string out;
  for (std::size_t i = 0; i < apart.size();) {
    const char32_t c = *next_code_point(apart, i);
    if (combining_class(c) != 0) continue;
    if (const auto plain = plain_letters(c); !plain.empty()) {
      out += plain;
    } else {
      append_utf8(out, c);
    }
  }
  return out;
}

}  // namespace plenary::protocol
