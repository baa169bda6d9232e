// P44 against people who try: whatever is written, the tree holds no unsafe address, HTML is text, and what others
// wrote around it stays.

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

#include "protocol/rich_text.hpp"
#include "tests/protocol/closed_tree.hpp"

namespace plenary::protocol {
namespace {

/// Markup of other languages: it must come out as the words it is.
constexpr std::string_view html_attacks[] = {
    "<script>alert(1)</script>",
    "<SCRIPT SRC=https://evil.invalid/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<script\t>alert(1)</script\t>",
    "<script/x>alert(1)</script>",
    "<script>alert(1)//",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<img src=\"x\" onerror=\"alert(1)\"/>",
    "<IMG SRC=javascript:alert('x')>",
    "<img src='javascript:alert(1)'>",
    "<img/src/onerror=alert(1)>",
    "<img src=x onerror\n=alert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<svg onload=alert(1)>",
    "<svg/onload=alert(1)//",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<math><mtext><table><mglyph><style><img src onerror=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object>",
    "<embed src=data:text/html,x>",
    "<applet code=x></applet>",
    "<body onload=alert(1)>",
    "<body background=javascript:alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<select autofocus onfocus=alert(1)>",
    "<textarea autofocus onfocus=alert(1)>",
    "<button formaction=javascript:alert(1)>x</button>",
    "<form action=javascript:alert(1)><input type=submit></form>",
    "<video><source onerror=alert(1)></video>",
    "<video poster=javascript:alert(1)></video>",
    "<audio src=x onerror=alert(1)></audio>",
    "<details open ontoggle=alert(1)>",
    "<marquee onstart=alert(1)>x</marquee>",
    "<a href=javascript:alert(1)>x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a onmouseover=alert(1)>x</a>",
    "<base href=javascript:alert(1)//>",
    "<link rel=stylesheet href=javascript:alert(1)>",
    "<link rel=import href=data:text/html,x>",
    "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
    "<style>@import'javascript:alert(1)';</style>",
    "<style>body{background:url(javascript:alert(1))}</style>",
    "<div style=\"background:url(javascript:alert(1))\">x</div>",
    "<div style=width:expression(alert(1))>x</div>",
    "<table background=javascript:alert(1)></table>",
    "<isindex type=image src=1 onerror=alert(1)>",
    "<keygen autofocus onfocus=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<xmp><img alt=\"</xmp><img src=x onerror=alert(1)>\"></xmp>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "<!-- --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version=1?><x onclick=alert(1)>",
    "<!DOCTYPE html><script>alert(1)</script>",
    "<x onclick=alert(1) tabindex=0>x</x>",
    "<custom-element onfocus=alert(1) autofocus>",
    "<b onclick=alert(1)>x</b>",
    "a <i onmouseover=alert(1)>b</i> c",
    "\"><script>alert(1)</script>",
    "'\"--></style></script><script>alert(1)</script>",
    "{{constructor.constructor('alert(1)')()}}",
    "${alert(1)}",
    "<%= system('id') %>",
    "'; DROP TABLE message; --",
    "{\"type\":\"message\",\"id\":1}",
    "</textarea><script>alert(1)</script>",
    "<0 onclick=alert(1)>",
    "< script >alert(1)</ script >",
    "<img src=x:x onerror=alert(1) //",
};

/// Addresses that must not become one.
constexpr std::string_view link_attacks[] = {
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](< javascript:alert(1)>)",
    "[x](<java\tscript:alert(1)>)",
    "[x](java&Tab;script:alert(1))",
    "[x](java&NewLine;script:alert(1))",
    "[x](&#1;javascript:alert(1))",
    "[x](&#x20;javascript:alert(1))",
    "[x](&NewLine;javascript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript&colon;alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](javascript&#58;alert(1))",
    "[x](javascript&#0;:alert(1))",
    "[x](javascript\\:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](javascript://example.org/%0Aalert(1))",
    "[x](javascript:/*https://example.org*/alert(1))",
    "[x](view-source:javascript:alert(1))",
    "[x](feed:javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](VBSCRIPT:msgbox(1))",
    "[x](livescript:x)",
    "[x](mocha:x)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](DATA:image/svg+xml,x)",
    "[x](blob:https://example.org/x)",
    "[x](filesystem:https://example.org/x)",
    "[x](file:///etc/passwd)",
    "[x](ftp://example.org)",
    "[x](ws://example.org)",
    "[x](chrome://settings)",
    "[x](about:blank)",
    "[x](intent://x#Intent;end)",
    "[x](sms:+1)",
    "[x](//example.org)",
    "[x](\\\\example.org)",
    "[x](/api/v1/ops/session.end)",
    "[x](?a=b)",
    "[x](#top)",
    "[x](http:javascript)",
    "[x](https:/example.org)",
    "[x](https&colon;evil)",
    "[x](:https://example.org)",
    "[x](.https://example.org)",
    "[x](ｊａｖａｓｃｒｉｐｔ:alert(1))",
    "[x](ｈttps://example.org)",
    "[x](\xE2\x80\x8Bhttps://example.org)",
    "[x](&#x202E;https://example.org)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "[x]\n\n[x]: <javascript:alert(1)>",
    "![x][1]\n\n[1]: data:text/html,x",
    "<javascript:alert(1)>",
    "<JAVASCRIPT:alert(1)>",
    "<data:text/html,x>",
    "<vbscript:x>",
    "[x](javascript:alert(1) \"title\")",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "[x](  javascript:alert(1)  )",
    "**[x](javascript:alert(1))**",
    "> - [x](javascript:alert(1))",
    "# [x](javascript:alert(1))",
};

/// Addresses that are links, and must stay inside their href.
constexpr std::string_view href_attacks[] = {
    "[x](https://example.org/\"onmouseover=\"alert(1))",
    "[x](https://example.org/'onmouseover='alert(1))",
    "[x](<https://example.org/><script>alert(1)</script>)",
    "[x](https://example.org/&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;)",
    "[x](https://example.org/`onerror=alert(1)`)",
    "[x](https://example.org/&#10;&#13;Set-Cookie:a=b)",
    "[x](https://example.org/&#0;)",
    "[x](\xE2\x80\xA8https://example.org)",
    "https://example.org/\"onmouseover=\"alert(1)",
    "https://example.org/<script>alert(1)</script>",
    "www.example.org/\"onclick=alert(1)",
    "http://example.org\" onclick=\"alert(1)",
    "a\"onclick=alert(1)@example.org",
    "[x](mailto:a@example.org?subject=%0d%0abcc:b@example.org)",
    "[x](tel:&#34;onclick=alert(1))",
    "[x](ht\ttps://example.org)",
    "[x](<https://example.org\\\" onclick=alert(1)>)",
    "[x](https://example.org/{{7*7}})",
    "[x](https://user:pass@example.org)",
    "[x](https://example.org/\\..\\..)",
};

bool has_link(const Body& body) {
  return std::any_of(body.begin(), body.end(), [](const Node& node) {
    return node.kind == NodeKind::link || (node.children && has_link(*node.children));
  });
}

TEST(P44_attacks, are_more_than_a_hundred) {
  EXPECT_GE(std::size(html_attacks) + std::size(link_attacks) + std::size(href_attacks), 100U);
}

TEST(P44_attacks, html_comes_out_as_the_words_it_is) {
  for (const auto attack : html_attacks) {
    const Body body = parse_markdown(attack);
    EXPECT_EQ(closed_tree::defect_of(body), "") << attack;
    EXPECT_EQ(plain_text(body), attack);
    EXPECT_FALSE(has_link(body)) << attack;
  }
}

TEST(P44_attacks, an_unsafe_address_is_no_link) {
  for (const auto attack : link_attacks) {
    const Body body = parse_markdown(attack);
    EXPECT_EQ(closed_tree::defect_of(body), "") << attack;
    EXPECT_FALSE(has_link(body)) << attack;
  }
}

TEST(P44_attacks, a_safe_address_holds_no_markup) {
  for (const auto attack : href_attacks) EXPECT_EQ(closed_tree::defect_of(parse_markdown(attack)), "") << attack;
}

TEST(P44_attacks, leave_the_words_around_them) {
  const auto expect_neighbours_of = [](std::string_view attack) {
    const std::string source = "Avant, été ሰላም\n\n" + std::string{attack} + "\n\nAprès, نعم 👍";
    const Body body = parse_markdown(source);
    EXPECT_EQ(closed_tree::defect_of(body), "") << attack;
    EXPECT_NE(plain_text(body).find("Avant, été ሰላም"), std::string::npos) << attack;
    EXPECT_NE(plain_text(body).find("Après, نعم 👍"), std::string::npos) << attack;
  };
  for (const auto attack : html_attacks) expect_neighbours_of(attack);
  for (const auto attack : link_attacks) expect_neighbours_of(attack);
  for (const auto attack : href_attacks) expect_neighbours_of(attack);
}

}  // namespace
}  // namespace plenary::protocol
