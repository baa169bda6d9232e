#pragma once
// Tokens: 256 random bits, written as 43 characters of base64url (RFC 4648, section 5, without padding). Sessions, programs and
// one-use links all carry one. Only the SHA-256 is ever stored: there is nothing to guess, so nothing slower is needed.
// Any thread.

#include <string>
#include <string_view>

#include "storage/connection.hpp"

namespace plenary::server::access {

/// From OpenSSL's generator. Throws std::runtime_error when the system has no randomness to give.
std::string new_token();

/// What is stored and looked up.
storage::Blob token_hash(std::string_view token);

}  // namespace plenary::server::access
