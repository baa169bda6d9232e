#pragma once
// What anybody may read, without the client: the content of its pages for browsers that do not run it, or not yet, and Atom feeds
// (RFC 4287). Read as nobody: what needs an account is never in them. A reader's thread.

#include <optional>
#include <string>
#include <string_view>

#include "server/net/pages.hpp"
#include "storage/connection.hpp"

namespace plenary::server {

/// Empty where there is nothing for everybody.
net::PageContent read_public_page(storage::Connection& connection, const net::PageAddress& address,
                                  const net::PageRequest& request);

/// `/news.atom`, `/b/N.atom`, `/t/N.atom`: the newest first. Nothing for any other path, and for what not everybody may read.
std::optional<std::string> read_feed(storage::Connection& connection, const net::FeedAddress& address,
                                     const net::PageRequest& request);

}  // namespace plenary::server
