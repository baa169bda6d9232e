#include "storage/threads.hpp"

#include "storage/enumerations.hpp"
#include "storage/optional_ids.hpp"

namespace plenary::storage {

using protocol::BoardId;
using protocol::PersonId;
using protocol::PostId;
using protocol::QuestionId;
using protocol::ThreadId;

constexpr const char* insert_thread_sql =
    "INSERT INTO thread (board, title, lang, kind, author, anonymous, at, posts, last_at, question, votes) "
    "VALUES ($board, $title, $lang, $kind, $author, $anonymous, $at, $posts, $last, $question, $votes)";
ThreadId insert_thread(Transaction& transaction, const ThreadRow& row) {
  Query{transaction.connection(), insert_thread_sql}
      .bind("$board", row.board.value)
      .bind("$title", row.title)
      .bind("$lang", row.lang)
      .bind("$kind", word_of(row.kind))
      .bind("$author", row.author.value)
      .bind("$anonymous", std::int64_t{row.anonymous})
      .bind("$at", row.at)
      .bind("$posts", row.posts)
      .bind("$last", row.last_at)
      .bind("$question", value_of(row.question))
      .bind("$votes", row.votes)
      .run();
  return ThreadId{transaction.connection().last_insert_id()};
}

constexpr const char* select_thread =
    "SELECT id, board, title, lang, kind, author, anonymous, at, posts, last_at, answer, removed_as, question, votes "
    "FROM thread WHERE id = $id";
std::optional<ThreadRow> find_thread(Connection& connection, ThreadId id) {
  Query query{connection, select_thread};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  ThreadRow row{ThreadId{query.integer(0)},
                BoardId{query.integer(1)},
                query.text(2),
                query.text(3),
                from_word<protocol::ThreadKind>(query.text(4)),
                PersonId{query.integer(5)},
                query.integer(6) != 0,
                query.integer(7),
                query.integer(8),
                query.integer(9),
                optional_id<PostId>(query, 10),
                std::nullopt,
                optional_id<QuestionId>(query, 12),
                query.integer(13)};
  if (const auto as = query.optional_text(11)) row.removed_as = from_word<protocol::RemovedBy>(*as);
  return row;
}

constexpr const char* update_thread_sql =
    "UPDATE thread SET posts = $posts, last_at = $last, answer = $answer, removed_as = $removed, "
    "title = CASE WHEN $removed = 'author' THEN '' ELSE title END WHERE id = $id";
void update_thread(Transaction& transaction, const ThreadRow& row) {
  std::optional<std::string_view> removed_as;
  if (row.removed_as) removed_as = word_of(*row.removed_as);
  Query{transaction.connection(), update_thread_sql}
      .bind("$posts", row.posts)
      .bind("$last", row.last_at)
      .bind("$answer", value_of(row.answer))
      .bind("$removed", removed_as)
      .bind("$id", row.id.value)
      .run();
}

constexpr const char* select_threads =
    "SELECT last_at, id FROM thread WHERE board = $board AND removed_as IS NULL "
    "AND (last_at, id) < ($last, $id) ORDER BY last_at DESC, id DESC LIMIT $limit";
std::vector<ThreadCursor> list_threads(Connection& connection, BoardId board, const std::optional<ThreadCursor>& after,
                                       std::int64_t limit) {
  const ThreadCursor from = after.value_or(ThreadCursor{protocol::largest_integer, protocol::largest_integer});
  Query query{connection, select_threads};
  query.bind("$board", board.value).bind("$last", from.last_at).bind("$id", from.id).bind("$limit", limit);
  std::vector<ThreadCursor> threads;
  while (query.step()) threads.push_back({query.integer(0), query.integer(1)});
  return threads;
}

constexpr const char* select_thread_of_question = "SELECT id FROM thread WHERE question = $question";
std::optional<ThreadId> thread_of_question(Connection& connection, QuestionId question) {
  Query query{connection, select_thread_of_question};
  query.bind("$question", question.value);
  return query.step() ? std::optional{ThreadId{query.integer(0)}} : std::nullopt;
}

constexpr const char* select_left_open =
    "SELECT question.id FROM question LEFT JOIN thread ON thread.question = question.id "
    "WHERE question.webinar = $webinar AND question.state IN ('published', 'staged') AND thread.id IS NULL "
    "ORDER BY question.id";
std::vector<QuestionId> questions_left_open(Connection& connection, protocol::WebinarId webinar) {
  Query query{connection, select_left_open};
  query.bind("$webinar", webinar.value);
  std::vector<QuestionId> questions;
  while (query.step()) questions.push_back(QuestionId{query.integer(0)});
  return questions;
}

}  // namespace plenary::storage
