#pragma once
// Appeals of removed messages and dismissed questions: made once by the author, decided by somebody else than who removed.

#include "protocol/appeals.hpp"
#include "server/domain/command.hpp"

namespace plenary::server::domain {

/// Errors: not_found (also what was not taken from the caller by somebody else), already_appealed, appeal_closed (too late).
protocol::Result<sync::Made> make_appeal(CommandContext& context, const protocol::AppealMakeArgs& args);
/// Overturned, the message stands where it stood and the question is published. Errors: not_eligible (who removed it, and its
/// author), state_changed (it was decided meanwhile).
protocol::Result<sync::Made> decide_appeal(CommandContext& context, const protocol::AppealDecideArgs& args);

}  // namespace plenary::server::domain
