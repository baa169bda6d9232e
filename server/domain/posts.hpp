#pragma once
// The posts of threads: written, edited, removed with the text given back, reacted to.

#include "protocol/rich_text.hpp"
#include "protocol/threads.hpp"
#include "server/domain/command.hpp"
#include "storage/posts.hpp"

namespace plenary::server::domain {

/// `body` is parse_markdown(args.text), made before the command came to the writer. Errors: already_removed with the thread.
protocol::Result<sync::Made> write_post(CommandContext& context, const protocol::PostWriteArgs& args,
                                        const protocol::Body& body);
protocol::Result<sync::Made> edit_post(CommandContext& context, const protocol::PostEditArgs& args,
                                       const protocol::Body& body);
/// As remove_message(). The first post takes its thread with it, unless its author removes it and others have written there; a
/// moderator can take the thread's title even then.
protocol::Result<sync::Made> remove_post(CommandContext& context, const protocol::PostRemoveArgs& args);
/// The asker took the question back from which a thread began: its first post is removed as theirs.
void withdraw_thread_of(storage::Transaction& transaction, protocol::QuestionId question, protocol::Timestamp now);
/// What its author and who decides about an appeal are shown of a removed one: with the first post, the title.
std::string text_taken_with(storage::Connection& connection, const storage::PostRow& post);
/// A removal that was overturned: the post stands where it stood, and the thread with it.
void restore_post(storage::Transaction& transaction, protocol::PostId id);
/// The author's own record of a removal as the tables have it now.
void publish_returned(storage::Transaction& transaction, protocol::PostId id);
protocol::Result<sync::Made> react_to_post(CommandContext& context, const protocol::PostReactArgs& args);

/// Writes the post's record as the row has it.
void publish_post(storage::Transaction& transaction, const storage::PostRow& post, const protocol::Body& body);
storage::RecordKey post_key(const storage::PostRow& post);

/// As republish_tallies().
bool republish_post_tallies(storage::Transaction& transaction);

}  // namespace plenary::server::domain
