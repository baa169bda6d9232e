#pragma once
// Outcomes of intents, so that a repeat changes nothing (PROTOCOL.md P30, P31). They hold no secret.

#include <optional>
#include <string>
#include <string_view>

#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct IntentKey {
  std::int64_t person = 0;  ///< 0: nobody yet
  Blob key;                 ///< the 16 bytes of the UUID
  auto operator<=>(const IntentKey&) const = default;
};

struct StoredOutcome {
  Blob hash;
  std::optional<std::string> reply;  ///< absent while the transaction that makes it is still open
};

std::optional<StoredOutcome> find_outcome(Connection& connection, const IntentKey& intent);
/// Takes the key before the command runs; the reply follows at the end of the transaction.
void reserve_outcome(Transaction& transaction, const IntentKey& intent, const Blob& hash, protocol::Timestamp now);
void store_outcome(Transaction& transaction, const IntentKey& intent, std::string_view reply);
/// Forgets at most `limit` of those from before `before`; how many.
std::int64_t forget_outcomes(Transaction& transaction, protocol::Timestamp before, std::int64_t limit);

}  // namespace plenary::storage
