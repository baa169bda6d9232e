#pragma once
// Boards: made and listed.

#include "protocol/boards.hpp"
#include "server/domain/command.hpp"

namespace plenary::server::domain {

protocol::Result<sync::Made> create_board(CommandContext& context, const protocol::BoardCreateArgs& args);

/// Those the caller may read, in the order they were made.
protocol::BoardListOk list_boards(storage::Connection& connection, const access::Caller& caller);

}  // namespace plenary::server::domain
