#pragma once
// The records a channel holds, the signals it carries, and the frames that bring them.
//
// A record's `type`, `id`, `rev` and `pos` are the sync engine's: it writes them in front of the fields below, which are
// the domain's. So the structs here hold fields only, and `record_type` names them.

#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/rich_text.hpp"

namespace plenary::protocol {

struct LocalText {
  std::string en;
  std::string fr;
};
BOOST_DESCRIBE_STRUCT(LocalText, (), (en, fr))

enum class Visibility { public_, members };
BOOST_DESCRIBE_ENUM(Visibility, public_, members)

enum class WebinarState { scheduled, live, ended };
BOOST_DESCRIBE_ENUM(WebinarState, scheduled, live, ended)

enum class PeopleVisible { count, names };
BOOST_DESCRIBE_ENUM(PeopleVisible, count, names)

enum class PersonKind { guest, member };
BOOST_DESCRIBE_ENUM(PersonKind, guest, member)

enum class SiteRole { member, moderator, admin };
BOOST_DESCRIBE_ENUM(SiteRole, member, moderator, admin)

enum class WebinarRole { attendee, host };
BOOST_DESCRIBE_ENUM(WebinarRole, attendee, host)

/// A person as everyone in the room may see them.
struct PersonRef {
  PersonId id;
  std::string name;
  std::optional<WebinarRole> role;  ///< said only where it is more than attendee
};
BOOST_DESCRIBE_STRUCT(PersonRef, (), (id, name, role))

struct WebinarRecord {
  static constexpr std::string_view record_type = "webinar";
  LocalText title;
  WebinarState state{};
  Visibility visibility{};
  PeopleVisible people_visible{};
  std::optional<std::string> language;
  std::vector<PersonRef> hosts;
  std::int64_t created_at = 0;
  std::optional<std::int64_t> opened_at;
  std::optional<std::int64_t> closed_at;
};
BOOST_DESCRIBE_STRUCT(WebinarRecord, (),
                      (title, state, visibility, people_visible, language, hosts, created_at, opened_at, closed_at))

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

/// One's own text, given back when somebody else removed it; its id is the message's.
struct ReturnedRecord {
  static constexpr std::string_view record_type = "returned";
  std::string text;
  std::string reason;
  RemovedBy by{};
  std::int64_t at = 0;
};
BOOST_DESCRIBE_STRUCT(ReturnedRecord, (), (text, reason, by, at))

/// Oneself.
struct PersonRecord {
  static constexpr std::string_view record_type = "person";
  std::string name;
  PersonKind kind{};
  std::optional<SiteRole> site_role;
};
BOOST_DESCRIBE_STRUCT(PersonRecord, (), (name, kind, site_role))

// ---- signals -------------------------------------------------------------------------------------------------------

struct PeopleSignal {
  static constexpr std::string_view signal_type = "people";
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(PeopleSignal, (), (count))

struct TypingSignal {
  static constexpr std::string_view signal_type = "typing";
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TypingSignal, (), (count))

// ---- answers that carry records ------------------------------------------------------------------------------------

/// JSON that is already encoded, spliced in as it is. `Any` in the generated types.
struct RawJson {
  std::string text;
  bool operator==(const RawJson&) const = default;
};

enum class SubscriptionMode { resume, snapshot };
BOOST_DESCRIBE_ENUM(SubscriptionMode, resume, snapshot)

struct SubscriptionAnswer {
  std::string channel;
  std::string epoch;
  Commit c = 0;
  Rev rev = 0;
  SubscriptionMode mode{};
  std::vector<RawJson> records;
  std::vector<RawJson> signals;
  bool more = false;
};
BOOST_DESCRIBE_STRUCT(SubscriptionAnswer, (), (channel, epoch, c, rev, mode, records, signals, more))

struct SubscriptionRefused {
  std::string channel;
  Error error;
};
BOOST_DESCRIBE_STRUCT(SubscriptionRefused, (), (channel, error))

struct HistoryOk {
  std::string channel;
  Rev rev = 0;
  std::vector<RawJson> records;
  bool more = false;
};
BOOST_DESCRIBE_STRUCT(HistoryOk, (), (channel, rev, records, more))

struct Me {
  PersonId id;
  std::string name;
  PersonKind kind{};
  std::optional<SiteRole> site_role;
  std::vector<WebinarId> guest_of;  ///< the webinars a guest has joined; empty for members, who need not
};
BOOST_DESCRIBE_STRUCT(Me, (), (id, name, kind, site_role, guest_of))

struct HelloOk {
  std::string server;   ///< version of the program
  std::string release;  ///< build of the web client it serves: another one than mine means reload when quiet
  std::string epoch;
  std::int64_t at = 0;  ///< the server's clock
  std::optional<Me> me;
  Limits limits;
  std::vector<RawJson> subscriptions;  ///< SubscriptionAnswer or SubscriptionRefused, in the order asked
};
BOOST_DESCRIBE_STRUCT(HelloOk, (), (server, release, epoch, at, me, limits, subscriptions))

}  // namespace plenary::protocol
