#include "protocol/rich_text.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <utility>

#include "protocol/text.hpp"

namespace plenary::protocol {

namespace {

using Document = std::unique_ptr<cmark_node, decltype(&cmark_node_free)>;

struct Extensions {
  cmark_syntax_extension* autolink;
  cmark_syntax_extension* strikethrough;
};

/// cmark keeps its extensions in a global list that it fills without a lock: it is filled once, here.
const Extensions& extensions() {
  static const Extensions found = [] {
    cmark_gfm_core_extensions_ensure_registered();
    const Extensions both{cmark_find_syntax_extension("autolink"), cmark_find_syntax_extension("strikethrough")};
    if (both.autolink == nullptr || both.strikethrough == nullptr) throw std::runtime_error{"cmark-gfm extensions"};
    return both;
  }();
  return found;
}

Document parse(std::string_view source) {
  const Extensions& both = extensions();
  const std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser{
      // One tilde is "about" in French and English alike.
      cmark_parser_new(CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE | CMARK_OPT_VALIDATE_UTF8), &cmark_parser_free};
  cmark_parser_attach_syntax_extension(parser.get(), both.autolink);
  cmark_parser_attach_syntax_extension(parser.get(), both.strikethrough);
  cmark_parser_feed(parser.get(), source.data(), source.size());
  // While it reads words, cmark keeps the characters its extensions look for in global tables (inlines.c,
  // cmark_inlines_add_special_character) and empties them afterwards: one parser at a time.
  static std::mutex reading;
  const std::lock_guard one_at_a_time{reading};
  return {cmark_parser_finish(parser.get()), &cmark_node_free};
}

// ---- nesting -------------------------------------------------------------------------------------------------------

/// Markers of quotes and lists that one line may begin with before its message is taken as plain text. cmark 0.29
/// visits every open block again at each line, so a thousand of them would make it quadratic; nobody writes so many.
constexpr std::size_t most_markers = 64;

bool is_blank(char c) { return c == ' ' || c == '\t'; }

/// How long the marker at the beginning of `line` is; 0 where there is none.
std::size_t marker_length(std::string_view line) {
  if (line.front() == '>') return 1;
  const std::size_t digits = std::min(line.find_first_not_of("0123456789"), line.size());
  const std::size_t length = digits + 1;
  const std::string_view last = digits == 0 ? "-+*" : ".)";
  if (length > line.size() || last.find(line[digits]) == std::string_view::npos) return 0;
  return length == line.size() || is_blank(line[length]) ? length : 0;
}

std::size_t leading_markers(std::string_view line) {
  std::size_t markers = 0;
  bool rule = true;
  for (std::size_t i = 0; i < line.size();) {
    const std::size_t length = is_blank(line[i]) ? 1 : marker_length(line.substr(i));
    if (length == 0) return markers;
    if (!is_blank(line[i])) ++markers;
    rule = rule && (is_blank(line[i]) || (line[i] == line.front() && (line[i] == '-' || line[i] == '*')));
    i += length;
  }
  // A line of nothing but dashes or stars is a rule across the text and nests nothing.
  return rule ? 0 : markers;
}

bool nests_beyond_reason(std::string_view source) {
  while (!source.empty()) {
    const std::size_t end = std::min(source.find_first_of("\r\n"), source.size());
    if (leading_markers(source.substr(0, end)) > most_markers) return true;
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return false;
}

// ---- links ---------------------------------------------------------------------------------------------------------

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool starts_with_ignoring_case(std::string_view text, std::string_view start) {
  return text.size() >= start.size() &&
         std::equal(start.begin(), start.end(), text.begin(), [](char a, char b) { return a == lower(b); });
}

/// Browsers drop these inside an address and around it (WHATWG URL, basic URL parser), so they are dropped before its
/// scheme is looked at, and not after.
std::string without_controls_and_spaces(std::string_view url) {
  std::string out;
  for (const char c : url) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7F) out += c;
  }
  const auto first = out.find_first_not_of(' ');
  if (first == std::string::npos) return {};
  return out.substr(first, out.find_last_not_of(' ') - first + 1);
}

/// What an address may not hold as it is (RFC 3986, section 2), escaped; the rest, non-ASCII too, as written.
std::string escaped(std::string_view url) {
  static constexpr char hex[] = "0123456789ABCDEF";
  static constexpr std::string_view unsafe = " \"<>\\^`{|}";
  std::string out;
  for (const char c : url) {
    if (unsafe.find(c) == std::string_view::npos) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += {'%', hex[byte >> 4U], hex[byte & 0xFU]};
    }
  }
  return out;
}

/// Nothing for what must not be a link.
std::optional<std::string> safe_href(const char* url) {
  static constexpr std::array<std::string_view, 4> schemes{"http://", "https://", "mailto:", "tel:"};
  if (url == nullptr) return std::nullopt;
  const std::string clean = without_controls_and_spaces(url);
  const auto leads_somewhere = [&](std::string_view scheme) {
    return clean.size() > scheme.size() && starts_with_ignoring_case(clean, scheme);
  };
  if (std::none_of(schemes.begin(), schemes.end(), leads_somewhere)) return std::nullopt;
  return escaped(clean);
}

// ---- the tree ------------------------------------------------------------------------------------------------------

bool is_block_container(NodeKind kind) {
  return kind == NodeKind::quote || kind == NodeKind::list || kind == NodeKind::item;
}

/// Builds the closed tree out of cmark's events. Its stack holds the nodes that are open, never more than body_depth,
/// so that neither cmark's nesting nor ours is walked by recursion.
class TreeBuilder {
 public:
  explicit TreeBuilder(std::string_view source) : href_bytes_left_{source.size() * href_growth} {
    open(nullptr, Node{});
  }

  void enter(cmark_node* source) {
    switch (cmark_node_get_type(source)) {
      case CMARK_NODE_BLOCK_QUOTE: return open_block(source, {.kind = NodeKind::quote}, 1);
      case CMARK_NODE_LIST: return open_block(source, list_of(source), 2);
      case CMARK_NODE_ITEM: return open_item(source);
      case CMARK_NODE_PARAGRAPH: return open(source, {.kind = NodeKind::paragraph});
      case CMARK_NODE_HEADING: return open_heading(source);
      case CMARK_NODE_CODE_BLOCK: return add_code_block(literal(source));
      case CMARK_NODE_HTML_BLOCK: return add_paragraph(literal(source));
      case CMARK_NODE_THEMATIC_BREAK: return add_paragraph("———");
      case CMARK_NODE_EMPH: return open_inline(source, {.kind = NodeKind::emphasis});
      case CMARK_NODE_STRONG: return open_inline(source, {.kind = NodeKind::strong});
      case CMARK_NODE_LINK:
      case CMARK_NODE_IMAGE: return open_link(source);
      case CMARK_NODE_TEXT:
      case CMARK_NODE_HTML_INLINE: return add_text(literal(source));
      case CMARK_NODE_CODE: return add({.kind = NodeKind::code, .text = std::string{literal(source)}});
      case CMARK_NODE_SOFTBREAK:
      case CMARK_NODE_LINEBREAK: return add({.kind = NodeKind::line_break});
      default:
        if (std::strcmp(cmark_node_get_type_string(source), "strikethrough") == 0) {
          open_inline(source, {.kind = NodeKind::struck});
        }
    }
  }

  void leave(const cmark_node* source) {
    while (open_.size() > 1 && open_.back().source == source) close();
  }

  /// A paragraph of text as it is, its lines kept.
  void add_paragraph(std::string_view text) {
    open(nullptr, {.kind = NodeKind::paragraph});
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.remove_suffix(1);
    for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n')) {
      const bool carriage_return = end > 0 && text[end - 1] == '\r';
      add_text(text.substr(0, carriage_return ? end - 1 : end));
      add({.kind = NodeKind::line_break});
      text.remove_prefix(end + 1);
    }
    add_text(text);
    close();
  }

  Body finish() { return std::move(*open_.front().node.children); }

 private:
  /// An autolink is at most twice its text, an escaped character three bytes. One definition that many references
  /// repeat would be more: past this the references stay text, so that a short message cannot become a long one.
  static constexpr std::size_t href_growth = 3;

  struct Open {
    const cmark_node* source = nullptr;
    Node node;
  };

  static std::string_view literal(cmark_node* source) {
    const char* text = cmark_node_get_literal(source);
    return text == nullptr ? std::string_view{} : std::string_view{text};
  }

  static Node list_of(cmark_node* source) {
    const bool ordered = cmark_node_get_list_type(source) == CMARK_ORDERED_LIST;
    Node node{.kind = NodeKind::list, .ordered = ordered};
    if (ordered) node.start = cmark_node_get_list_start(source);
    return node;
  }

  [[nodiscard]] std::size_t depth() const { return open_.size() - 1; }

  void open(const cmark_node* source, Node node) {
    node.children.emplace();
    Open& opened = open_.emplace_back();
    opened.source = source;
    opened.node = std::move(node);
  }

  /// Where `levels` more, and a strong paragraph in them, would be too deep, what is inside goes into what is open.
  void open_block(const cmark_node* source, Node node, std::size_t levels) {
    if (depth() + levels + 2 <= body_depth) open(source, std::move(node));
  }

  void open_item(const cmark_node* source) {
    if (depth() > 0 && open_.back().node.kind == NodeKind::list) open(source, {.kind = NodeKind::item});
  }

  void open_heading(const cmark_node* source) {
    open(source, {.kind = NodeKind::paragraph});
    open(source, {.kind = NodeKind::strong});
  }

  void open_inline(const cmark_node* source, Node node) {
    if (depth() < body_depth) open(source, std::move(node));
  }

  void open_link(cmark_node* source) {
    const bool in_link =
        std::any_of(open_.begin(), open_.end(), [](const Open& o) { return o.node.kind == NodeKind::link; });
    auto href = safe_href(cmark_node_get_url(source));
    if (in_link || !href || href->size() > href_bytes_left_) return;
    href_bytes_left_ -= href->size();
    open_inline(source, {.kind = NodeKind::link, .href = std::move(href)});
  }

  void add(Node node) { open_.back().node.children->push_back(std::move(node)); }

  void add_text(std::string_view text) {
    if (text.empty()) return;
    auto& siblings = *open_.back().node.children;
    if (!siblings.empty() && siblings.back().kind == NodeKind::text) {
      *siblings.back().text += text;
    } else {
      add({.kind = NodeKind::text, .text = std::string{text}});
    }
  }

  void add_code_block(std::string_view text) {
    if (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    add({.kind = NodeKind::code_block, .text = std::string{text}});
  }

  /// What holds nothing is left out, but for an item, which shows its bullet, and a link, which shows its address.
  void close() {
    Node node = std::move(open_.back().node);
    open_.pop_back();
    if (node.children->empty()) {
      if (node.kind == NodeKind::link) {
        node.children->push_back({.kind = NodeKind::text, .text = node.href});
      } else if (node.kind != NodeKind::item) {
        return;
      }
    }
    add(std::move(node));
  }

  std::vector<Open> open_;
  std::size_t href_bytes_left_;
};

/// Entities can spell what text may not hold, and markup can hide all there is: `&#7;`, `&nbsp;`, `[a]: http://b`.
bool is_readable(const Body& body) {
  const auto no_limit = std::numeric_limits<std::int64_t>::max();
  return checked_text(plain_text(body), TextKind::passage, no_limit).has_value();
}

Body literal_body(std::string_view source) {
  TreeBuilder builder{source};
  builder.add_paragraph(source);
  return builder.finish();
}

void append_plain_text(std::string& out, const Body& nodes) {
  for (const Node& node : nodes) {
    const bool block =
        node.kind == NodeKind::paragraph || node.kind == NodeKind::code_block || is_block_container(node.kind);
    if (block && !out.empty() && out.back() != '\n') out += '\n';
    if (node.kind == NodeKind::line_break) out += '\n';
    if (node.text) out += *node.text;
    if (node.children) append_plain_text(out, *node.children);
  }
}

}  // namespace

Body parse_markdown(std::string_view source) {
  if (nests_beyond_reason(source)) return literal_body(source);
  const Document document = parse(source);
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> events{cmark_iter_new(document.get()),
                                                                       &cmark_iter_free};
  TreeBuilder builder{source};
  for (auto event = cmark_iter_next(events.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(events.get())) {
    cmark_node* node = cmark_iter_get_node(events.get());
    if (event == CMARK_EVENT_ENTER) {
      builder.enter(node);
    } else {
      builder.leave(node);
    }
  }
  Body body = builder.finish();
  return is_readable(body) ? body : literal_body(source);
}

std::string plain_text(const Body& body) {
  std::string text;
  append_plain_text(text, body);
  return text;
}

}  // namespace plenary::protocol
