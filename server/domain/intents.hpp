#pragma once
// Each intent at most once (PROTOCOL.md P30, P31): the outcome of a success is stored with its key in the transaction that
// makes it, and a repeat gets it again.

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "server/domain/command.hpp"

namespace plenary::server::domain {

/// What the client sent with a changing operation.
struct Intent {
  storage::Blob key;   ///< 16 bytes
  storage::Blob hash;  ///< SHA-256 of the operation and its arguments
};

/// A UUIDv7 as text (RFC 9562); errors: bad_key.
protocol::Result<storage::Blob> parse_key(std::string_view text);
storage::Blob hash_of(protocol::Operation operation, const protocol::Json& args);

/// `command` gets the stored answer of a repeat when `repeats_itself` says that it wants to answer anew (with a fresh
/// secret); other repeats never reach it.
protocol::Result<sync::Made> once(
    CommandContext& context, const Intent& intent, bool repeats_itself,
    const std::function<protocol::Result<sync::Made>(CommandContext&, const std::optional<std::string>& earlier)>&
        command);

}  // namespace plenary::server::domain
