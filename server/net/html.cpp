#include "server/net/html.hpp"

namespace plenary::server::net {

namespace {

using protocol::Node;
using protocol::NodeKind;

void append(std::string& out, const Node& node);

void append_element(std::string& out, std::string_view name, const Node& node) {
  out += '<';
  out += name;
  out += '>';
  for (const Node& child : node.children.value_or(protocol::Body{})) append(out, child);
  out += "</";
  out += name;
  out += '>';
}

void append_list(std::string& out, const Node& node) {
  const bool is_ordered = node.ordered.value_or(false);
  out += is_ordered ? "<ol" : "<ul";
  if (is_ordered && node.start) out += " start=\"" + std::to_string(*node.start) + "\"";
  out += '>';
  for (const Node& child : node.children.value_or(protocol::Body{})) append(out, child);
  out += is_ordered ? "</ol>" : "</ul>";
}

void append_link(std::string& out, const Node& node) {
  out += "<a href=\"" + escaped(node.href.value_or("")) + "\" rel=\"nofollow noopener\">";
  for (const Node& child : node.children.value_or(protocol::Body{})) append(out, child);
  out += "</a>";
}

void append(std::string& out, const Node& node) {
  switch (node.kind) {
    case NodeKind::paragraph: return append_element(out, "p", node);
    case NodeKind::quote: return append_element(out, "blockquote", node);
    case NodeKind::list: return append_list(out, node);
    case NodeKind::item: return append_element(out, "li", node);
    case NodeKind::strong: return append_element(out, "strong", node);
    case NodeKind::emphasis: return append_element(out, "em", node);
    case NodeKind::struck: return append_element(out, "s", node);
    case NodeKind::link: return append_link(out, node);
    case NodeKind::line_break: out += "<br>"; return;
    case NodeKind::text: out += escaped(node.text.value_or("")); return;
    case NodeKind::code: out += "<code>" + escaped(node.text.value_or("")) + "</code>"; return;
    case NodeKind::code_block: out += "<pre><code>" + escaped(node.text.value_or("")) + "</code></pre>"; return;
  }
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string html_of(const protocol::Body& body) {
  std::string out;
  for (const Node& node : body) append(out, node);
  return out;
}

}  // namespace plenary::server::net
