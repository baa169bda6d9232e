#pragma once
// Questions, their votes, translations and stars, and the marks of votes that must be counted anew.
//
// A question that is merged keeps its own votes. The *group* of a question is itself and everything merged into it, also by
// way of another: votes are counted over the group, each person once, so that undoing a merge is forgetting one arrow.

#include <optional>
#include <string>
#include <vector>

#include "protocol/questions.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct Dismissal {
  protocol::PersonId by;
  std::int64_t at = 0;
  std::string reason;
};

struct QuestionRow {
  protocol::QuestionId id;
  protocol::WebinarId webinar;
  protocol::PersonId author;  ///< also of an anonymous one: it is told what becomes of it
  bool anonymous = false;
  std::string text;  ///< empty once its asker withdrew it
  std::string lang;
  std::int64_t at = 0;
  protocol::QuestionState state{};
  std::optional<std::int64_t> published_at;
  std::optional<std::int64_t> answered_at;
  std::optional<Dismissal> dismissal;
  std::optional<protocol::QuestionId> merged_into;
  std::optional<protocol::QuestionState> state_before_merge;
};

/// `row.id` is given by the database.
protocol::QuestionId insert_question(Transaction& transaction, const QuestionRow& row);
std::optional<QuestionRow> find_question(Connection& connection, protocol::QuestionId id);
/// Writes what may change: everything but id, webinar, author, anonymous, lang and at.
void update_question(Transaction& transaction, const QuestionRow& row);
/// The one on stage.
std::optional<protocol::QuestionId> staged_question(Connection& connection, protocol::WebinarId webinar);
/// How many of one's questions still wait for a host.
std::int64_t count_pending_by(Connection& connection, protocol::WebinarId webinar, protocol::PersonId person);
std::int64_t count_questions(Connection& connection, protocol::WebinarId webinar);

/// The question that `id` counts for: itself, unless it is merged.
protocol::QuestionId group_head(Connection& connection, protocol::QuestionId id);
/// Everything merged into it, without itself, by id.
std::vector<protocol::QuestionId> merged_into(Connection& connection, protocol::QuestionId id);

struct TextBy {
  std::string lang;
  std::string text;
  protocol::PersonId by;
  std::int64_t at = 0;
};
void set_answer(Transaction& transaction, protocol::QuestionId question, const std::optional<TextBy>& answer);
std::optional<TextBy> find_answer(Connection& connection, protocol::QuestionId question);
void set_translation(Transaction& transaction, protocol::QuestionId question, const TextBy& translation);
void delete_translation(Transaction& transaction, protocol::QuestionId question, std::string_view lang);
std::vector<TextBy> translations_of(Connection& connection, protocol::QuestionId question);

/// A vote is given to the question itself, and taken back from its whole group.
void set_vote(Transaction& transaction, protocol::QuestionId question, protocol::PersonId person, bool on,
              protocol::Timestamp now);
/// Those of the group that this person voted for.
std::vector<protocol::QuestionId> votes_by(Connection& connection, protocol::QuestionId question,
                                           protocol::PersonId person);
/// People who voted in the group.
std::int64_t count_votes(Connection& connection, protocol::QuestionId question);

/// Dirty votes survive a crash: the mark is a row of the transaction that made it dirty.
void mark_votes_dirty(Transaction& transaction, protocol::QuestionId question);
std::vector<protocol::QuestionId> dirty_votes(Connection& connection, std::int64_t limit);
void clear_dirty_votes(Transaction& transaction, protocol::QuestionId question);

struct Star {
  protocol::QuestionId question;
  std::int64_t place = 0;
};
/// By place.
std::vector<Star> stars_of(Connection& connection, protocol::WebinarId webinar);
/// Nothing: the star is taken away.
void set_star(Transaction& transaction, protocol::QuestionId question, std::optional<std::int64_t> place);

}  // namespace plenary::storage
