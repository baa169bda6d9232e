#include "protocol/json.hpp"

#include <stdexcept>

namespace plenary::protocol {

namespace {

/// Brackets nested deepest, strings skipped. Linear, allocates nothing.
std::int64_t nesting_depth(std::string_view text) {
  std::int64_t depth = 0;
  std::int64_t deepest = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') {
        ++i;
      } else if (c == '"') {
        in_string = false;
      }
    } else if (c == '"') {
      in_string = true;
    } else if (c == '{' || c == '[') {
      deepest = std::max(deepest, ++depth);
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return deepest;
}

}  // namespace

Result<Json> parse_json(std::string_view text, std::int64_t max_depth) {
  if (nesting_depth(text) > max_depth) return Error{ErrorCode::too_deep};
  Json json = Json::parse(text, nullptr, false);
  if (json.is_discarded()) return Error{ErrorCode::bad_json};
  return json;
}

void append_json_string(std::string& out, std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  out += '"';
  std::size_t clean_from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, clean_from, i - clean_from);
    clean_from = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\t': out += "\\t"; break;
      case '\r': out += "\\r"; break;
      default:
        out += "\\u00";
        out += hex[c >> 4U];
        out += hex[c & 0xFU];
    }
  }
  out.append(text, clean_from, text.size() - clean_from);
  out += '"';
}

std::string wire_member_name(std::string_view name) {
  std::string wire;
  wire.reserve(name.size());
  bool upper = false;
  for (const char c : wire_enum_name(name)) {
    if (c == '_') {
      upper = true;
    } else {
      wire += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
      upper = false;
    }
  }
  return wire;
}

void throw_exception_from_error(const Error& error, const boost::source_location&) {
  throw std::logic_error{"value() of an error: " + to_json(error)};
}

}  // namespace plenary::protocol
