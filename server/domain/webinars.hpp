#pragma once
// Webinars: made, opened, closed, listed.

#include "protocol/webinars.hpp"
#include "server/domain/command.hpp"

namespace plenary::server::domain {

/// Whoever makes a webinar is its host.
protocol::Result<sync::Made> create_webinar(CommandContext& context, const protocol::WebinarCreateArgs& args);
/// Opening what is open and closing what is closed changes nothing and succeeds.
protocol::Result<sync::Made> open_webinar(CommandContext& context, const protocol::WebinarArgs& args);
protocol::Result<sync::Made> close_webinar(CommandContext& context, const protocol::WebinarArgs& args);

/// Writes the webinar's record as the tables have it now.
storage::RecordKey publish_webinar(storage::Transaction& transaction, protocol::WebinarId id);

/// The newest 200 that the caller may see.
protocol::WebinarListOk list_webinars(storage::Connection& connection, const access::Caller& caller);

}  // namespace plenary::server::domain
