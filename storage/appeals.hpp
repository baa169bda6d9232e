#pragma once
// Appeals: one a removed message or post, or a dismissed question.

#include <optional>
#include <string>

#include "protocol/appeals.hpp"
#include "protocol/time.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct AppealRow {
  protocol::AppealId id;
  std::optional<protocol::WebinarId> webinar;  ///< absent: it is about a post
  std::optional<protocol::MessageId> message;  ///< or question, or post
  std::optional<protocol::QuestionId> question;
  protocol::PersonId decided_by;  ///< who removed or dismissed it, when, and the reason they gave
  std::int64_t decided_at = 0;
  std::string reason;
  std::string text;
  std::int64_t at = 0;
  protocol::AppealState state{};
  std::optional<std::string> answer;
  std::optional<protocol::PersonId> answered_by;
  std::optional<std::int64_t> answered_at;
  std::optional<protocol::PostId> post;
};

/// `row.id` is given by the database.
protocol::AppealId insert_appeal(Transaction& transaction, const AppealRow& row);
std::optional<AppealRow> find_appeal(Connection& connection, protocol::AppealId id);
std::optional<AppealRow> find_appeal_of(Connection& connection, protocol::MessageId message);
std::optional<AppealRow> find_appeal_of(Connection& connection, protocol::QuestionId question);
std::optional<AppealRow> find_appeal_of(Connection& connection, protocol::PostId post);
void decide_appeal(Transaction& transaction, protocol::AppealId id, protocol::AppealState state,
                   std::string_view answer, protocol::PersonId by, protocol::Timestamp now);

/// As its author sees it.
protocol::OwnAppeal own_appeal(const AppealRow& row);

}  // namespace plenary::storage
