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
enum class PageOf { house, boards, news, webinar, board, thread };
struct PageAddress {
  PageOf of = PageOf::house;
  std::int64_t id = 0;
};
/// A path the client's page answers for: `/`, `/news`, `/boards`, `/you`, `/enter`; `/w/N`, `/w/N/summary`, `/b/N`, `/t/N`.
std::optional<PageAddress> page_address(std::string_view path);

using FeedAddress = PageAddress;
/// `/news.atom`, `/b/N.atom`, `/t/N.atom`.
std::optional<FeedAddress> feed_address(std::string_view path);

/// What was asked of a page beside its path.
struct PageRequest {
  Language language{};
  std::string origin{};   ///< of this server, as the reader knows it
  std::string after{};    ///< `after=`: where a page of threads goes on
  std::int64_t from = 1;  ///< `from=`: the first post of a page
};
/// `lang=` is stronger than the reader's choice: it is what a link to the other language says. What is wrong is as if it were absent.
PageRequest page_request(Language preferred, std::string_view query);

/// What a page says to who does not run the client, or not yet.
struct PageContent {
  std::string title{};  ///< in the page's language, of something everybody may see; empty for the product's name
  std::string html{};   ///< safe; may be empty
  std::string feed{};   ///< the path of its Atom feed; may be empty
};

/// A path that is no page gets the same with 404.
HttpReply page(Language language, const PageContent& content, bool is_page);
/// A file of the client, in the smallest coding that is accepted (RFC 9110, section 12.5.3); or nothing.
std::optional<HttpReply> asset(std::string_view path, std::string_view accept_encoding);

using Headers = std::vector<std::pair<std::string, std::string>>;

/// On every answer: nothing from elsewhere, nothing inline but the page's own first script, which is named by its hash (CSP
/// level 3, Trusted Types), no guessing of types. `host` is the request's: older Safari does not take 'self' for the
/// socket's scheme.
Headers security_headers(std::string_view host);

}  // namespace plenary::server::net
