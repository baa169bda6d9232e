// P45: a reaction is one emoji.

#include <gtest/gtest.h>
#include <unicode/brkiter.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/usetiter.h>

#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/text.hpp"
#include "protocol/utf8.hpp"

namespace plenary::protocol {
namespace {

std::string made(std::string_view text) {
  const auto emoji = Emoji::make(text);
  if (emoji) return emoji->str();
  return emoji.error().code == ErrorCode::bad_emoji ? "refused" : "wrong code";
}

/// Every emoji recommended for general interchange, from ICU's own data.
std::vector<std::string> recommended() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::UnicodeSet set{icu::UnicodeString{u"[:RGI_Emoji:]"}, status};
  std::vector<std::string> all;
  icu::UnicodeSetIterator next{set};
  while (next.next()) {
    std::string text;
    next.getString().toUTF8String(text);
    all.push_back(std::move(text));
  }
  return all;
}

int grapheme_clusters(const std::string& text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks{
      icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status)};
  breaks->setText(icu::UnicodeString::fromUTF8(text));
  int count = 0;
  while (breaks->next() != icu::BreakIterator::DONE) ++count;
  return count;
}

TEST(P45_emoji, every_recommended_one_is_taken_as_it_is) {
  const auto all = recommended();
  EXPECT_GT(all.size(), 3'600U);
  for (const auto& emoji : all) EXPECT_EQ(made(emoji), emoji);
}

TEST(P45_emoji, families_flags_keycaps_and_skin_tones_are_one) {
  for (const std::string emoji :
       {"👍", "👍🏽", "❤️", "👩‍👩‍👧‍👦", "👩🏾‍⚕️", "🏳️‍🌈", "🏴‍☠️",
        "🇨🇦", "🇺🇦", "🇪🇷", "1️⃣", "#️⃣", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🫱🏿‍🫲🏻",
        "🧑🏻‍❤️‍💋‍🧑🏿"}) {
    EXPECT_EQ(made(emoji), emoji);
  }
}

TEST(P45_emoji, newer_than_the_server_is_taken) {
  EXPECT_EQ(made("🫩"), "🫩") << "Unicode 16";
  EXPECT_EQ(made("🙂‍↔️"), "🙂‍↔️") << "Unicode 15.1";
}

TEST(P45_emoji, is_kept_fully_qualified) {
  EXPECT_EQ(made("❤"), "❤️");
  EXPECT_EQ(made("☝"), "☝️");
  EXPECT_EQ(made("©"), "©️");
  EXPECT_EQ(made("🏳‍🌈"), "🏳️‍🌈");
  EXPECT_EQ(made("👍\xEF\xB8\x8F"), "👍") << "shown as an emoji without being told";
  EXPECT_EQ(made("☝🏽"), "☝🏽");
}

TEST(P45_emoji, text_is_none) {
  for (const std::string text : {"",
                                 " ",
                                 "a",
                                 "1",
                                 "#",
                                 "*",
                                 "7\xEF\xB8\x8F",
                                 "1\xE2\x83\xA3",
                                 "é",
                                 "مرحبا",
                                 "ok",
                                 ":)",
                                 "!",
                                 "\n",
                                 "👍 ",
                                 " 👍",
                                 "👍a",
                                 "👍👍",
                                 "👍👍👍",
                                 "👍a👍",
                                 "🇨🇦🇺🇦",
                                 "🇨",
                                 "\xEF\xB8\x8F",
                                 "\xE2\x80\x8D",
                                 "\xE2\x83\xA3",
                                 "❤️\xE2\x83\xA3",
                                 "❤\xEF\xB8\x8E"}) {
    EXPECT_EQ(made(text), "refused") << testing::PrintToString(text);
  }
}

TEST(P45_emoji, broken_sequences_are_none) {
  const std::string joiner = "\xE2\x80\x8D";
  for (const std::string& text : {"👩" + joiner, joiner + "👩", "👩" + joiner + joiner + "👧", "👩" + joiner + "a",
                                  "1️⃣" + joiner + "1️⃣", "🇨🇦" + joiner + "🇨🇦", std::string{"💔🏽"},
                                  std::string{"👍🏽🏽"}, std::string{"\xF0\x9F\x91"}, std::string{"\xFF"}}) {
    EXPECT_EQ(made(text), "refused") << testing::PrintToString(text);
  }
}

TEST(P45_emoji, tags_carry_no_hidden_text) {
  std::u32string hidden = U"🏴";
  for (const char c : std::string_view{"secret"}) hidden += U'\U000E0000' + static_cast<char32_t>(c);
  hidden += U'\U000E007F';
  EXPECT_EQ(made(encode_utf8(hidden)), "refused");
}

TEST(P45_emoji, is_at_most_64_bytes) {
  std::string crowd = "👩";
  while (crowd.size() + 7 <= 64) crowd += "\xE2\x80\x8D👩";
  EXPECT_EQ(made(crowd), crowd);
  EXPECT_EQ(made(crowd + "\xE2\x80\x8D👩"), "refused");
  std::string grows = "❤";
  while (grows.size() + 6 <= 64) grows += "\xE2\x80\x8D❤";
  EXPECT_EQ(made(grows), "refused") << "63 bytes that would be 96 fully qualified";
}

TEST(P45_emoji, what_is_taken_is_one_grapheme_cluster_and_taken_again_unchanged) {
  const std::u32string alphabet = U"👍👩❤☝🏽🏻\u200D\uFE0F\u20E3🇨🇦1#a\U000E0067\U000E007F🏴🌈↔";
  std::mt19937 random{45};
  int taken = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::u32string text;
    for (std::size_t length = 1 + random() % 5; length > 0; --length) text += alphabet[random() % alphabet.size()];
    const auto emoji = Emoji::make(encode_utf8(text));
    if (!emoji) continue;
    ++taken;
    ASSERT_EQ(grapheme_clusters(emoji->str()), 1) << emoji->str();
    ASSERT_EQ(made(emoji->str()), emoji->str());
  }
  EXPECT_GT(taken, 1'000);
}

}  // namespace
}  // namespace plenary::protocol
