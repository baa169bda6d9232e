// P42: what text and names may hold.

#include "protocol/text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "protocol/utf8.hpp"

namespace plenary::protocol {
namespace {

constexpr std::int64_t plenty = 1'000'000;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// The text as it is kept, or the code of the refusal.
template <class T>
std::string outcome(const Result<T>& result) {
  if (!result) return "refused: " + std::to_string(static_cast<int>(result.error().code));
  if constexpr (std::is_same_v<T, std::string>) {
    return *result;
  } else {
    return result->str();
  }
}

std::string refused(ErrorCode code) { return "refused: " + std::to_string(static_cast<int>(code)); }

std::string passage(std::string_view text) { return outcome(checked_text(text, TextKind::passage, plenty)); }
std::string line(std::string_view text) { return outcome(checked_text(text, TextKind::line, plenty)); }
std::string name(std::string_view text) { return outcome(checked_text(text, TextKind::name, plenty)); }

const std::string forbidden = refused(ErrorCode::forbidden_character);
const std::string empty = refused(ErrorCode::empty);
const std::string too_long = refused(ErrorCode::too_long);

TEST(P42_text, keeps_every_language_byte_for_byte) {
  for (const std::string text : {
           "Good morning, everyone.",
           "À bientôt — l’été, c’est déjà fini ?",
           "صباح الخير، هل العيادة مفتوحة يوم السبت؟",
           "می‌خواهم بدانم",
           "ሰላም ንኹሉኹም። የቐንየለይ።",
           "Доброго ранку! Ґанок, їжак, об'єднання",
           "שלום לכולם",
           "สวัสดีทุกคน",
           "வணக்கம்",
           "你好，欢迎大家",
           "안녕하세요",
           "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇦 1️⃣",
           "\xE2\x80\x8Fמימין לשמאל\xE2\x80\x8E and back",
       }) {
    EXPECT_EQ(passage(text), text);
    EXPECT_EQ(line(text), text);
  }
}

TEST(P42_text, is_nfc) {
  EXPECT_EQ(passage("e\xCC\x81t\xC3\xA9"), "\xC3\xA9t\xC3\xA9");
  EXPECT_EQ(passage("\xE2\x84\xAB"), "\xC3\x85") << "the Angstrom sign is Å";
  EXPECT_EQ(passage("\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB"), "\xED\x95\x9C") << "jamo to a syllable";
  EXPECT_EQ(passage("q\xCC\x87\xCC\xA3"), "q\xCC\xA3\xCC\x87") << "marks in canonical order";
  EXPECT_EQ(passage("ﬁ ½ ①"), "ﬁ ½ ①") << "compatibility characters stay";
}

TEST(P42_text, counts_code_points_after_nfc) {
  EXPECT_EQ(outcome(checked_text(repeated("e\xCC\x81", 4), TextKind::passage, 4)), repeated("\xC3\xA9", 4));
  EXPECT_EQ(outcome(checked_text(repeated("\xC3\xA9", 5), TextKind::passage, 4)), too_long);
  EXPECT_EQ(outcome(checked_text("👩‍👩‍👧‍👦", TextKind::passage, 7)), "👩‍👩‍👧‍👦");
  EXPECT_EQ(outcome(checked_text("👩‍👩‍👧‍👦", TextKind::passage, 6)), too_long);
}

TEST(P42_text, a_message_holds_4000_characters_of_any_script) {
  for (const std::string character : {"a", "é", "ሰ", "ї", "م", "👍"}) {
    const std::string full = repeated(character, 4'000);
    EXPECT_EQ(outcome(MessageText::make(full)), full) << character;
    EXPECT_EQ(outcome(MessageText::make(full + character)), too_long) << character;
  }
}

TEST(P42_text, keeps_newlines_and_tabs_of_a_passage_as_written) {
  const std::string text = " \ta\r\nb\rc\nd\n\n ";
  EXPECT_EQ(passage(text), text);
  for (const std::string one_line : {"a\nb", "a\rb", "a\tb",
                                     "a\xE2\x80\xA8"
                                     "b",
                                     "a\xE2\x80\xA9"
                                     "b"}) {
    EXPECT_EQ(line(one_line), forbidden);
    EXPECT_EQ(name(one_line), forbidden);
  }
}

TEST(P42_text, refuses_every_other_control_character) {
  for (char32_t c = 0; c < 0xA0; ++c) {
    const bool control = c < 0x20 || c >= 0x7F;
    const bool newline_or_tab = c == '\t' || c == '\n' || c == '\r';
    std::string text = "a";
    append_utf8(text, c);
    text += 'b';
    EXPECT_EQ(passage(text) == forbidden, control && !newline_or_tab) << static_cast<int>(c);
    EXPECT_EQ(line(text) == forbidden, control) << static_cast<int>(c);
    EXPECT_EQ(name(text) == forbidden, control) << static_cast<int>(c);
  }
}

TEST(P42_text, refuses_noncharacters) {
  for (const std::string bad : {"\xEF\xB7\x90", "\xEF\xBF\xBE", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_EQ(passage("a" + bad), forbidden);
    EXPECT_EQ(name("a" + bad), forbidden);
  }
  EXPECT_EQ(passage("\xEF\xBF\xBD"), "\xEF\xBF\xBD") << "the replacement character is a character";
}

TEST(P42_text, refuses_what_is_not_utf8) {
  const std::vector<std::string> bad{
      "\x80",              // a continuation alone
      "\xC3",              // cut
      "\xE2\x82",          // cut
      "\xF0\x9F\x98",      // cut
      "\xC3(",             // no continuation
      "\xC0\xAF",          // overlong slash
      "\xE0\x80\xAF",      // overlong slash
      "\xF0\x80\x80\xAF",  // overlong slash
      "\xED\xA0\x80",      // surrogate
      "\xED\xBF\xBF",      // surrogate
      "\xF4\x90\x80\x80",  // above U+10FFFF
      "\xF5\x80\x80\x80",  // never a lead
      "\xFF",
  };
  for (const auto& bytes : bad) {
    EXPECT_EQ(passage("caf\xC3\xA9 " + bytes), forbidden);
    EXPECT_EQ(line(bytes + "a"), forbidden);
    EXPECT_EQ(name(bytes), forbidden);
  }
}

TEST(P42_text, needs_something_visible) {
  for (const std::string nothing :
       {"", " ", "\n\n", "\xC2\xA0", "\xE3\x80\x80", "\xE2\x80\x8B", "\xE2\x80\x8D", "\xEF\xBB\xBF", "\xC2\xAD",
        "\xE2\x80\xAE", "\xE2\xA0\x80", "\xE3\x85\xA4", "\xEF\xB8\x8F"}) {
    EXPECT_EQ(passage(nothing), empty) << testing::PrintToString(nothing);
  }
  EXPECT_EQ(passage(" . "), " . ");
  EXPECT_EQ(line(" \xC2\xA0 "), empty);
  EXPECT_EQ(name("   "), empty);
}

TEST(P42_text, takes_30_marks_on_a_letter_and_no_more) {
  const std::string thirty = "a" + repeated("\xCC\xB4", 30);
  EXPECT_EQ(passage(thirty), thirty);
  EXPECT_EQ(passage(thirty + "\xCC\xB4"), forbidden);
  EXPECT_EQ(passage(repeated(thirty, 3)), repeated(thirty, 3));
}

TEST(P42_text, trims_a_line_and_keeps_its_inside) {
  EXPECT_EQ(line(" \xC2\xA0 Trouver  un logement\xE3\x80\x80 "), "Trouver  un logement");
  EXPECT_EQ(outcome(Title::make(" " + repeated("é", 200) + " ")), repeated("é", 200));
  EXPECT_EQ(outcome(Title::make(repeated("é", 201))), too_long);
}

// ---- names ---------------------------------------------------------------------------------------------------------

TEST(P42_names, of_the_world_are_kept) {
  for (const std::string who :
       {"Amina Yusuf", "Hélène Gagnon-Côté", "Siobhán O’Brien", "ሰላም ተስፋይ", "Олена Коваль", "ليلى حداد", "李小龍",
        "김민준", "Nguyễn Thị Minh Khai", "Łukasz Żółć", "רחל כהן", "Jean-Marc 🇨🇦", "Dr. A. B. (she/her)"}) {
    EXPECT_EQ(name(who), who);
  }
}

TEST(P42_names, are_trimmed_and_their_spaces_folded) {
  EXPECT_EQ(name("  Jean \xC2\xA0\xE2\x80\xAF  Tremblay "), "Jean Tremblay");
}

TEST(P42_names, are_1_to_60_characters_after_folding) {
  EXPECT_EQ(outcome(DisplayName::make(repeated("ሰ", 60))), repeated("ሰ", 60));
  EXPECT_EQ(outcome(DisplayName::make(repeated("ሰ", 61))), too_long);
  EXPECT_EQ(outcome(DisplayName::make("a" + repeated(" ", 100) + "b")), "a b");
  EXPECT_EQ(outcome(DisplayName::make("")), empty);
}

TEST(P42_names, hold_no_bidi_control) {
  for (const char32_t c :
       {0x061C, 0x200E, 0x200F, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069}) {
    EXPECT_EQ(name(encode_utf8(std::u32string{'a', c, 'b'})), forbidden) << std::hex << static_cast<int>(c);
  }
}

TEST(P42_names, hold_nothing_invisible_private_or_unassigned) {
  for (const char32_t c :
       {0x00AD, 0x034F, 0x115F, 0x17B4, 0x180E, 0x200B, 0x2060,  0x2063,  0x2800,  0x3164,  0xFE0F,
        0xFEFF, 0xFFA0, 0xFFF9, 0xE000, 0xF8FF, 0x0378, 0x1D173, 0xE0041, 0xE0100, 0xF0000, 0x10FFFD}) {
    EXPECT_EQ(name(encode_utf8(std::u32string{'a', c, 'b'})), forbidden) << std::hex << static_cast<int>(c);
  }
}

TEST(P42_names, hold_joiners_where_a_script_needs_them) {
  const std::string non_joiner = "\xE2\x80\x8C";
  const std::string joiner = "\xE2\x80\x8D";
  for (const std::string& who : {"علی" + non_joiner + "رضا",                     // Persian: letters that would join
                                 "ශ්" + joiner + "රී",                             // Sinhala: after a virama
                                 "क्" + joiner + "ष", "क्" + non_joiner + "ष"}) {  // Devanagari
    EXPECT_EQ(name(who), who);
  }
  for (const std::string& who :
       {"a" + joiner + "b", "a" + non_joiner + "b", joiner + "a", "a" + joiner, non_joiner + "علی", "علی" + non_joiner,
        "ශ්" + joiner, "ශ්" + joiner + " රී", "ශ්" + joiner + "1", "علی" + joiner + "رضا",
        "علی" + non_joiner + non_joiner + "رضا", "د" + non_joiner + "ر", "👩" + joiner + "👧"}) {
    EXPECT_EQ(name(who), forbidden) << who;
  }
}

// ---- language tags and searching -----------------------------------------------------------------------------------

std::string tag(std::string_view text) { return outcome(LanguageTag::make(text)); }

TEST(P42_language_tag, is_lower_cased_bcp_47) {
  EXPECT_EQ(tag("fr"), "fr");
  EXPECT_EQ(tag("fr-CA"), "fr-ca");
  EXPECT_EQ(tag("zh-Hant"), "zh-hant");
  EXPECT_EQ(tag("es-419"), "es-419");
  EXPECT_EQ(tag("x-plenary"), "x-plenary");
  EXPECT_EQ(tag(""), empty);
  EXPECT_EQ(tag(repeated("abcdefgh-", 3) + "abcdefgh"), repeated("abcdefgh-", 3) + "abcdefgh") << "35 bytes";
  EXPECT_EQ(tag(repeated("abcdefgh-", 4)), too_long) << "36 bytes";
  for (const std::string bad : {"-", "fr-", "-fr", "fr--ca", "fr_CA", "fr ca", "419", "1a", "abcdefghi", "fr-abcdefghi",
                                "fré", "fr\n", "\xFF"}) {
    EXPECT_EQ(tag(bad), forbidden) << bad;
  }
}

TEST(P46_search, finds_people_without_case_and_marks) {
  EXPECT_EQ(folded_for_search("Hélène"), "helene");
  EXPECT_EQ(folded_for_search("Hélène"), folded_for_search("HE\xCC\x81LE\xCC\x80NE"));
  EXPECT_EQ(folded_for_search("Œuvrard"), "oeuvrard");
  EXPECT_EQ(folded_for_search("ŁUKASZ Żółć"), "lukasz zolc");
  EXPECT_EQ(folded_for_search("Nguyễn Thị Đào"), "nguyen thi dao");
  EXPECT_EQ(folded_for_search("Straße"), "strasse");
  EXPECT_EQ(folded_for_search("Ωλένα"), folded_for_search("ωλενα"));
  EXPECT_EQ(folded_for_search("ОЛЕНА"), "олена");
  EXPECT_EQ(folded_for_search("İpek Işık"), "ipek isik");
  EXPECT_EQ(folded_for_search("Ｊｕｎ"), "jun");
  EXPECT_EQ(folded_for_search("ሰላም"), "ሰላም");
  EXPECT_EQ(folded_for_search("مُحَمَّد"), "محمد");
}

TEST(utf8, is_shortened_at_a_code_point) {
  EXPECT_EQ(shortened("prénom", 3), "pr");
  EXPECT_EQ(shortened("prénom", 4), "pré");
  EXPECT_EQ(shortened("👍", 3), "");
  EXPECT_EQ(shortened("ab", 2), "ab");
}

TEST(utf8, round_trips_at_every_length_boundary) {
  for (const char32_t c : {0x0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF}) {
    const std::u32string one(1, c);
    EXPECT_EQ(decode_utf8(encode_utf8(one)), one) << std::hex << static_cast<int>(c);
  }
}

}  // namespace
}  // namespace plenary::protocol
