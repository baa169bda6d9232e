#pragma once
// Questions of a webinar: asked, reviewed, published, put on stage, answered or dismissed; voted for, merged, translated by
// hand. What is not published yet is on the backstage's channel, in another type: QuestionRecord cannot hold it.

#include <boost/describe.hpp>
#include <cstdint>
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

/// Whether askers say who they are: always, as each likes, never. Of an anonymous question no record holds the author.
enum class QuestionNames { named, optional, anonymous };
BOOST_DESCRIBE_ENUM(QuestionNames, named, optional, anonymous)

/// How a webinar takes questions; part of its record, so that people know before they ask.
struct QuestionRules {
  bool open = true;    ///< new ones are taken; reading and voting goes on without
  bool review = true;  ///< a host reads each before the others do
  QuestionNames names = QuestionNames::optional;

  bool operator==(const QuestionRules&) const = default;
};
BOOST_DESCRIBE_STRUCT(QuestionRules, (), (open, review, names))

enum class QuestionState {
  pending,    ///< waits for a host
  published,  ///< everyone reads it and votes
  staged,     ///< being answered now; one at a time
  answered,
  dismissed,  ///< not published, or no more; the asker has the reason
  merged,     ///< its votes count for another one
  withdrawn,  ///< by its asker; the text is erased
};
BOOST_DESCRIBE_ENUM(QuestionState, pending, published, staged, answered, dismissed, merged, withdrawn)

/// The same question in another language, written by a person.
struct QuestionTranslation {
  std::string lang;
  std::string text;
  Body body;
  PersonRef by;
  std::int64_t at = 0;
};
BOOST_DESCRIBE_STRUCT(QuestionTranslation, (), (lang, text, body, by, at))

struct QuestionAnswer {
  std::string text;
  Body body;
  std::string lang;
  PersonRef by;
  std::int64_t at = 0;
};
BOOST_DESCRIBE_STRUCT(QuestionAnswer, (), (text, body, lang, by, at))

/// What everyone may read: published, staged or answered. On the webinar's channel of questions.
struct QuestionRecord {
  static constexpr std::string_view record_type = "question";
  QuestionState state{};
  std::optional<PersonRef> author;  ///< absent: anonymous
  std::string text;
  Body body;
  std::string lang;
  std::int64_t at = 0;
  std::int64_t published_at = 0;
  std::optional<std::int64_t> answered_at;
  std::optional<QuestionAnswer> answer;           ///< in writing; answered without one was answered aloud
  std::vector<QuestionTranslation> translations;  ///< at most one a language
  std::vector<QuestionId> merged;                 ///< whose votes count here: a vote for one of them is a vote for this
  std::optional<ThreadId> thread;                 ///< where it goes on after the webinar
};
BOOST_DESCRIBE_STRUCT(QuestionRecord, (),
                      (state, author, text, body, lang, at, published_at, answered_at, answer, translations, merged,
                       thread))

/// How many people voted for a question and for those merged into it; each counts once. Its id is the question's.
struct VotesRecord {
  static constexpr std::string_view record_type = "votes";
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(VotesRecord, (), (count))

/// What only hosts and moderators read: pending, dismissed or merged. On the backstage's channel.
struct ReviewRecord {
  static constexpr std::string_view record_type = "review";
  QuestionState state{};
  std::optional<PersonRef> author;  ///< absent: anonymous, here too
  std::string text;
  Body body;
  std::string lang;
  std::int64_t at = 0;
  std::optional<std::string> reason;
  std::optional<QuestionId> merged_into;
};
BOOST_DESCRIBE_STRUCT(ReviewRecord, (), (state, author, text, body, lang, at, reason, merged_into))

/// A question on the hosts' shortlist; its id is the question's. On the backstage's channel.
struct StarRecord {
  static constexpr std::string_view record_type = "star";
  std::int64_t place = 0;  ///< ascending, not without gaps
};
BOOST_DESCRIBE_STRUCT(StarRecord, (), (place))

/// One's own question, whatever became of it. On the person's channel of the webinar. Merged into one that was dismissed, it
/// says so, with the reason.
struct AskedRecord {
  static constexpr std::string_view record_type = "asked";
  QuestionState state{};
  bool anonymous = false;
  std::string text;
  std::string lang;
  std::int64_t at = 0;
  std::optional<std::string> reason;  ///< of a dismissal
  std::optional<QuestionId> merged_into;
  std::optional<QuestionAnswer> answer;
  std::optional<std::int64_t> appeal_until;  ///< of a dismissal
  std::optional<OwnAppeal> appeal;
  std::optional<ThreadId> thread;  ///< where it goes on after the webinar, or the one it was merged into
};
BOOST_DESCRIBE_STRUCT(AskedRecord, (),
                      (state, anonymous, text, lang, at, reason, merged_into, answer, appeal_until, appeal, thread))

/// One's own vote; its id is the question's. On the person's channel of the webinar.
struct VoteRecord {
  static constexpr std::string_view record_type = "vote";
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(VoteRecord, (), (on))

struct QuestionAskArgs {
  WebinarId webinar;
  QuestionText text;
  std::optional<LanguageTag> lang;
  std::optional<bool> anonymous;
};
BOOST_DESCRIBE_STRUCT(QuestionAskArgs, (), (webinar, text, lang, anonymous))

struct QuestionArgs {
  QuestionId question;
};
BOOST_DESCRIBE_STRUCT(QuestionArgs, (), (question))

struct QuestionVoteArgs {
  QuestionId question;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(QuestionVoteArgs, (), (question, on))

struct QuestionDismissArgs {
  QuestionId question;
  Reason reason;
};
BOOST_DESCRIBE_STRUCT(QuestionDismissArgs, (), (question, reason))

struct QuestionStageArgs {
  QuestionId question;
  bool on = true;
};
BOOST_DESCRIBE_STRUCT(QuestionStageArgs, (), (question, on))

/// Without a text it was answered aloud.
struct QuestionAnswerArgs {
  QuestionId question;
  std::optional<MessageText> text;
  std::optional<LanguageTag> lang;
};
BOOST_DESCRIBE_STRUCT(QuestionAnswerArgs, (), (question, text, lang))

/// Without a text the translation into `lang` is taken away.
struct QuestionTranslateArgs {
  QuestionId question;
  LanguageTag lang;
  std::optional<QuestionText> text;
};
BOOST_DESCRIBE_STRUCT(QuestionTranslateArgs, (), (question, lang, text))

struct QuestionMergeArgs {
  QuestionId question;
  QuestionId into;
};
BOOST_DESCRIBE_STRUCT(QuestionMergeArgs, (), (question, into))

/// `before`: the starred question it goes in front of; absent: to the end.
struct QuestionStarArgs {
  QuestionId question;
  bool on = true;
  std::optional<QuestionId> before;
};
BOOST_DESCRIBE_STRUCT(QuestionStarArgs, (), (question, on, before))

struct QuestionChanged {
  QuestionId question;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(QuestionChanged, (), (question, channel, rev))

struct WebinarQuestionsArgs {
  WebinarId webinar;
  bool open = true;
  bool review = true;
  QuestionNames names{};
};
BOOST_DESCRIBE_STRUCT(WebinarQuestionsArgs, (), (webinar, open, review, names))

}  // namespace plenary::protocol
