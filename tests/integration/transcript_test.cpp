// Real input: what people write comes back byte for byte, over both doors (P42, P44).

#include <map>

#include "tests/integration/room.hpp"

namespace plenary::test {
namespace {

std::string filled(const std::string& text, int characters, int characters_each) {
  std::string out;
  for (int i = 0; i < characters / characters_each; ++i) out += text;
  return out;
}

// NFC throughout; what is in it besides letters (joiners, direction marks, variation selectors) is meant.
const std::vector<std::string>& transcript() {
  static const std::vector<std::string> texts{
      "Good morning! The clinic on King Street moved – it's at 14 Bay St. now; doors open 9:00–17:00.",
      "Bonjour à toutes et à tous : où est l’accueil ? Ça commence à 14 h, « salle Élise », près du cœur de l’île.",
      "Noël, maïs, garçon, œuf, ŒUVRE, Ÿ, façade, piqûre, aïeul, ambiguë…",
      "مرحباً بكم جميعاً، متى يبدأ لقاء التوظيف؟ الموعد: الساعة ١٠:٣٠ صباحاً.",
      "العنوان هو 14 Bay St.\u200F، ثم الطابق الثاني.",
      "ሰላም ንኹሉኹም፣ ሎሚ ሰዓት ክንደይ ይጅምር ኣኼባ፧ የቐንየልና።",
      "Доброго дня! Чи є сьогодні перекладачка? Її звати Ївга, кабінет № 5, під’їзд ґанку.",
      "नमस्ते, क्या यहाँ हिन्दी में मदद मिलेगी? "
      "क्‍षमा "
      "कीजिए।",
      "你好，请问报名表在哪里？谢谢！",
      "한국어 안내가 있습니까?",
      "Tiếng Việt: buổi họp bắt đầu lúc mấy giờ?",
      "👩‍👩‍👧‍👦 👨🏾‍🍳 🏳️‍🌈 🇨🇦 🇺🇦 ☕️ 1️⃣ 👍🏽 "
      "🧑🏿‍🦽 "
      "🤷‍♀️",
      "Family: 👨‍👩‍👦‍👦, flags: 🏴󠁧󠁢󠁳󠁣󠁴󠁿, and a heart ❤️ beside a plain ❤",
      "می‌خواهم ثبت‌نام کنم",
      "**bold** *emphasis* ~~struck~~ `code` [link](https://example.org/a?b=c&d=\"e\") <https://example.org>",
      "1. one\n2. two\n   - nested\n\n> quoted\n> again\n\n```\nfenced <b>code</b>\n```\n\n# heading\n\n---\n\ttab",
      "<script>alert(document.cookie)</script><img src=x onerror=alert(1)>",
      "[click](javascript:alert(1)) [click](JaVaScRiPt:alert(1)) [click](data:text/html,<script>alert(1)</script>) "
      "[click](vbscript:x) ![i](javascript:alert(1)) <javascript:alert(1)>",
      "\"><svg/onload=alert(1)> ' onmouseover='alert(1) &lt;script&gt; &#106;avascript: ${7*7} {{7*7}} '; DROP TABLE "
      "messages; --",
      "[a](https://example.org\" onclick=\"alert(1)) [b]: javascript:alert(1)\n\n[b]\n\n<a "
      "href=\"javascript:alert(1)\">x</a>",
      "{\"id\":1,\"op\":\"session.end\",\"args\":{}}\n{\"closing\":{}} \\u0000 \\n \\\\ \\\" /",
      "   leading spaces, trailing spaces and lines   \n\n\n",
      "line separator\u2028paragraph separator\u2029end",
      "ﬁ ﬂ ① ½ ｆｕｌｌ　ｗｉｄｔｈ Ａ (compatibility characters stay)",
      "I ı İ i – ß ẞ – ς σ Σ – ǅ",
      "𝒜𝓂𝒾𝓃𝒶 𐍈 𠜎 🀄",
      "Zalgo: z̷̧a̴̢l̵̨g̸̨o̶",
      filled("x", 4'000, 1),
      filled("é", 4'000, 1),
      filled("ሰላም ", 4'000, 4),
      filled("👩‍👩‍👧‍👦", 3'997, 7),
      filled("**a** ", 4'000, 6),
      filled("<b>\n> ", 4'000, 6),
      filled("[x](https://example.org/) ", 4'000, 26),
      filled("(", 4'000, 1),
  };
  return texts;
}

/// Every href of a body.
void collect_links(const Json& nodes, std::vector<std::string>& links) {
  for (const Json& node : nodes) {
    if (node.contains("href")) links.push_back(text_in(node, "href"));
    if (node.contains("children")) collect_links(node["children"], links);
  }
}

class Transcript : public Room {
 protected:
  static void expect_text(const Json& record, const std::string& text) {
    EXPECT_EQ(record["text"].get<std::string>(), text);
    std::vector<std::string> links;
    collect_links(record["body"], links);
    for (const std::string& link : links) {
      EXPECT_TRUE(link.starts_with("https://") || link.starts_with("http://") || link.starts_with("mailto:")) << link;
    }
  }
  static std::map<std::int64_t, Json> by_id(const Json& records) {
    std::map<std::int64_t, Json> messages;
    for (const Json& record : records) {
      if (record["type"] == "message") messages[number_in(record, "id")] = record;
    }
    return messages;
  }
};

TEST_F(Transcript, P44_what_was_written_is_read_byte_for_byte_over_both_doors) {
  const Guest amina = guest("Amina");
  Socket writer = greeted(amina.who());
  Socket reader = greeted({}, {channel});
  std::map<std::int64_t, std::string> written;
  bool over_socket = false;
  for (const std::string& text : transcript()) {
    over_socket = !over_socket;
    const Json args{{"webinar", webinar}, {"text", text}};
    const Json made = ok_of(over_socket ? writer.change("message.post", args)
                                        : server.operate("message.post", args, amina.who()).json());
    written[number_in(made, "message")] = text;
    expect_text(reader.next(push_of(channel, made["rev"]))["put"][0], text);
  }
  const Json history_args = subscription(channel, {{"after", 0}, {"limit", 100}});
  for (const Json& answer :
       {snapshot({}, channel), ok_of(greeted({}).ask("subscribe", subscription(channel))),
        ok_of(greeted({}).ask("history", history_args)), ok_of(server.operate("history", history_args, {}, {}))}) {
    const auto messages = by_id(answer["records"]);
    ASSERT_EQ(messages.size(), written.size());
    for (const auto& [id, text] : written) expect_text(messages.at(id), text);
  }
}

TEST_F(Transcript, P44_an_edit_is_read_byte_for_byte) {
  const auto message = post(host, "first");
  Socket writer = greeted(host, {channel});
  for (const std::string& text : transcript()) {
    const Json made = ok_of(writer.change("message.edit", {{"message", message}, {"text", text}}));
    expect_text(writer.next(push_of(channel, made["rev"]))["put"][0], text);
  }
}

TEST_F(Transcript, P44_a_removed_text_is_given_back_byte_for_byte) {
  const Guest amina = guest("Amina");
  const auto& texts = transcript();
  std::map<std::int64_t, std::string> written;
  for (std::size_t i = 0; i < texts.size(); i += 5) written[post(amina.who(), texts[i])] = texts[i];
  for (const auto& [id, text] : written) {
    ok_of(server.operate("message.remove", {{"message", id}, {"reason", texts[1]}}, host));
  }
  const Json own = snapshot(amina.who(), own_channel(webinar, amina));
  for (const Json& returned : own["records"]) {
    EXPECT_EQ(returned["text"].get<std::string>(), written.at(number_in(returned, "id")));
    EXPECT_EQ(returned["reason"].get<std::string>(), texts[1]);
  }
}

}  // namespace
}  // namespace plenary::test
