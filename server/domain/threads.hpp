#pragma once
// Threads: begun, listed, answered; and the questions of a webinar that go on as some.

#include "protocol/rich_text.hpp"
#include "protocol/threads.hpp"
#include "server/domain/command.hpp"
#include "storage/threads.hpp"

namespace plenary::server::domain {

/// `body` is parse_markdown(args.text). Errors: forbidden where the board or the kind is the moderators' to write.
protocol::Result<sync::Made> start_thread(CommandContext& context, const protocol::ThreadStartArgs& args,
                                          const protocol::Body& body);
/// Its author's or a moderator's. Errors: out_of_range for what is no question; not_found for a post of elsewhere.
protocol::Result<sync::Made> answer_thread(CommandContext& context, const protocol::ThreadAnswerArgs& args);

/// A host's or moderator's, once the webinar has ended. At most Limits::questions_carried_at_once. Errors: forbidden for a board that more
/// people read than the webinar; state_changed before the end.
protocol::Result<sync::Made> carry_questions(CommandContext& context, const protocol::QuestionCarryArgs& args);

protocol::Result<protocol::ThreadListOk> list_threads(storage::Connection& connection, const access::Caller& caller,
                                                      const protocol::ThreadListArgs& args);

/// Of boards: there are no other roles there.
bool is_moderator(access::Standing standing);
/// Nothing while the post that was accepted is removed.
std::optional<protocol::AcceptedAnswer> accepted_answer(storage::Connection& connection,
                                                        const storage::ThreadRow& thread);
/// Writes its records as the tables have it now: on its board and on its own channel; removed, on its own alone.
void publish_thread(storage::Transaction& transaction, const storage::ThreadRow& thread);

}  // namespace plenary::server::domain
