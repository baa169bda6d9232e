#pragma once
// Every operation of the protocol: its arguments and its answer. The shapes here are the single source: decoding,
// validation, encoding and the generated TypeScript come from them (Boost.Describe). Members in snake_case are camelCase
// on the wire. An optional member may be absent; `null` is a wrong type.

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/records.hpp"
#include "protocol/text.hpp"

namespace plenary::protocol {

/// Over which door an operation may come.
enum class Door { both, socket_only };

// ---- the connection ------------------------------------------------------------------------------------------------

enum class Page { last, none };
BOOST_DESCRIBE_ENUM(Page, last, none)

struct SubscribeArgs {
  std::string channel;
  std::optional<std::string> epoch;
  std::optional<Commit> c;
  std::optional<Rev> since;
  std::optional<Page> page;
};
BOOST_DESCRIBE_STRUCT(SubscribeArgs, (), (channel, epoch, c, since, page))

struct HelloArgs {
  std::optional<std::string> client;
  std::optional<std::string> locale;
  std::optional<std::vector<SubscribeArgs>> subscriptions;
};
BOOST_DESCRIBE_STRUCT(HelloArgs, (), (client, locale, subscriptions))

struct UnsubscribeArgs {
  std::string channel;
};
BOOST_DESCRIBE_STRUCT(UnsubscribeArgs, (), (channel))

struct HistoryArgs {
  std::string channel;
  std::optional<Pos> before;
  std::optional<Pos> after;
  std::optional<Pos> around;
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(HistoryArgs, (), (channel, before, after, around, limit))

struct ChannelHead {
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(ChannelHead, (), (channel, rev))

struct PingArgs {
  std::optional<std::vector<ChannelHead>> heads;
};
BOOST_DESCRIBE_STRUCT(PingArgs, (), (heads))

struct PingOk {
  std::int64_t at = 0;  ///< the server's clock
};
BOOST_DESCRIBE_STRUCT(PingOk, (), (at))

// ---- webinars ------------------------------------------------------------------------------------------------------

struct TitleArgs {
  Title en;
  Title fr;
};
BOOST_DESCRIBE_STRUCT(TitleArgs, (), (en, fr))

struct WebinarCreateArgs {
  TitleArgs title;
  Visibility visibility{};
  std::optional<PeopleVisible> people_visible;
  std::optional<LanguageTag> language;
};
BOOST_DESCRIBE_STRUCT(WebinarCreateArgs, (), (title, visibility, people_visible, language))

struct WebinarArgs {
  WebinarId webinar;
};
BOOST_DESCRIBE_STRUCT(WebinarArgs, (), (webinar))

struct WebinarChanged {
  WebinarId webinar;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(WebinarChanged, (), (webinar, channel, rev))

struct NoArgs {};
BOOST_DESCRIBE_STRUCT(NoArgs, (), ())

struct WebinarSummary {
  WebinarId id;
  LocalText title;
  WebinarState state{};
  Visibility visibility{};
  PeopleVisible people_visible{};
  std::int64_t created_at = 0;
};
BOOST_DESCRIBE_STRUCT(WebinarSummary, (), (id, title, state, visibility, people_visible, created_at))

struct WebinarListOk {
  std::vector<WebinarSummary> webinars;
};
BOOST_DESCRIBE_STRUCT(WebinarListOk, (), (webinars))

// ---- messages ------------------------------------------------------------------------------------------------------

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

// ---- people --------------------------------------------------------------------------------------------------------

struct PeopleListArgs {
  WebinarId webinar;
  std::optional<SearchText> search;
  std::optional<std::string> after;  ///< the `next` of the page before
  std::optional<std::int64_t> limit;
};
BOOST_DESCRIBE_STRUCT(PeopleListArgs, (), (webinar, search, after, limit))

struct Attendee {
  PersonId id;
  std::string name;
  PersonKind kind{};
  bool host = false;
  bool present = false;
};
BOOST_DESCRIBE_STRUCT(Attendee, (), (id, name, kind, host, present))

struct PeopleListOk {
  std::vector<Attendee> people;
  std::int64_t count = 0;    ///< who matches, on all pages
  std::int64_t present = 0;  ///< of these, who is here now
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(PeopleListOk, (), (people, count, present, next))

struct SessionGuestArgs {
  WebinarId webinar;
  DisplayName name;
};
BOOST_DESCRIBE_STRUCT(SessionGuestArgs, (), (webinar, name))

struct SessionRedeemArgs {
  std::string token;
  std::optional<DisplayName> name;
};
BOOST_DESCRIBE_STRUCT(SessionRedeemArgs, (), (token, name))

struct SessionOk {
  PersonId person;
  std::optional<std::string> token;
};
BOOST_DESCRIBE_STRUCT(SessionOk, (), (person, token))

// ---- the table -----------------------------------------------------------------------------------------------------

/// Every operation; the order is the order of the table in PROTOCOL.md.
enum class Operation {
  hello,
  subscribe,
  unsubscribe,
  history,
  ping,
  webinar_create,
  webinar_list,
  webinar_open,
  webinar_close,
  message_post,
  message_edit,
  message_remove,
  message_react,
  typing,
  people_list,
  session_guest,
  session_redeem,
  session_end,
};
BOOST_DESCRIBE_ENUM(Operation, hello, subscribe, unsubscribe, history, ping, webinar_create, webinar_list, webinar_open,
                    webinar_close, message_post, message_edit, message_remove, message_react, typing, people_list,
                    session_guest, session_redeem, session_end)

/// The wire name: `message_post` → "message.post".
std::string_view wire_name(Operation operation);
std::optional<Operation> operation_from_wire(std::string_view name);

/// What an operation is made of. `Ok` of void-like operations is NoArgs: `{}`.
template <Operation>
struct OperationTraits;

#define PLENARY_OPERATION(name_, args_, ok_, door_, changes_) \
  template <>                                                 \
  struct OperationTraits<Operation::name_> {                  \
    using Args = args_;                                       \
    using Ok = ok_;                                           \
    static constexpr Door door = Door::door_;                 \
    static constexpr bool changes = changes_;                 \
  };

PLENARY_OPERATION(hello, HelloArgs, HelloOk, socket_only, false)
PLENARY_OPERATION(subscribe, SubscribeArgs, SubscriptionAnswer, both, false)
PLENARY_OPERATION(unsubscribe, UnsubscribeArgs, UnsubscribeArgs, socket_only, false)
PLENARY_OPERATION(history, HistoryArgs, HistoryOk, both, false)
PLENARY_OPERATION(ping, PingArgs, PingOk, socket_only, false)
PLENARY_OPERATION(webinar_create, WebinarCreateArgs, WebinarChanged, both, true)
PLENARY_OPERATION(webinar_list, NoArgs, WebinarListOk, both, false)
PLENARY_OPERATION(webinar_open, WebinarArgs, WebinarChanged, both, true)
PLENARY_OPERATION(webinar_close, WebinarArgs, WebinarChanged, both, true)
PLENARY_OPERATION(message_post, MessagePostArgs, MessageChanged, both, true)
PLENARY_OPERATION(message_edit, MessageEditArgs, MessageChanged, both, true)
PLENARY_OPERATION(message_remove, MessageRemoveArgs, MessageChanged, both, true)
PLENARY_OPERATION(message_react, MessageReactArgs, MessageChanged, both, true)
PLENARY_OPERATION(typing, WebinarArgs, NoArgs, socket_only, false)
PLENARY_OPERATION(people_list, PeopleListArgs, PeopleListOk, both, false)
PLENARY_OPERATION(session_guest, SessionGuestArgs, SessionOk, both, true)
PLENARY_OPERATION(session_redeem, SessionRedeemArgs, SessionOk, both, true)
PLENARY_OPERATION(session_end, NoArgs, NoArgs, both, true)

#undef PLENARY_OPERATION

}  // namespace plenary::protocol
