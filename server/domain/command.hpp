#pragma once
// What a command of the domain works with, and the shapes of its answer. Commands run on the writer's thread, inside its
// transaction; each decides, changes tables, and says what to publish.

#include <functional>
#include <string>
#include <utility>

#include "protocol/json.hpp"
#include "protocol/time.hpp"
#include "server/access/caller.hpp"
#include "server/sync/writer.hpp"
#include "storage/channels.hpp"
#include "storage/transaction.hpp"

namespace plenary::server::domain {

struct CommandContext {
  storage::Transaction& transaction;
  access::Caller caller;
  protocol::Timestamp now;

  [[nodiscard]] storage::Connection& connection() const { return transaction.connection(); }
};

/// An answer that is known at once.
template <class Ok>
sync::Made made(Ok ok) {
  return {[ok = std::move(ok)](storage::Transaction&) { return protocol::to_json(ok); }};
}

/// An answer with `channel` and `rev`: where the change is seen. The rev is known at the end of the transaction.
template <class Ok>
sync::Made made_at(Ok ok, storage::RecordKey record) {
  return {[ok = std::move(ok), record = std::move(record)](storage::Transaction& transaction) {
    Ok complete = ok;
    complete.channel = record.channel;
    complete.rev = transaction.rev_of(record);
    return protocol::to_json(complete);
  }};
}

/// An answer with `channel` and that channel's rev once everything of the transaction is in it: for what may change nothing.
template <class Ok>
sync::Made made_on(Ok ok, std::string channel) {
  return {[ok = std::move(ok), channel = std::move(channel)](storage::Transaction& transaction) {
    Ok complete = ok;
    complete.channel = channel;
    const auto head = storage::read_head(transaction.connection(), channel);
    complete.rev = head ? head->rev : 0;
    return protocol::to_json(complete);
  }};
}

/// A person as everyone sees them, outside webinars.
protocol::PersonRef reference(storage::Connection& connection, protocol::PersonId id);
/// A person as the people of this webinar see them.
protocol::PersonRef reference(storage::Connection& connection, protocol::WebinarId webinar, protocol::PersonId id);

/// The last moment for an appeal against what was decided at `decided_at`; milliseconds.
std::int64_t appeal_until(std::int64_t decided_at);

/// A webinar the caller may do `operation` in, and where they stand there. The only way for a command to get one.
struct Room {
  storage::WebinarRow webinar;
  access::Standing standing{};
};

/// Errors: not_found, and what the access table says. `is_own` is for operations on one's own things.
protocol::Result<Room> enter(storage::Connection& connection, const access::Caller& caller,
                             protocol::Operation operation, protocol::WebinarId webinar, bool is_own = false);

/// A board the caller may do `operation` on, or in one of its threads. Errors: as enter().
struct Board {
  storage::BoardRow board;
  access::Standing standing{};
};
protocol::Result<Board> enter_board(storage::Connection& connection, const access::Caller& caller,
                                    protocol::Operation operation, protocol::BoardId board, bool is_own = false);

/// Where a timeline record stands; nothing before the transaction that first published it has ended.
std::optional<protocol::Pos> pos_of(storage::Connection& connection, const storage::RecordKey& key);

}  // namespace plenary::server::domain
