#include "storage/messages.hpp"

#include "storage/enumerations.hpp"

namespace plenary::storage {

using protocol::MessageId;
using protocol::PersonId;
using protocol::Timestamp;
using protocol::WebinarId;

constexpr const char* insert_message_sql =
    "INSERT INTO message (webinar, author, text, lang, at, reply_to) "
    "VALUES ($webinar, $author, $text, $lang, $at, $reply)";
MessageId insert_message(Transaction& transaction, const MessageRow& row) {
  std::optional<std::int64_t> reply;
  if (row.reply_to) reply = row.reply_to->value;
  Query{transaction.connection(), insert_message_sql}
      .bind("$webinar", row.webinar.value)
      .bind("$author", row.author.value)
      .bind("$text", row.text)
      .bind("$lang", row.lang)
      .bind("$at", row.at)
      .bind("$reply", reply)
      .run();
  return MessageId{transaction.connection().last_insert_id()};
}

constexpr const char* select_message =
    "SELECT id, webinar, author, text, lang, at, edited_at, reply_to, removed_at IS NOT NULL FROM message "
    "WHERE id = $id";
std::optional<MessageRow> find_message(Connection& connection, MessageId id) {
  Query query{connection, select_message};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  MessageRow row{MessageId{query.integer(0)},
                 WebinarId{query.integer(1)},
                 PersonId{query.integer(2)},
                 query.text(3),
                 query.text(4),
                 query.integer(5),
                 query.optional_integer(6),
                 std::nullopt,
                 query.integer(8) != 0};
  if (const auto reply = query.optional_integer(7)) row.reply_to = MessageId{*reply};
  return row;
}

constexpr const char* update_message = "UPDATE message SET text = $text, edited_at = $now WHERE id = $id";
void edit_message(Transaction& transaction, MessageId id, std::string_view text, Timestamp now) {
  Query{transaction.connection(), update_message}
      .bind("$text", text)
      .bind("$now", now.milliseconds)
      .bind("$id", id.value)
      .run();
}

constexpr const char* update_removed =
    "UPDATE message SET removed_at = $now, removed_by = $by, removed_as = $as, removal_reason = $reason, "
    "text = CASE WHEN $as = 'author' THEN '' ELSE text END WHERE id = $id";
void remove_message(Transaction& transaction, MessageId id, const Removal& removal, Timestamp now) {
  Query{transaction.connection(), update_removed}
      .bind("$now", now.milliseconds)
      .bind("$by", removal.by.value)
      .bind("$as", word_of(removal.as))
      .bind("$reason", removal.reason)
      .bind("$id", id.value)
      .run();
}

constexpr const char* select_removal =
    "SELECT removed_by, removed_as, removal_reason, removed_at FROM message "
    "WHERE id = $id AND removed_at IS NOT NULL";
std::optional<PastRemoval> find_removal(Connection& connection, MessageId id) {
  Query query{connection, select_removal};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  return PastRemoval{PersonId{query.integer(0)}, from_word<protocol::RemovedBy>(query.text(1)), query.optional_text(2),
                     query.integer(3)};
}

constexpr const char* update_restored =
    "UPDATE message SET removed_at = NULL, removed_by = NULL, removed_as = NULL, removal_reason = NULL WHERE id = $id";
void restore_message(Transaction& transaction, MessageId id) {
  Query{transaction.connection(), update_restored}.bind("$id", id.value).run();
}

constexpr const char* insert_reaction =
    "INSERT INTO reaction (message, person, emoji) VALUES ($message, $person, $emoji) ON CONFLICT DO NOTHING";
constexpr const char* delete_reaction =
    "DELETE FROM reaction WHERE message = $message AND person = $person AND emoji = $emoji";
bool set_reaction(Transaction& transaction, MessageId message, PersonId person, std::string_view emoji, bool on) {
  Query{transaction.connection(), on ? insert_reaction : delete_reaction}
      .bind("$message", message.value)
      .bind("$person", person.value)
      .bind("$emoji", emoji)
      .run();
  return transaction.connection().changes() > 0;
}

constexpr const char* select_reactions_by =
    "SELECT emoji FROM reaction WHERE message = $message AND person = $person ORDER BY emoji";
std::vector<std::string> reactions_by(Connection& connection, MessageId message, PersonId person) {
  Query query{connection, select_reactions_by};
  query.bind("$message", message.value).bind("$person", person.value);
  std::vector<std::string> emojis;
  while (query.step()) emojis.push_back(query.text(0));
  return emojis;
}

constexpr const char* select_reaction_counts =
    "SELECT emoji, count(*) FROM reaction WHERE message = $message GROUP BY emoji";
std::map<std::string, std::int64_t> count_reactions(Connection& connection, MessageId message) {
  Query query{connection, select_reaction_counts};
  query.bind("$message", message.value);
  std::map<std::string, std::int64_t> counts;
  while (query.step()) counts.emplace(query.text(0), query.integer(1));
  return counts;
}

constexpr const char* insert_dirty = "INSERT INTO dirty_tally (message) VALUES ($message) ON CONFLICT DO NOTHING";
void mark_tally_dirty(Transaction& transaction, MessageId message) {
  Query{transaction.connection(), insert_dirty}.bind("$message", message.value).run();
}

constexpr const char* select_dirty = "SELECT message FROM dirty_tally LIMIT $limit";
std::vector<MessageId> dirty_tallies(Connection& connection, std::int64_t limit) {
  Query query{connection, select_dirty};
  query.bind("$limit", limit);
  std::vector<MessageId> messages;
  while (query.step()) messages.push_back(MessageId{query.integer(0)});
  return messages;
}

constexpr const char* delete_dirty = "DELETE FROM dirty_tally WHERE message = $message";
void clear_dirty_tally(Transaction& transaction, MessageId message) {
  Query{transaction.connection(), delete_dirty}.bind("$message", message.value).run();
}

}  // namespace plenary::storage
