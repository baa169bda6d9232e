#pragma once
// Bounded text: what is out of range cannot be built. Lengths are Unicode code points after NFC (UAX #15); input that
// is not UTF-8 is refused. Any thread.

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/error.hpp"
#include "protocol/limits.hpp"

namespace plenary::protocol {

enum class TextKind {
  /// One line, no control, bidi, invisible, private-use or unassigned character; trimmed, inner white space runs folded
  /// to a space. Joiners only where a script needs them (RFC 5892, appendices A.1 and A.2).
  name,
  /// One line: no control character; trimmed.
  line,
  /// Tab and newlines allowed, no other control character; kept as written, byte for byte once NFC.
  passage
};

/// Normalises and checks; errors: empty (nothing visible), too_long, forbidden_character (also for bad UTF-8, for
/// noncharacters, and for more than 30 combining marks on one letter: UAX #15, Stream-Safe Text Format). Linear.
Result<std::string> checked_text(std::string_view input, TextKind kind, std::int64_t max_characters);

template <TextKind Kind, std::int64_t Limits::*Max>
class BoundedText {
 public:
  static Result<BoundedText> make(std::string_view input) {
    auto text = checked_text(input, Kind, default_limits.*Max);
    if (!text) return text.error();
    return BoundedText{std::move(*text)};
  }
  /// For what was checked when it was stored.
  static BoundedText trusted(std::string text) { return BoundedText{std::move(text)}; }

  BoundedText() = default;
  [[nodiscard]] const std::string& str() const { return text_; }
  bool operator==(const BoundedText&) const = default;

 private:
  explicit BoundedText(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

using MessageText = BoundedText<TextKind::passage, &Limits::text_characters>;
using PostText = BoundedText<TextKind::passage, &Limits::post_characters>;
using QuestionText = BoundedText<TextKind::passage, &Limits::question_characters>;
using DisplayName = BoundedText<TextKind::name, &Limits::name_characters>;
using Title = BoundedText<TextKind::line, &Limits::title_characters>;
using Reason = BoundedText<TextKind::passage, &Limits::reason_characters>;
using SearchText = BoundedText<TextKind::line, &Limits::search_characters>;

/// One emoji as people see it: a single grapheme cluster (UAX #29) that is an emoji (UTS #51), at most
/// Limits::emoji_bytes. Kept in its fully-qualified form, so that ❤ with and without its variation selector are one
/// reaction. Errors: bad_emoji.
class Emoji {
 public:
  static Result<Emoji> make(std::string_view input);
  static Emoji trusted(std::string text) { return Emoji{std::move(text)}; }
  Emoji() = default;
  [[nodiscard]] const std::string& str() const { return text_; }

 private:
  explicit Emoji(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

/// A BCP 47 tag of letters, digits and hyphens, at most 35 bytes, lower-cased ("fr", "ti", "zh-hant"). Errors: empty,
/// too_long, forbidden_character (also where the hyphens do not part subtags of one to eight).
class LanguageTag {
 public:
  static Result<LanguageTag> make(std::string_view input);
  static LanguageTag trusted(std::string text) { return LanguageTag{std::move(text)}; }
  LanguageTag() = default;
  [[nodiscard]] const std::string& str() const { return text_; }

 private:
  explicit LanguageTag(std::string text) : text_{std::move(text)} {}
  std::string text_;
};

/// For finding people: case folded, marks removed, letters such as œ, ł and ø spelled plainly ("Hélène Œuvrard" →
/// "helene oeuvrard"). `text` is UTF-8.
std::string folded_for_search(std::string_view text);

}  // namespace plenary::protocol
