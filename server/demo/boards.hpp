#pragma once
// The demo's boards, with what people have written there in the weeks before.

#include "server/demo/scribe.hpp"
#include "server/demo/script.hpp"

namespace plenary::server::demo {

/// Nothing where there is a board already.
void ensure_boards(Scribe& scribe, storage::Connection& connection, const Script& script, protocol::Timestamp now);

}  // namespace plenary::server::demo
