#pragma once
// Webinars and who holds a role in them.

#include <optional>
#include <string>
#include <vector>

#include "protocol/time.hpp"
#include "protocol/webinars.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct WebinarRow {
  protocol::WebinarId id;
  protocol::LocalText title;
  protocol::WebinarState state{};
  protocol::Visibility visibility{};
  protocol::PeopleVisible people_visible{};
  std::optional<std::string> language;
  protocol::QuestionRules questions;
  std::int64_t created_at = 0;
  std::optional<std::int64_t> opened_at;
  std::optional<std::int64_t> closed_at;
};

/// `row.id` is given by the database.
protocol::WebinarId insert_webinar(Transaction& transaction, const WebinarRow& row);
std::optional<WebinarRow> find_webinar(Connection& connection, protocol::WebinarId id);
/// Newest first; only public ones for who is not a member.
std::vector<WebinarRow> list_webinars(Connection& connection, bool members_too, std::int64_t limit);
void set_webinar_state(Transaction& transaction, protocol::WebinarId id, protocol::WebinarState state,
                       protocol::Timestamp now);

void set_question_rules(Transaction& transaction, protocol::WebinarId id, const protocol::QuestionRules& rules);

/// A guest takes the role of attendee by joining; members need none.
void set_webinar_role(Transaction& transaction, protocol::WebinarId webinar, protocol::PersonId person,
                      protocol::WebinarRole role);
std::optional<protocol::WebinarRole> webinar_role(Connection& connection, protocol::WebinarId webinar,
                                                  protocol::PersonId person);
std::vector<protocol::WebinarId> webinars_attended_by(Connection& connection, protocol::PersonId person);
std::vector<protocol::PersonRef> hosts_of(Connection& connection, protocol::WebinarId webinar);

}  // namespace plenary::storage
