#pragma once
// The conversation of a webinar: messages, what stays of removed ones, reactions and their tallies.

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/appeals.hpp"
#include "protocol/ids.hpp"
#include "protocol/people.hpp"
#include "protocol/rich_text.hpp"
#include "protocol/text.hpp"

namespace plenary::protocol {

enum class RemovedBy { author, host, moderator };
BOOST_DESCRIBE_ENUM(RemovedBy, author, host, moderator)

enum class MessageState { removed };
BOOST_DESCRIBE_ENUM(MessageState, removed)

struct MessageRecord {
  static constexpr std::string_view record_type = "message";
  PersonRef author;
  std::string text;
  Body body;
  std::string lang;
  std::int64_t at = 0;
  std::optional<std::int64_t> edited_at;
  std::optional<MessageId> reply_to;
  std::optional<Pos> reply_to_pos;  ///< where that stands: a client that does not hold it can page there
};
BOOST_DESCRIBE_STRUCT(MessageRecord, (), (author, text, body, lang, at, edited_at, reply_to, reply_to_pos))

/// What stays of a removed message. It can hold nothing else: no author, no text.
struct RemovedMessageRecord {
  static constexpr std::string_view record_type = "message";
  MessageState state = MessageState::removed;
  RemovedBy by{};
};
BOOST_DESCRIBE_STRUCT(RemovedMessageRecord, (), (state, by))

/// Reactions of one message, counted from the rows. Its id and its `of` are the message's.
struct TallyRecord {
  static constexpr std::string_view record_type = "tally";
  MessageId of;
  std::map<std::string, std::int64_t> reactions;
};
BOOST_DESCRIBE_STRUCT(TallyRecord, (), (of, reactions))

/// One's own reactions to a message; its id is the message's. On the person's channel of the webinar.
struct ReactionRecord {
  static constexpr std::string_view record_type = "reaction";
  std::vector<std::string> emojis;
};
BOOST_DESCRIBE_STRUCT(ReactionRecord, (), (emojis))

/// One's own text, given back when somebody else removed it; its id is the message's. It stays when the removal was overturned:
/// so its author reads the answer.
struct ReturnedRecord {
  static constexpr std::string_view record_type = "returned";
  std::string text;
  std::string reason;
  RemovedBy by{};
  std::int64_t at = 0;
  std::int64_t appeal_until = 0;
  std::optional<OwnAppeal> appeal;
};
BOOST_DESCRIBE_STRUCT(ReturnedRecord, (), (text, reason, by, at, appeal_until, appeal))

struct MessagePostArgs {
  WebinarId webinar;
  MessageText text;
  std::optional<LanguageTag> lang;
  std::optional<MessageId> reply_to;
};
BOOST_DESCRIBE_STRUCT(MessagePostArgs, (), (webinar, text, lang, reply_to))

struct MessageEditArgs {
  MessageId message;
  MessageText text;
};
BOOST_DESCRIBE_STRUCT(MessageEditArgs, (), (message, text))

struct MessageRemoveArgs {
  MessageId message;
  std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(MessageRemoveArgs, (), (message, reason))

struct MessageReactArgs {
  MessageId message;
  Emoji emoji;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(MessageReactArgs, (), (message, emoji, on))

struct MessageChanged {
  MessageId message;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(MessageChanged, (), (message, channel, rev))

}  // namespace plenary::protocol
