#include "storage/posts.hpp"

#include "storage/enumerations.hpp"
#include "storage/optional_ids.hpp"

namespace plenary::storage {

using protocol::PersonId;
using protocol::PostId;
using protocol::ThreadId;
using protocol::Timestamp;

constexpr const char* insert_post_sql =
    "INSERT INTO post (thread, author, anonymous, text, lang, at, reply_to) "
    "VALUES ($thread, $author, $anonymous, $text, $lang, $at, $reply)";
PostId insert_post(Transaction& transaction, const PostRow& row) {
  Query{transaction.connection(), insert_post_sql}
      .bind("$thread", row.thread.value)
      .bind("$author", row.author.value)
      .bind("$anonymous", std::int64_t{row.anonymous})
      .bind("$text", row.text)
      .bind("$lang", row.lang)
      .bind("$at", row.at)
      .bind("$reply", value_of(row.reply_to))
      .run();
  return PostId{transaction.connection().last_insert_id()};
}

constexpr const char* select_post =
    "SELECT id, thread, author, anonymous, text, lang, at, edited_at, reply_to, removed_at IS NOT NULL FROM post "
    "WHERE id = $id";
std::optional<PostRow> find_post(Connection& connection, PostId id) {
  Query query{connection, select_post};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  PostRow row{PostId{query.integer(0)},
              ThreadId{query.integer(1)},
              PersonId{query.integer(2)},
              query.integer(3) != 0,
              query.text(4),
              query.text(5),
              query.integer(6),
              query.optional_integer(7),
              std::nullopt,
              query.integer(9) != 0};
  if (const auto reply = query.optional_integer(8)) row.reply_to = PostId{*reply};
  return row;
}

constexpr const char* update_post = "UPDATE post SET text = $text, edited_at = $now WHERE id = $id";
void edit_post(Transaction& transaction, PostId id, std::string_view text, Timestamp now) {
  Query{transaction.connection(), update_post}
      .bind("$text", text)
      .bind("$now", now.milliseconds)
      .bind("$id", id.value)
      .run();
}

constexpr const char* update_removed =
    "UPDATE post SET removed_at = $now, removed_by = $by, removed_as = $as, removal_reason = $reason, "
    "text = CASE WHEN $as = 'author' THEN '' ELSE text END WHERE id = $id";
void remove_post(Transaction& transaction, PostId id, const Removal& removal, Timestamp now) {
  Query{transaction.connection(), update_removed}
      .bind("$now", now.milliseconds)
      .bind("$by", removal.by.value)
      .bind("$as", word_of(removal.as))
      .bind("$reason", removal.reason)
      .bind("$id", id.value)
      .run();
}

constexpr const char* select_removal =
    "SELECT removed_by, removed_as, removal_reason, removed_at FROM post WHERE id = $id AND removed_at IS NOT NULL";
std::optional<PastRemoval> find_removal(Connection& connection, PostId id) {
  Query query{connection, select_removal};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  return PastRemoval{PersonId{query.integer(0)}, from_word<protocol::RemovedBy>(query.text(1)), query.optional_text(2),
                     query.integer(3)};
}

constexpr const char* update_restored =
    "UPDATE post SET removed_at = NULL, removed_by = NULL, removed_as = NULL, removal_reason = NULL WHERE id = $id";
void restore_post(Transaction& transaction, PostId id) {
  Query{transaction.connection(), update_restored}.bind("$id", id.value).run();
}

constexpr const char* select_count = "SELECT count(*) FROM post WHERE thread = $thread AND removed_at IS NULL";
std::int64_t count_posts(Connection& connection, ThreadId thread) {
  Query query{connection, select_count};
  query.bind("$thread", thread.value);
  query.step();
  return query.integer(0);
}

constexpr const char* select_newest = "SELECT max(id) FROM post WHERE thread = $thread AND removed_at IS NULL";
std::optional<PostId> newest_post(Connection& connection, ThreadId thread) {
  Query query{connection, select_newest};
  query.bind("$thread", thread.value);
  query.step();
  const auto newest = query.optional_integer(0);
  return newest ? std::optional{PostId{*newest}} : std::nullopt;
}

constexpr const char* select_first = "SELECT min(id) FROM post WHERE thread = $thread";
PostId first_post(Connection& connection, ThreadId thread) {
  Query query{connection, select_first};
  query.bind("$thread", thread.value);
  query.step();
  return PostId{query.integer(0)};
}

constexpr const char* select_others =
    "SELECT 1 FROM post other JOIN post mine ON mine.id = $post "
    "WHERE other.thread = mine.thread AND other.id <> mine.id AND (mine.anonymous OR other.author <> mine.author) "
    "LIMIT 1";
bool others_wrote(Connection& connection, PostId post) {
  Query query{connection, select_others};
  query.bind("$post", post.value);
  return query.step();
}

constexpr const char* insert_reaction =
    "INSERT INTO post_reaction (post, person, emoji) VALUES ($post, $person, $emoji) ON CONFLICT DO NOTHING";
constexpr const char* delete_reaction =
    "DELETE FROM post_reaction WHERE post = $post AND person = $person AND emoji = $emoji";
bool set_reaction(Transaction& transaction, PostId post, PersonId person, std::string_view emoji, bool on) {
  Query{transaction.connection(), on ? insert_reaction : delete_reaction}
      .bind("$post", post.value)
      .bind("$person", person.value)
      .bind("$emoji", emoji)
      .run();
  return transaction.connection().changes() > 0;
}

constexpr const char* select_reactions_by =
    "SELECT emoji FROM post_reaction WHERE post = $post AND person = $person ORDER BY emoji";
std::vector<std::string> reactions_by(Connection& connection, PostId post, PersonId person) {
  Query query{connection, select_reactions_by};
  query.bind("$post", post.value).bind("$person", person.value);
  std::vector<std::string> emojis;
  while (query.step()) emojis.push_back(query.text(0));
  return emojis;
}

constexpr const char* select_reaction_counts =
    "SELECT emoji, count(*) FROM post_reaction WHERE post = $post GROUP BY emoji";
std::map<std::string, std::int64_t> count_reactions(Connection& connection, PostId post) {
  Query query{connection, select_reaction_counts};
  query.bind("$post", post.value);
  std::map<std::string, std::int64_t> counts;
  while (query.step()) counts.emplace(query.text(0), query.integer(1));
  return counts;
}

constexpr const char* insert_dirty = "INSERT INTO dirty_post_tally (post) VALUES ($post) ON CONFLICT DO NOTHING";
void mark_tally_dirty(Transaction& transaction, PostId post) {
  Query{transaction.connection(), insert_dirty}.bind("$post", post.value).run();
}

constexpr const char* select_dirty = "SELECT post FROM dirty_post_tally LIMIT $limit";
std::vector<PostId> dirty_post_tallies(Connection& connection, std::int64_t limit) {
  Query query{connection, select_dirty};
  query.bind("$limit", limit);
  std::vector<PostId> posts;
  while (query.step()) posts.push_back(PostId{query.integer(0)});
  return posts;
}

constexpr const char* delete_dirty = "DELETE FROM dirty_post_tally WHERE post = $post";
void clear_dirty_tally(Transaction& transaction, PostId post) {
  Query{transaction.connection(), delete_dirty}.bind("$post", post.value).run();
}

}  // namespace plenary::storage
