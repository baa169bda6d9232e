#pragma once
// What a browser gets by GET: the client's files, and its one page filled with language and title.

#include <optional>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"
#include "server/net/http_reply.hpp"

namespace plenary::server::net {

enum class Language { en, fr };

/// The reader's choice (`lang` cookie), else the better match of Accept-Language (RFC 9110, 12.5.4), else English.
Language preferred_language(std::string_view cookies, std::string_view accept_language);

/// The value of one cookie, or empty (RFC 6265, 5.4).
std::string_view cookie_value(std::string_view cookies, std::string_view name);

/// What a page of the client is about.
enum class PageOf { house, webinar, board, thread };
struct PageAddress {
  PageOf of = PageOf::house;
  std::int64_t id = 0;
};
/// A path the client's page answers for: `/`, `/news`, `/boards`, `/you`, `/enter`; `/w/N`, `/w/N/summary`, `/b/N`, `/t/N`.
std::optional<PageAddress> page_address(std::string_view path);

/// `title` is in the page's language already, of something everybody may see; empty for the product's name.
/// A path that is no page gets the same with 404.
HttpReply page(Language language, std::string_view title, bool is_page);
/// A file of the client, in the smallest coding that is accepted (RFC 9110, section 12.5.3); or nothing.
std::optional<HttpReply> asset(std::string_view path, std::string_view accept_encoding);

using Headers = std::vector<std::pair<std::string, std::string>>;

/// On every answer: nothing from elsewhere, nothing inline but the page's own first script, which is named by its hash (CSP
/// level 3, Trusted Types), no guessing of types. `host` is the request's: older Safari does not take 'self' for the
/// socket's scheme.
Headers security_headers(std::string_view host);

}  // namespace plenary::server::net
