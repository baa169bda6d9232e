#pragma once
// Who is asking, and where they stand. Read afresh inside the transaction that decides, so that an ended session or a
// lost role counts at once. Any thread with a connection of its own.

#include <optional>
#include <string>
#include <string_view>

#include "protocol/time.hpp"
#include "server/access/policy.hpp"
#include "storage/boards.hpp"
#include "storage/sessions.hpp"
#include "storage/webinars.hpp"

namespace plenary::server::access {

/// Nobody when `person` is absent.
struct Caller {
  protocol::SessionId session{};
  std::optional<storage::PersonRow> person{};

  [[nodiscard]] protocol::PersonId id() const { return person ? person->id : protocol::PersonId{}; }
};

/// Nobody for session 0 and for a session that has ended or expired.
Caller resolve(storage::Connection& connection, protocol::SessionId session, protocol::Timestamp now);

/// Towards the site.
Standing standing(const Caller& caller);
/// Towards a webinar.
Standing standing(storage::Connection& connection, const Caller& caller, const storage::WebinarRow& webinar);

/// Towards a board, and its threads.
Standing standing(const Caller& caller, const storage::BoardRow& board);

/// A channel's name, taken apart. The only place that knows how names are written.
struct ChannelName {
  ChannelKind kind{};
  protocol::WebinarId webinar{};  ///< webinar…
  protocol::BoardId board{};      ///< board, board_moderation
  protocol::ThreadId thread{};    ///< thread, thread_person
  protocol::PersonId person{};    ///< …_person, person
};
std::optional<ChannelName> parse_channel(std::string_view name);
std::string webinar_channel(protocol::WebinarId webinar);
std::string webinar_questions_channel(protocol::WebinarId webinar);
std::string webinar_backstage_channel(protocol::WebinarId webinar);
std::string webinar_person_channel(protocol::WebinarId webinar, protocol::PersonId person);
std::string board_channel(protocol::BoardId board);
std::string board_moderation_channel(protocol::BoardId board);
std::string thread_channel(protocol::ThreadId thread);
std::string thread_person_channel(protocol::ThreadId thread, protocol::PersonId person);
/// What's New, for whom it may concern.
std::string news_channel(protocol::Visibility visibility);
std::string person_channel(protocol::PersonId person);

/// May the caller read this channel? Nothing when they may.
std::optional<protocol::Error> refuse_channel(storage::Connection& connection, const Caller& caller,
                                              std::string_view channel);

}  // namespace plenary::server::access
