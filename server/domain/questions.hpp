#pragma once
// A question's way through a webinar: asked, reviewed, published, on stage, answered; or dismissed with a reason that its
// asker reads. Who voted and who asked anonymously is on no channel but that person's own.

#include "protocol/questions.hpp"
#include "protocol/webinars.hpp"
#include "server/domain/command.hpp"

namespace plenary::server::domain {

/// How this webinar takes questions from now on.
protocol::Result<sync::Made> set_question_rules(CommandContext& context, const protocol::WebinarQuestionsArgs& args);

/// Waits for a host where the webinar reviews questions; a host's own does not. The asker votes for it by asking.
/// Errors: questions_closed, too_many_questions (so many of one's own are waiting, or the webinar is full).
protocol::Result<sync::Made> ask_question(CommandContext& context, const protocol::QuestionAskArgs& args);
/// Its asker takes it back and the text is erased; what was merged into it stands for itself again.
protocol::Result<sync::Made> withdraw_question(CommandContext& context, const protocol::QuestionArgs& args);
/// A vote for a merged question counts for the one it was merged into.
protocol::Result<sync::Made> vote_for_question(CommandContext& context, const protocol::QuestionVoteArgs& args);

// The hosts' and moderators' acts. An act that changes nothing succeeds; one on a question that has meanwhile gone another
// way is refused with state_changed.

protocol::Result<sync::Made> publish_question(CommandContext& context, const protocol::QuestionArgs& args);
protocol::Result<sync::Made> dismiss_question(CommandContext& context, const protocol::QuestionDismissArgs& args);
/// The one that was on stage goes back to the published ones.
protocol::Result<sync::Made> stage_question(CommandContext& context, const protocol::QuestionStageArgs& args);
protocol::Result<sync::Made> answer_question(CommandContext& context, const protocol::QuestionAnswerArgs& args);
protocol::Result<sync::Made> reopen_question(CommandContext& context, const protocol::QuestionArgs& args);
protocol::Result<sync::Made> translate_question(CommandContext& context, const protocol::QuestionTranslateArgs& args);
/// One person who voted for both counts once. Errors: too_many_questions (merged into one), out_of_range (into itself).
protocol::Result<sync::Made> merge_question(CommandContext& context, const protocol::QuestionMergeArgs& args);
protocol::Result<sync::Made> unmerge_question(CommandContext& context, const protocol::QuestionArgs& args);
protocol::Result<sync::Made> star_question(CommandContext& context, const protocol::QuestionStarArgs& args);

/// The asker's own record as the tables have it now.
void publish_asked(storage::Transaction& transaction, protocol::QuestionId id);
/// A dismissal that was overturned; nothing where it is not dismissed any more.
void restore_question(storage::Transaction& transaction, protocol::QuestionId id, protocol::Timestamp now);

/// Counts dirty votes from the rows and publishes them, each as one rev. True when some are left for the next time.
bool republish_votes(storage::Transaction& transaction);

}  // namespace plenary::server::domain
