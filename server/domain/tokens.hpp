#pragma once
// Ways in that an operator makes: tokens for programs, and the set-up link of an instance that has no admin yet.
// Inside the writer's transaction.

#include <chrono>
#include <optional>
#include <string>

#include "protocol/error.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::server::domain {

struct TokenRequest {
  std::string person;  ///< e-mail address, or the person's number
  std::string label;   ///< for the person who must know later what it was for
  std::chrono::days lifetime{365};
};

/// A session for a program, signed in as that member. Errors: not_found (person); empty, too_long, forbidden_character
/// (label).
protocol::Result<std::string> create_token(storage::Transaction& transaction, const TokenRequest& request,
                                           protocol::Timestamp now);

/// A one-use token whose user becomes admin; earlier ones stop working. Nothing when there is an admin.
std::optional<std::string> create_setup_token(storage::Transaction& transaction, protocol::Timestamp now);

}  // namespace plenary::server::domain
