#pragma once
// The posts of threads, their reactions, and the marks of tallies that must be counted anew.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/threads.hpp"
#include "protocol/time.hpp"
#include "storage/messages.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct PostRow {
  protocol::PostId id;
  protocol::ThreadId thread;
  protocol::PersonId author;  ///< also of an anonymous one
  bool anonymous = false;
  std::string text;  ///< empty once its author removed it
  std::string lang;
  std::int64_t at = 0;
  std::optional<std::int64_t> edited_at;
  std::optional<protocol::PostId> reply_to;
  bool removed = false;
};

/// `row.id` is given by the database.
protocol::PostId insert_post(Transaction& transaction, const PostRow& row);
std::optional<PostRow> find_post(Connection& connection, protocol::PostId id);
void edit_post(Transaction& transaction, protocol::PostId id, std::string_view text, protocol::Timestamp now);
/// The text stays in the table when somebody else removed it; an author's removal erases it.
void remove_post(Transaction& transaction, protocol::PostId id, const Removal& removal, protocol::Timestamp now);
std::optional<PastRemoval> find_removal(Connection& connection, protocol::PostId id);
void restore_post(Transaction& transaction, protocol::PostId id);

/// How many posts of a thread stand. Counts them: for what changes more than one at the end.
std::int64_t count_posts(Connection& connection, protocol::ThreadId thread);
/// Of those that stand.
std::optional<protocol::PostId> newest_post(Connection& connection, protocol::ThreadId thread);
protocol::PostId first_post(Connection& connection, protocol::ThreadId thread);
/// Whether its thread has posts under another name than this one's, removed or not. Under their own name, an anonymous author is
/// somebody else: what happens to the thread tells nobody who they are.
bool others_wrote(Connection& connection, protocol::PostId post);

/// False when it was so already.
bool set_reaction(Transaction& transaction, protocol::PostId post, protocol::PersonId person, std::string_view emoji,
                  bool on);
std::vector<std::string> reactions_by(Connection& connection, protocol::PostId post, protocol::PersonId person);
std::map<std::string, std::int64_t> count_reactions(Connection& connection, protocol::PostId post);
void mark_tally_dirty(Transaction& transaction, protocol::PostId post);
std::vector<protocol::PostId> dirty_post_tallies(Connection& connection, std::int64_t limit);
void clear_dirty_tally(Transaction& transaction, protocol::PostId post);

}  // namespace plenary::storage
