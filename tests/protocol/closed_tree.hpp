#pragma once
// What P44 promises of every body, whatever it was made from.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "protocol/rich_text.hpp"

namespace plenary::protocol::closed_tree {

inline bool is_block(NodeKind kind) {
  switch (kind) {
    case NodeKind::paragraph:
    case NodeKind::quote:
    case NodeKind::list:
    case NodeKind::item:
    case NodeKind::code_block: return true;
    default: return false;
  }
}

inline bool holds_blocks(NodeKind kind) {
  return kind == NodeKind::quote || kind == NodeKind::list || kind == NodeKind::item;
}

inline bool is_leaf(NodeKind kind) {
  return kind == NodeKind::text || kind == NodeKind::code || kind == NodeKind::code_block ||
         kind == NodeKind::line_break;
}

inline bool is_safe(std::string_view href) {
  static constexpr std::array<std::string_view, 4> schemes{"http://", "https://", "mailto:", "tel:"};
  std::string lower{href};
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const bool known =
      std::any_of(schemes.begin(), schemes.end(), [&](auto scheme) { return lower.starts_with(scheme); });
  return known && std::none_of(lower.begin(), lower.end(), [](char c) {
           const auto byte = static_cast<unsigned char>(c);
           return byte <= 0x20 || byte == 0x7F || c == '"' || c == '<' || c == '>' || c == '`';
         });
}

/// What is wrong with the members of one node, its children aside; empty when nothing is.
inline std::string defect_of_members(const Node& node) {
  const bool has_text = node.kind != NodeKind::line_break && is_leaf(node.kind);
  if (node.text.has_value() != has_text) return "text";
  if (node.href.has_value() != (node.kind == NodeKind::link)) return "href";
  if (node.href && !is_safe(*node.href)) return "unsafe " + *node.href;
  if (node.ordered.has_value() != (node.kind == NodeKind::list)) return "ordered";
  if (node.start.has_value() != (node.ordered == true)) return "start";
  if (node.children.has_value() == is_leaf(node.kind)) return "children";
  if (node.kind == NodeKind::text && node.text->empty()) return "empty text";
  return {};
}

/// What is wrong with `nodes`, the children of a `parent` at `depth`; empty when nothing is.
inline std::string defect_of(const Body& nodes, NodeKind parent = NodeKind::quote, int depth = 0,
                             bool in_link = false) {
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const Node& node = nodes[i];
    if (auto defect = defect_of_members(node); !defect.empty()) return defect;
    if (is_block(node.kind) != holds_blocks(parent)) return "a block among words, or words among blocks";
    if ((node.kind == NodeKind::item) != (parent == NodeKind::list)) return "an item outside a list";
    if (node.kind == NodeKind::link && in_link) return "a link in a link";
    if (i > 0 && node.kind == NodeKind::text && nodes[i - 1].kind == NodeKind::text) return "texts apart";
    if (!node.children) continue;
    if (depth == body_depth) return "too deep";
    if (node.children->empty() && node.kind != NodeKind::item) return "a node of nothing";
    auto defect = defect_of(*node.children, node.kind, depth + 1, in_link || node.kind == NodeKind::link);
    if (!defect.empty()) return defect;
  }
  return {};
}

}  // namespace plenary::protocol::closed_tree
