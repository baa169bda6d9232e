#pragma once
// The demo's people with an account: admin@, moderator@, host@, member@, worker@ and
// researcher@demo.invalid.

#include <optional>
#include <string_view>

#include "protocol/time.hpp"
#include "storage/people.hpp"

namespace plenary::server::demo {

/// Makes those that are missing. Inside the writer's transaction.
void ensure_people(storage::Transaction& transaction, protocol::Timestamp now);

/// "host" → host@demo.invalid.
std::optional<storage::PersonRow> find_demo_person(storage::Connection& connection, std::string_view who);

}  // namespace plenary::server::demo
