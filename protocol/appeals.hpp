#pragma once
// An appeal: the author of a removed message or post, or of a dismissed question, asks for a second look, once, and somebody else than who
// decided takes it. Overturned, everything is as it was.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"
#include "protocol/people.hpp"
#include "protocol/text.hpp"

namespace plenary::protocol {

enum class AppealState { open, upheld, overturned };
BOOST_DESCRIBE_ENUM(AppealState, open, upheld, overturned)

enum class AppealTarget { message, question, post };
BOOST_DESCRIBE_ENUM(AppealTarget, message, question, post)

/// As the author sees it, with what was taken from them.
struct OwnAppeal {
  AppealState state{};
  std::string text;
  std::int64_t at = 0;
  std::optional<std::string> answer;
  std::optional<std::int64_t> answered_at;
};
BOOST_DESCRIBE_STRUCT(OwnAppeal, (), (state, text, at, answer, answered_at))

/// As hosts and moderators see it. On the backstage's channel; of a post, on its board's channel of
/// moderation.
struct AppealRecord {
  static constexpr std::string_view record_type = "appeal";
  AppealState state{};
  AppealTarget target{};
  std::int64_t of = 0;              ///< the message's, the question's or the post's id
  std::optional<PersonRef> author;  ///< absent: the question is anonymous
  std::string removed;              ///< the text
  std::string lang;
  std::string reason;    ///< that the author was given
  PersonRef decided_by;  ///< who gave it, and may not take the appeal
  std::string text;      ///< what the author says to it
  std::int64_t at = 0;
  std::optional<std::string> answer;
  std::optional<PersonRef> answered_by;
  std::optional<std::int64_t> answered_at;
};
BOOST_DESCRIBE_STRUCT(AppealRecord, (),
                      (state, target, of, author, removed, lang, reason, decided_by, text, at, answer, answered_by,
                       answered_at))

/// Of one of the three.
struct AppealMakeArgs {
  std::optional<MessageId> message;
  std::optional<QuestionId> question;
  std::optional<PostId> post;
  Reason text;
};
BOOST_DESCRIBE_STRUCT(AppealMakeArgs, (), (message, question, post, text))

struct AppealDecideArgs {
  AppealId appeal;
  bool overturn = false;
  Reason answer;
};
BOOST_DESCRIBE_STRUCT(AppealDecideArgs, (), (appeal, overturn, answer))

struct AppealChanged {
  AppealId appeal;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(AppealChanged, (), (appeal, channel, rev))

}  // namespace plenary::protocol
