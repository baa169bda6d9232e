// P44: Markdown to the closed tree.

#include "protocol/rich_text.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "protocol/json.hpp"
#include "tests/protocol/closed_tree.hpp"

namespace plenary::protocol {
namespace {

using closed_tree::defect_of;

std::string repeated(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// A body in one line: p(Bonjour strong(à tous)).
std::string outline(const Body& body) {
  std::string out;
  for (const Node& node : body) {
    const std::string inside = node.children ? outline(*node.children) : node.text.value_or("");
    switch (node.kind) {
      case NodeKind::text: out += inside; break;
      case NodeKind::line_break: out += "⏎"; break;
      case NodeKind::paragraph: out += "p(" + inside + ")"; break;
      case NodeKind::quote: out += "quote(" + inside + ")"; break;
      case NodeKind::list:
        out += (*node.ordered ? "list" + std::to_string(*node.start) : "list") + "(" + inside + ")";
        break;
      case NodeKind::item: out += "item(" + inside + ")"; break;
      case NodeKind::code_block: out += "block[" + inside + "]"; break;
      case NodeKind::code: out += "code[" + inside + "]"; break;
      case NodeKind::strong: out += "strong(" + inside + ")"; break;
      case NodeKind::emphasis: out += "emphasis(" + inside + ")"; break;
      case NodeKind::struck: out += "struck(" + inside + ")"; break;
      case NodeKind::link: out += "link<" + *node.href + ">(" + inside + ")"; break;
    }
  }
  return out;
}

std::string parsed(std::string_view source) {
  const Body body = parse_markdown(source);
  EXPECT_EQ(defect_of(body), "") << source;
  return outline(body);
}

std::size_t count(const Body& body, NodeKind kind) {
  std::size_t found = 0;
  for (const Node& node : body) {
    found += (node.kind == kind ? 1U : 0U) + (node.children ? count(*node.children, kind) : 0U);
  }
  return found;
}

TEST(P44_rich_text, knows_the_markup_people_use) {
  EXPECT_EQ(parsed("Bonjour **à tous** et *à toutes*"), "p(Bonjour strong(à tous) et emphasis(à toutes))");
  EXPECT_EQ(parsed("~~ancien~~ `code` \\*étoiles\\*"), "p(struck(ancien) code[code] *étoiles*)");
  EXPECT_EQ(parsed("environ ~5~ ou ~10"), "p(environ ~5~ ou ~10)") << "one tilde strikes nothing";
  EXPECT_EQ(parsed("un\n\ndeux"), "p(un)p(deux)");
  EXPECT_EQ(parsed("- un\n- deux\n  - trois"), "list(item(p(un))item(p(deux)list(item(p(trois)))))");
  EXPECT_EQ(parsed("3. trois\n4. quatre"), "list3(item(p(trois))item(p(quatre)))");
  EXPECT_EQ(parsed("> cité\n> > encore\n\nréponse"), "quote(p(cité)quote(p(encore)))p(réponse)");
  EXPECT_EQ(parsed("```js\nif (a < b) {}\n\n```"), "block[if (a < b) {}\n]");
  EXPECT_EQ(parsed("- \n- deux"), "list(item()item(p(deux)))");
}

TEST(P44_rich_text, a_newline_is_a_line_break) {
  EXPECT_EQ(parsed("a\nb  \nc\\\nd"), "p(a⏎b⏎c⏎d)");
  EXPECT_EQ(parsed("a\r\nb\rc"), "p(a⏎b⏎c)");
}

TEST(P44_rich_text, a_heading_is_a_strong_paragraph_and_a_rule_a_paragraph_of_dashes) {
  EXPECT_EQ(parsed("# Ordre *du* jour"), "p(strong(Ordre emphasis(du) jour))");
  EXPECT_EQ(parsed("Titre\n==="), "p(strong(Titre))");
  EXPECT_EQ(parsed("avant\n\n***\n\naprès"), "p(avant)p(———)p(après)");
}

TEST(P44_rich_text, links_have_safe_schemes) {
  EXPECT_EQ(parsed("[ici](https://example.org/a?b=c#d \"titre\")"), "p(link<https://example.org/a?b=c#d>(ici))");
  EXPECT_EQ(parsed("<https://example.org> et <tel:+16135550100>"),
            "p(link<https://example.org>(https://example.org) et link<tel:+16135550100>(tel:+16135550100))");
  EXPECT_EQ(parsed("HTTP://EXAMPLE.ORG/É"), "p(link<HTTP://EXAMPLE.ORG/É>(HTTP://EXAMPLE.ORG/É))");
  EXPECT_EQ(parsed("voir www.example.org."), "p(voir link<http://www.example.org>(www.example.org).)");
  EXPECT_EQ(parsed("aide@example.org"), "p(link<mailto:aide@example.org>(aide@example.org))");
  EXPECT_EQ(parsed("[**gras**](http://a.b)"), "p(link<http://a.b>(strong(gras)))");
  EXPECT_EQ(parsed("[a](</b c>) [d](/e) [f](g) [h](//i.j) [k](ftp://l)"), "p(a d f h k)");
  EXPECT_EQ(parsed("[a](http://) [b](https:) [c](mailto:) [d](tel:)"), "p(a b c d)");
}

TEST(P44_rich_text, an_href_is_escaped_where_an_address_may_not_hold_it) {
  EXPECT_EQ(parsed("[a](<https://b.c/d e\"f`g>)"), "p(link<https://b.c/d%20e%22f%60g>(a))");
  EXPECT_EQ(parsed("[a](https://b.c/%22é)"), "p(link<https://b.c/%22é>(a))");
}

TEST(P44_rich_text, links_and_images_never_nest) {
  EXPECT_EQ(parsed("![affiche *bleue*](https://a.b/c.png)"), "p(link<https://a.b/c.png>(affiche emphasis(bleue)))");
  EXPECT_EQ(parsed("[![image](https://a.b/c.png)](https://d.e)"), "p(link<https://d.e>(image))");
  EXPECT_EQ(parsed("![dehors [dedans](https://a.b)](https://c.d/e.png)"), "p(link<https://c.d/e.png>(dehors dedans))");
}

TEST(P44_rich_text, a_link_without_words_shows_its_address) {
  EXPECT_EQ(parsed("[](https://a.b)"), "p(link<https://a.b>(https://a.b))");
  EXPECT_EQ(parsed("![](https://a.b/c.png)"), "p(link<https://a.b/c.png>(https://a.b/c.png))");
}

TEST(P44_rich_text, html_is_text) {
  EXPECT_EQ(parsed("<b>gras</b> et **gras**"), "p(<b>gras</b> et strong(gras))");
  EXPECT_EQ(parsed("<div>\n**x**\n</div>"), "p(<div>⏎**x**⏎</div>)");
  EXPECT_EQ(parsed("a &lt;b&gt; &amp; &eacute; &#x1F44D;"), "p(a <b> & é 👍)");
}

TEST(P44_rich_text, what_would_show_nothing_is_its_source) {
  for (const std::string source :
       {"-", "#", ">", "1.", "&nbsp;", "&#8203;", "[a]: https://b.c", "![](a)", "[](a)", "```\n```"}) {
    EXPECT_NE(parsed(source), "") << source;
    EXPECT_EQ(plain_text(parse_markdown(source)), source);
  }
}

TEST(P44_rich_text, entities_do_not_spell_what_text_may_not_hold) {
  EXPECT_EQ(parsed("a&#7;b"), "p(a&#7;b)");
  EXPECT_EQ(parsed("*a*\n&#x1B;[31m"), "p(*a*⏎&#x1B;[31m)");
  EXPECT_EQ(parsed("a&#0;b"),
            "p(a\xEF\xBF\xBD"
            "b)");
}

TEST(P44_rich_text, every_language_survives) {
  for (const std::string text :
       {"صباح الخير، هل العيادة مفتوحة يوم السبت؟", "می‌خواهم بدانم", "ሰላም ንኹሉኹም። የቐንየለይ።",
        "Доброго ранку! Ґанок, їжак, об'єднання", "À bientôt — l’été « fini » ?", "你好，欢迎大家",
        "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇨🇦 1️⃣", "\xE2\x80\x8Fמימין\xE2\x80\x8E left"}) {
    EXPECT_EQ(parsed(text), "p(" + text + ")");
    EXPECT_EQ(parsed("**" + text + "**\n> " + text), "p(strong(" + text + "))quote(p(" + text + "))");
  }
  EXPECT_EQ(parsed(repeated("ሰ", 4'000)), "p(" + repeated("ሰ", 4'000) + ")");
}

TEST(P44_rich_text, is_never_deeper_than_body_depth_and_keeps_the_words) {
  for (const std::string& nested :
       {repeated("> ", 60) + "fond", repeated("- ", 60) + "fond", repeated("1. ", 60) + "fond",
        repeated("> - ", 30) + "# fond", repeated("*_", 200) + "fond" + repeated("_*", 200),
        repeated("**a ", 100) + "fond" + repeated(" a**", 100),
        repeated("> ", 14) + repeated("*_", 9) + "[fond](https://a.b)" + repeated("_*", 9)}) {
    EXPECT_NE(parsed(nested).find("fond"), std::string::npos) << nested;
  }
  EXPECT_EQ(parsed(repeated("> ", 60) + "fond"), repeated("quote(", 14) + "p(fond)" + repeated(")", 14));
}

TEST(P44_rich_text, nesting_beyond_reason_is_text) {
  const std::string quotes = repeated(">", 4'000);
  EXPECT_EQ(parsed(quotes), "p(" + quotes + ")");
  const std::string lists = "bonjour\n" + repeated("- ", 1'000) + "x";
  EXPECT_EQ(plain_text(parse_markdown(lists)), lists);
  EXPECT_EQ(parsed("a\n\n" + repeated("- ", 500)), "p(a)p(———)") << "a long rule nests nothing";
}

TEST(P44_rich_text, a_short_message_does_not_become_a_long_one) {
  const std::string address = "http://" + repeated("a", 1'900);
  const std::string references = "[x]: " + address + "\n\n" + repeated("[x]", 600);
  EXPECT_EQ(count(parse_markdown(references), NodeKind::link), 3 * references.size() / address.size());
  const std::string honest = repeated("a@b.ca www.c.ca ", 250);
  EXPECT_EQ(count(parse_markdown(honest), NodeKind::link), 500U);
  for (const std::string pattern : {"a\n", "- a\n", "*a*b", "`a` ", "> a\n\n", "[*", "-\n", "~~a~~b"}) {
    const std::string full = repeated(pattern, 4'000 / pattern.size());
    EXPECT_LT(to_json(parse_markdown(full)).size(), 30 * full.size()) << pattern;
  }
}

TEST(P44_rich_text, plain_text_is_the_words) {
  EXPECT_EQ(
      plain_text(parse_markdown("# Titre\n\nun *deux*\n`trois`\n\n- a\n- b\n\n> [lien](https://a.b)\n\n```\nx\n```")),
      "Titre\nun deux\ntrois\na\nb\nlien\nx");
}

TEST(P44_rich_text, the_tree_round_trips_as_json) {
  const Body body = parse_markdown("# T\n\n1. *a* [b](https://c.d)\n   > `e`\n\n```\nf\n```\ng\nh");
  const auto json = parse_json(to_json(body));
  ASSERT_TRUE(json);
  const auto again = from_json<Body>(*json);
  ASSERT_TRUE(again);
  EXPECT_EQ(*again, body);
}

TEST(P44_rich_text, is_the_same_on_every_thread_at_once) {
  const std::string source = repeated("~~a~~ www.b.ca http://c.ca ", 20);
  const Body expected = parse_markdown(source);
  std::atomic<int> different = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 300; ++round) different += parse_markdown(source) == expected ? 0 : 1;
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(different, 0);
}

TEST(P44_rich_text, any_source_makes_a_closed_tree) {
  const std::vector<std::string> pieces{"*",
                                        "**",
                                        "_",
                                        "~~",
                                        "`",
                                        "```\n",
                                        "[",
                                        "](",
                                        ")",
                                        "![",
                                        "<",
                                        ">",
                                        "> ",
                                        "- ",
                                        "1. ",
                                        "# ",
                                        "\n",
                                        "\n\n",
                                        "\r\n",
                                        "    ",
                                        "\t",
                                        "http://a.b",
                                        "www.a.b",
                                        "a@b.ca",
                                        "javascript:",
                                        "&#10;",
                                        "&amp;",
                                        "\\",
                                        "|",
                                        "---\n",
                                        "[a]: http://b\n",
                                        "[a]",
                                        "é",
                                        "ሰ",
                                        "👍",
                                        "a",
                                        " ",
                                        "<b>",
                                        "<!--",
                                        "-->",
                                        "<script>",
                                        "\"",
                                        "'",
                                        "(",
                                        "tel:1",
                                        "mailto:a"};
  std::mt19937 random{44};
  for (int i = 0; i < 20'000; ++i) {
    std::string source;
    for (std::size_t length = 1 + random() % 24; length > 0; --length) source += pieces[random() % pieces.size()];
    const Body body = parse_markdown(source);
    ASSERT_EQ(defect_of(body), "") << testing::PrintToString(source);
    if (!MessageText::make(source)) continue;
    ASSERT_TRUE(MessageText::make(plain_text(body))) << testing::PrintToString(source);
  }
}

}  // namespace
}  // namespace plenary::protocol
