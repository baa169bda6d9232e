#pragma once
// The operations of a connection and the answers that carry records.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/people.hpp"
#include "protocol/raw_json.hpp"

namespace plenary::protocol {

struct NoArgs {};
BOOST_DESCRIBE_STRUCT(NoArgs, (), ())

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
