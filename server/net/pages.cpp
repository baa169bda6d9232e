#include "server/net/pages.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "server/net/assets.hpp"
#include "server/net/html.hpp"

namespace plenary::server::net {

namespace {

constexpr std::string_view product_name = "Plenary";

const Asset* find_asset(std::string_view path) {
  const auto assets = embedded_assets();
  const auto found = std::find_if(assets.begin(), assets.end(), [&](const Asset& one) { return one.path == path; });
  return found == assets.end() ? nullptr : &*found;
}

/// The script that stands in the page itself; empty where there is none.
std::string_view inline_script() {
  constexpr std::string_view opening = "<script>";
  const Asset* const shell = find_asset("/index.html");
  const std::string_view page = shell != nullptr ? shell->bytes : std::string_view{};
  const auto begin = page.find(opening);
  if (begin == std::string_view::npos) return {};
  const auto text = page.substr(begin + opening.size());
  return text.substr(0, text.find("</script>"));
}

/// As a source of the policy (CSP level 3, section 2.3.1: hash-source).
std::string hash_source(std::string_view script) {
  if (script.empty()) return {};
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(script.data()), script.size(), digest.data());
  std::array<unsigned char, (SHA256_DIGEST_LENGTH + 2) / 3 * 4 + 1> text{};
  EVP_EncodeBlock(text.data(), digest.data(), SHA256_DIGEST_LENGTH);
  return " 'sha256-" + std::string{reinterpret_cast<const char*>(text.data())} + "'";
}

/// In index.html, where what everybody may read stands until the program draws the page.
constexpr std::string_view readable_place = "<template id=\"readable\"></template>";

void replace_all(std::string& text, std::string_view what, std::string_view with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
    text.replace(at, what.size(), with);
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Calls `each` with every part of `text` between separators.
template <class Each>
void split(std::string_view text, char separator, Each each) {
  while (!text.empty()) {
    const auto end = text.find(separator);
    each(trimmed(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
}

/// Thousandths; 1,000 without a weight.
int quality(std::string_view range) {
  const auto at = range.find("q=");
  if (at == std::string_view::npos) return 1'000;
  const std::string_view digits = range.substr(at + 2);
  if (digits.starts_with('1')) return 1'000;
  int thousandths = 0;
  int scale = 100;
  for (const char c : digits.substr(std::min<std::size_t>(2, digits.size()))) {
    if (c < '0' || c > '9' || scale == 0) break;
    thousandths += (c - '0') * scale;
    scale /= 10;
  }
  return thousandths;
}

bool accepts(std::string_view accept_encoding, std::string_view coding) {
  bool is_accepted = false;
  split(accept_encoding, ',', [&](std::string_view range) {
    if (trimmed(range.substr(0, range.find(';'))) == coding) is_accepted = quality(range) > 0;
  });
  return is_accepted;
}

struct Packed {
  std::string_view coding;
  std::string_view bytes;  ///< empty: as it is
};

Packed packed_for(const Asset& file, std::string_view accept_encoding) {
  if (!file.brotli.empty() && accepts(accept_encoding, "br")) return {"br", file.brotli};
  if (!file.gzip.empty() && accepts(accept_encoding, "gzip")) return {"gzip", file.gzip};
  return {};
}

}  // namespace

std::string_view cookie_value(std::string_view cookies, std::string_view name) {
  std::string_view value;
  split(cookies, ';', [&](std::string_view pair) {
    const auto equals = pair.find('=');
    if (value.empty() && equals != std::string_view::npos && pair.substr(0, equals) == name) {
      value = pair.substr(equals + 1);
    }
  });
  return value;
}

Language preferred_language(std::string_view cookies, std::string_view accept_language) {
  const auto chosen = cookie_value(cookies, "lang");
  if (chosen == "en") return Language::en;
  if (chosen == "fr") return Language::fr;
  int english = 0;
  int french = 0;
  split(accept_language, ',', [&](std::string_view range) {
    const std::string_view tag = range.substr(0, 2);
    if (tag == "en") english = std::max(english, quality(range));
    if (tag == "fr") french = std::max(french, quality(range));
  });
  return french > english ? Language::fr : Language::en;
}

std::optional<PageAddress> page_address(std::string_view path) {
  for (const std::string_view one : {"/", "/you", "/enter"}) {
    if (path == one) return PageAddress{};
  }
  if (path == "/boards") return PageAddress{PageOf::boards, 0};
  if (path == "/news") return PageAddress{PageOf::news, 0};
  constexpr std::string_view summary = "/summary";
  constexpr std::size_t prefix_size = 3;
  PageAddress address;
  if (path.starts_with("/w/")) {
    address.of = PageOf::webinar;
    if (path.ends_with(summary)) path.remove_suffix(summary.size());
  } else if (path.starts_with("/b/")) {
    address.of = PageOf::board;
  } else if (path.starts_with("/t/")) {
    address.of = PageOf::thread;
  } else {
    return std::nullopt;
  }
  if (path.size() <= prefix_size) return std::nullopt;
  const char* const end = path.data() + path.size();
  const auto [stopped, error] = std::from_chars(path.data() + prefix_size, end, address.id);
  if (error != std::errc{} || stopped != end || address.id < 1 || address.id > protocol::largest_integer) {
    return std::nullopt;
  }
  return address;
}

std::optional<FeedAddress> feed_address(std::string_view path) {
  constexpr std::string_view ending = ".atom";
  if (!path.ends_with(ending)) return std::nullopt;
  path.remove_suffix(ending.size());
  const auto address = page_address(path);
  const bool has_feed =
      address && (address->of == PageOf::news || address->of == PageOf::board || address->of == PageOf::thread);
  return has_feed ? address : std::nullopt;
}

PageRequest page_request(Language preferred, std::string_view query) {
  PageRequest request;
  request.language = preferred;
  split(query, '&', [&](std::string_view pair) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) return;
    const auto name = pair.substr(0, equals);
    const auto value = pair.substr(equals + 1);
    if (name == "lang" && value == "en") request.language = Language::en;
    if (name == "lang" && value == "fr") request.language = Language::fr;
    if (name == "after") request.after = value;
    std::int64_t from = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), from);
    if (name == "from" && error == std::errc{} && end == value.data() + value.size()) request.from = from;
  });
  return request;
}

HttpReply page(Language language, const PageContent& content, bool is_page) {
  const Asset* const shell = find_asset("/index.html");
  std::string body{shell != nullptr ? shell->bytes : std::string_view{}};
  std::string head =
      content.title.empty() ? std::string{product_name} : escaped(content.title) + " – " + std::string{product_name};
  head += "</title>";
  if (!content.html.empty()) {
    head +=
        R"(<link rel="alternate" hreflang="en" href="?lang=en"><link rel="alternate" hreflang="fr" href="?lang=fr">)";
  }
  if (!content.feed.empty()) {
    head += "<link rel=\"alternate\" type=\"application/atom+xml\" href=\"" + escaped(content.feed) + "\">";
  }
  replace_all(body, "__LANG__", language == Language::fr ? "fr" : "en");
  replace_all(body, "__TITLE__</title>", head);
  replace_all(body, readable_place,
              content.html.empty() ? "" : "<main class=\"without-program readable\">" + content.html + "</main>");
  return {is_page ? 200U : 404U,
          "text/html; charset=utf-8",
          std::move(body),
          {{"Cache-Control", "no-cache"}, {"Vary", "Accept-Language, Cookie"}}};
}

std::optional<HttpReply> asset(std::string_view path, std::string_view accept_encoding) {
  const Asset* const found = find_asset(path);
  if (found == nullptr) return std::nullopt;
  HttpReply reply{200, std::string{found->content_type}, {}, {}};
  reply.headers.emplace_back("Cache-Control", found->hashed ? "public, max-age=31536000, immutable" : "no-cache");
  reply.body = found->bytes;
  const auto [coding, packed] = packed_for(*found, accept_encoding);
  if (!found->brotli.empty() || !found->gzip.empty()) reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (!packed.empty()) {
    reply.headers.emplace_back("Content-Encoding", coding);
    reply.body = packed;
  }
  return reply;
}

Headers security_headers(std::string_view host) {
  const bool is_clean = std::all_of(host.begin(), host.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
           c == ':' || c == '[' || c == ']';
  });
  const std::string here{is_clean ? host : std::string_view{}};
  static const std::string first_script = hash_source(inline_script());
  const std::string sockets = here.empty() ? "" : " ws://" + here + " wss://" + here;
  return {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'" + first_script +
           "; style-src 'self'; img-src 'self' data:; connect-src 'self'" + sockets +
           "; manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
           "require-trusted-types-for 'script'; trusted-types plenary"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "same-origin"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
  };
}

}  // namespace plenary::server::net
