#include "storage/outcomes.hpp"

namespace plenary::storage {

constexpr const char* select_outcome = "SELECT hash, reply FROM outcome WHERE person = $person AND key = $key";
std::optional<StoredOutcome> find_outcome(Connection& connection, const IntentKey& intent) {
  Query query{connection, select_outcome};
  query.bind("$person", intent.person).bind("$key", intent.key);
  if (!query.step()) return std::nullopt;
  return StoredOutcome{query.blob(0), query.optional_text(1)};
}

constexpr const char* insert_outcome = "INSERT INTO outcome (person, key, hash, at) VALUES ($person, $key, $hash, $at)";
void reserve_outcome(Transaction& transaction, const IntentKey& intent, const Blob& hash, protocol::Timestamp now) {
  Query{transaction.connection(), insert_outcome}
      .bind("$person", intent.person)
      .bind("$key", intent.key)
      .bind("$hash", hash)
      .bind("$at", now.milliseconds)
      .run();
}

constexpr const char* update_outcome = "UPDATE outcome SET reply = $reply WHERE person = $person AND key = $key";
void store_outcome(Transaction& transaction, const IntentKey& intent, std::string_view reply) {
  Query{transaction.connection(), update_outcome}
      .bind("$reply", reply)
      .bind("$person", intent.person)
      .bind("$key", intent.key)
      .run();
}

constexpr const char* delete_outcomes =
    "DELETE FROM outcome WHERE (person, key) IN (SELECT person, key FROM outcome WHERE at < $before LIMIT $limit)";
std::int64_t forget_outcomes(Transaction& transaction, protocol::Timestamp before, std::int64_t limit) {
  Query{transaction.connection(), delete_outcomes}.bind("$before", before.milliseconds).bind("$limit", limit).run();
  return transaction.connection().changes();
}

}  // namespace plenary::storage
