#pragma once
// The threads of a board and the posts in them. A post is to a thread what a message is to a webinar: the records have the same
// shape, so that a client shows both as one kind of conversation.

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/local_text.hpp"
#include "protocol/messages.hpp"
#include "protocol/people.hpp"
#include "protocol/raw_json.hpp"
#include "protocol/rich_text.hpp"
#include "protocol/text.hpp"

namespace plenary::protocol {

enum class ThreadKind {
  discussion,
  question,      ///< one of its posts may be accepted as the answer
  announcement,  ///< begun by moderators only
};
BOOST_DESCRIBE_ENUM(ThreadKind, discussion, question, announcement)

/// Where a thread comes from that began as a question in a webinar.
struct CarriedFrom {
  WebinarId webinar;
  LocalText title;         ///< of the webinar
  std::int64_t votes = 0;  ///< of the question, when it was carried over
};
BOOST_DESCRIBE_STRUCT(CarriedFrom, (), (webinar, title, votes))

/// The answer of a question, as its asker or a moderator accepted it.
struct AcceptedAnswer {
  PostId post;
  Pos pos = 0;  ///< in the thread
};
BOOST_DESCRIBE_STRUCT(AcceptedAnswer, (), (post, pos))

/// On the board's channel and on the thread's own; its id is the thread's.
struct ThreadRecord {
  static constexpr std::string_view record_type = "thread";
  BoardId board;
  std::string title;
  std::string lang;
  ThreadKind kind{};
  std::optional<PersonRef> author;  ///< absent: it began as an anonymous question
  std::int64_t at = 0;
  std::int64_t posts = 0;  ///< without removed ones
  std::int64_t last_at = 0;
  std::optional<PersonRef> last_by;  ///< absent: as with the author
  std::optional<AcceptedAnswer> answer;
  std::optional<CarriedFrom> carried_from;
};
BOOST_DESCRIBE_STRUCT(ThreadRecord, (),
                      (board, title, lang, kind, author, at, posts, last_at, last_by, answer, carried_from))

/// What stays on a thread's channel when the thread was removed with its first post: it left its board and What's New. It can
/// hold no title.
struct RemovedThreadRecord {
  static constexpr std::string_view record_type = "thread";
  BoardId board;
  MessageState state = MessageState::removed;
  RemovedBy by{};
};
BOOST_DESCRIBE_STRUCT(RemovedThreadRecord, (), (board, state, by))

struct PostRecord {
  static constexpr std::string_view record_type = "post";
  std::optional<PersonRef> author;  ///< absent: an anonymous question
  std::string text;
  Body body;
  std::string lang;
  std::int64_t at = 0;
  std::optional<std::int64_t> edited_at;
  std::optional<PostId> reply_to;
  std::optional<Pos> reply_to_pos;
};
BOOST_DESCRIBE_STRUCT(PostRecord, (), (author, text, body, lang, at, edited_at, reply_to, reply_to_pos))

/// What stays of a removed post: no author, no text.
struct RemovedPostRecord {
  static constexpr std::string_view record_type = "post";
  MessageState state = MessageState::removed;
  RemovedBy by{};
};
BOOST_DESCRIBE_STRUCT(RemovedPostRecord, (), (state, by))

/// Reactions of one post. Its id and its `of` are the post's.
struct PostTallyRecord {
  static constexpr std::string_view record_type = "tally";
  PostId of;
  std::map<std::string, std::int64_t> reactions;
};
BOOST_DESCRIBE_STRUCT(PostTallyRecord, (), (of, reactions))

/// With its first post.
struct ThreadStartArgs {
  BoardId board;
  Title title;
  PostText text;
  std::optional<LanguageTag> lang;
  ThreadKind kind{};
};
BOOST_DESCRIBE_STRUCT(ThreadStartArgs, (), (board, title, text, lang, kind))

struct ThreadListArgs {
  BoardId board;
  std::optional<std::string> after;  ///< the `next` of the page before
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(ThreadListArgs, (), (board, after, limit))

/// The records of the board's channel, those with the newest posts first.
struct ThreadListOk {
  std::vector<RawJson> threads;
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(ThreadListOk, (), (threads, next))

/// Without a post, none is the answer any more.
struct ThreadAnswerArgs {
  ThreadId thread;
  std::optional<PostId> post;
};
BOOST_DESCRIBE_STRUCT(ThreadAnswerArgs, (), (thread, post))

struct ThreadChanged {
  ThreadId thread;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(ThreadChanged, (), (thread, channel, rev))

struct PostWriteArgs {
  ThreadId thread;
  PostText text;
  std::optional<LanguageTag> lang;
  std::optional<PostId> reply_to;
};
BOOST_DESCRIBE_STRUCT(PostWriteArgs, (), (thread, text, lang, reply_to))

struct PostEditArgs {
  PostId post;
  PostText text;
};
BOOST_DESCRIBE_STRUCT(PostEditArgs, (), (post, text))

struct PostRemoveArgs {
  PostId post;
  std::optional<Reason> reason;
};
BOOST_DESCRIBE_STRUCT(PostRemoveArgs, (), (post, reason))

struct PostReactArgs {
  PostId post;
  Emoji emoji;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(PostReactArgs, (), (post, emoji, on))

struct PostChanged {
  PostId post;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(PostChanged, (), (post, channel, rev))

/// Every published question of an ended webinar that was not answered becomes a thread.
struct QuestionCarryArgs {
  WebinarId webinar;
  BoardId board;
};
BOOST_DESCRIBE_STRUCT(QuestionCarryArgs, (), (webinar, board))

struct QuestionsCarried {
  WebinarId webinar;
  std::int64_t threads = 0;  ///< that this made
  std::int64_t left = 0;     ///< over Limits::questions_carried_at_once: for the same again
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(QuestionsCarried, (), (webinar, threads, left, channel, rev))

}  // namespace plenary::protocol
