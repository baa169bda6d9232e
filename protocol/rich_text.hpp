#pragma once
// Rich text as a closed tree. Markdown is parsed once, on the server; the client builds elements from the tree and
// knows no other markup. Source: CommonMark 0.30 with GitHub's autolink and strikethrough extensions, parsed by
// cmark-gfm.

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace plenary::protocol {

enum class NodeKind {
  paragraph,   ///< children: inline
  quote,       ///< children: blocks
  list,        ///< children: items; ordered, start
  item,        ///< children: blocks
  code_block,  ///< text
  text,        ///< text
  strong,      ///< children: inline
  emphasis,    ///< children: inline
  struck,      ///< children: inline
  code,        ///< text
  link,        ///< href, children: inline (never another link)
  line_break   ///< nothing
};
BOOST_DESCRIBE_ENUM(NodeKind, paragraph, quote, list, item, code_block, text, strong, emphasis, struck, code, link,
                    line_break)

struct Node {
  NodeKind kind{};
  std::optional<std::string> text{};
  std::optional<std::string> href{};
  std::optional<bool> ordered{};
  std::optional<std::int64_t> start{};
  std::optional<std::vector<Node>> children{};

  bool operator==(const Node&) const = default;
};
BOOST_DESCRIBE_STRUCT(Node, (), (kind, text, href, ordered, start, children))

using Body = std::vector<Node>;

/// How deep quotes, lists and emphasis may nest in the tree; what is deeper is flattened into text.
inline constexpr int body_depth = 16;

/// Markdown to the tree. Never fails: what is not markup is text, and a body that would show nothing, or what text may
/// not hold, is the source as it is. Raw HTML is text. A link whose scheme is not http, https, mailto or tel is its
/// text. An image is a link with its alternative text. A heading is a strong paragraph. A rule is a paragraph of
/// dashes. A newline inside a paragraph is a line break. What holds nothing is left out, but for a list's empty items.
/// Its hrefs are never longer together than three times `source`. For texts of a message's length: cmark is quadratic
/// in places, and its worst known input of 4,000 characters takes some milliseconds. `source` is UTF-8. Any thread;
/// cmark reads one text at a time, the others wait.
Body parse_markdown(std::string_view source);

/// The words of a body without markup, for excerpts and for readers aloud.
std::string plain_text(const Body& body);

}  // namespace plenary::protocol
