#pragma once
// The conversation of a webinar: messages, their removal with the text given back, reactions and their tallies.

#include "protocol/messages.hpp"
#include "protocol/rich_text.hpp"
#include "server/domain/command.hpp"

namespace plenary::server::domain {

/// `body` is parse_markdown(args.text), made before the command came to the writer.
protocol::Result<sync::Made> post_message(CommandContext& context, const protocol::MessagePostArgs& args,
                                          const protocol::Body& body);
protocol::Result<sync::Made> edit_message(CommandContext& context, const protocol::MessageEditArgs& args,
                                          const protocol::Body& body);
/// Its author removes it and the text is erased; a host, moderator or admin gives a reason, and the author gets reason and
/// text on their own channel.
protocol::Result<sync::Made> remove_message(CommandContext& context, const protocol::MessageRemoveArgs& args);
/// A removal that was overturned: the message stands where it stood.
void restore_message(storage::Transaction& transaction, protocol::MessageId id);
/// The author's own record of a removal as the tables have it now.
void publish_returned(storage::Transaction& transaction, protocol::MessageId id);
/// Stored before it is answered; the tally follows.
protocol::Result<sync::Made> react(CommandContext& context, const protocol::MessageReactArgs& args);

/// Counts dirty tallies from the rows and publishes them, each as one rev. True when some are left for the next time.
bool republish_tallies(storage::Transaction& transaction);

}  // namespace plenary::server::domain
