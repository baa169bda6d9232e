#pragma once
// Chat messages, reactions, and the marks of tallies that must be counted anew.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/messages.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct MessageRow {
  protocol::MessageId id;
  protocol::WebinarId webinar;
  protocol::PersonId author;
  std::string text;  ///< empty once its author removed it
  std::string lang;
  std::int64_t at = 0;
  std::optional<std::int64_t> edited_at;
  std::optional<protocol::MessageId> reply_to;
  bool removed = false;
};

/// `row.id` is given by the database.
protocol::MessageId insert_message(Transaction& transaction, const MessageRow& row);
std::optional<MessageRow> find_message(Connection& connection, protocol::MessageId id);
void edit_message(Transaction& transaction, protocol::MessageId id, std::string_view text, protocol::Timestamp now);

struct Removal {
  protocol::PersonId by;
  protocol::RemovedBy as{};
  std::optional<std::string> reason;
};
/// The text stays in the table when somebody else removed it, so that it can be given back; an author's removal erases it.
void remove_message(Transaction& transaction, protocol::MessageId id, const Removal& removal, protocol::Timestamp now);

struct PastRemoval {
  protocol::PersonId by;
  protocol::RemovedBy as{};
  std::optional<std::string> reason;
  std::int64_t at = 0;
};
/// Nothing for what is not removed.
std::optional<PastRemoval> find_removal(Connection& connection, protocol::MessageId id);
/// It was removed by somebody else, so its text is still there.
void restore_message(Transaction& transaction, protocol::MessageId id);

/// True when that changed something.
bool set_reaction(Transaction& transaction, protocol::MessageId message, protocol::PersonId person,
                  std::string_view emoji, bool on);
std::vector<std::string> reactions_by(Connection& connection, protocol::MessageId message, protocol::PersonId person);
std::map<std::string, std::int64_t> count_reactions(Connection& connection, protocol::MessageId message);

/// Dirty tallies survive a crash: the mark is a row of the transaction that made it dirty.
void mark_tally_dirty(Transaction& transaction, protocol::MessageId message);
std::vector<protocol::MessageId> dirty_tallies(Connection& connection, std::int64_t limit);
void clear_dirty_tally(Transaction& transaction, protocol::MessageId message);

}  // namespace plenary::storage
