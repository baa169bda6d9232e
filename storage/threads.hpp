#pragma once
// Threads, and the questions of a webinar that became some.

#include <optional>
#include <string>
#include <vector>

#include "protocol/threads.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct ThreadRow {
  protocol::ThreadId id;
  protocol::BoardId board;
  std::string title;  ///< empty once its author took all of it back
  std::string lang;
  protocol::ThreadKind kind{};
  protocol::PersonId author;  ///< also of an anonymous one
  bool anonymous = false;
  std::int64_t at = 0;
  std::int64_t posts = 0;    ///< that stand
  std::int64_t last_at = 0;  ///< of the newest of them
  std::optional<protocol::PostId> answer;
  std::optional<protocol::RemovedBy> removed_as;  ///< with its first post
  std::optional<protocol::QuestionId> question;   ///< it began as
  std::int64_t votes = 0;
};

/// `row.id` is given by the database.
protocol::ThreadId insert_thread(Transaction& transaction, const ThreadRow& row);
std::optional<ThreadRow> find_thread(Connection& connection, protocol::ThreadId id);
/// Writes what may change: posts, last_at, answer, removed_as.
void update_thread(Transaction& transaction, const ThreadRow& row);

/// Where a page of threads begins: after the thread `id`, whose last post is of `last_at`.
struct ThreadCursor {
  std::int64_t last_at = 0;
  std::int64_t id = 0;
};
/// Newest post first.
std::vector<ThreadCursor> list_threads(Connection& connection, protocol::BoardId board,
                                       const std::optional<ThreadCursor>& after, std::int64_t limit);

/// The thread a question became.
std::optional<protocol::ThreadId> thread_of_question(Connection& connection, protocol::QuestionId question);
/// Published, not answered, and no thread yet.
std::vector<protocol::QuestionId> questions_left_open(Connection& connection, protocol::WebinarId webinar);

}  // namespace plenary::storage
