#pragma once
// What's New: told in the transaction that makes the news, to whom may see what it is about.

#include "protocol/activities.hpp"
#include "server/domain/command.hpp"
#include "storage/posts.hpp"
#include "storage/threads.hpp"

namespace plenary::server::domain {

/// A thread began, was written in, was answered. `by`: who did it; nothing where it is anonymous.
void tell_news_of(storage::Transaction& transaction, const storage::ThreadRow& thread,
                  std::optional<protocol::PersonId> by, protocol::Timestamp now);
/// What changed about it is no news: a post was removed or stands again, an answer was taken back.
/// `taken`: the post that was removed.
void correct_news_of(storage::Transaction& transaction, const storage::ThreadRow& thread,
                     const storage::PostRow* taken = nullptr);
/// It was removed and stands again, which is news: with its newest post.
void tell_return_of(storage::Transaction& transaction, const storage::ThreadRow& thread);
/// The thread was removed.
void forget_news_of(storage::Transaction& transaction, const storage::ThreadRow& thread);

/// A webinar was made, opened or closed.
void tell_news_of(storage::Transaction& transaction, const storage::WebinarRow& webinar, protocol::PersonId by,
                  protocol::Timestamp now);

/// Questions of `webinar` went on as threads of `board`.
void tell_news_of(storage::Transaction& transaction, const storage::WebinarRow& webinar, const storage::BoardRow& board,
                  std::int64_t threads, protocol::PersonId by, protocol::Timestamp now);

/// Up to where one has seen all of it. Errors: sign_in_required; out_of_range above the newest they are told of.
protocol::Result<sync::Made> see_news(CommandContext& context, const protocol::NewsSeenArgs& args);

}  // namespace plenary::server::domain
