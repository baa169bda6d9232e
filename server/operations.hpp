#pragma once
// The operation table: one entry an operation, reached through two doors. Decodes the arguments, limits the rate, and
// hands over to the domain: reads to a reader, changes to the writer. What belongs to a socket alone (hello, subscribe and
// unsubscribe there, ping) is net/session's.

#include <atomic>
#include <functional>
#include <optional>
#include <string>

#include "protocol/json.hpp"
#include "protocol/operation.hpp"
#include "protocol/time.hpp"
#include "server/access/rate_limits.hpp"
#include "server/domain/people.hpp"
#include "server/sync/catch_up.hpp"
#include "server/sync/hub.hpp"
#include "server/sync/subscriber.hpp"
#include "server/sync/writer.hpp"

namespace plenary::server {

enum class Via { socket, http };

struct Request {
  protocol::Operation operation{};
  protocol::Json args;
  std::optional<std::string> key;
  sync::Identity who;
  Via via{};
  bool from_browser = false;  ///< never sees a token
  std::string address;        ///< of the peer, for limits on joining
};

/// The core a request came in on: answers go back to its thread.
struct Home {
  sync::Executor& core;
  sync::Hub& hub;
};

using Respond = std::function<void(protocol::Result<sync::Answer>)>;

struct OperationSettings {
  protocol::Limits limits;
  domain::SessionLengths session_lengths;
  sync::CatchUpLimits catch_up;
  std::function<void(protocol::WebinarId, protocol::PersonId)> typing;
  std::function<void(protocol::WebinarId, protocol::PersonId)> posted;  ///< who posts no longer types
  std::function<void()> tally_dirty;  ///< a reaction or a vote came: the clock republishes soon
  std::function<void(protocol::Operation, const std::optional<protocol::Error>&)> report;
};

class Operations {
 public:
  Operations(sync::CommandSink& writer, sync::Reads& reads, const protocol::Clock& clock, const sync::Epochs& epochs,
             OperationSettings settings);

  /// On the home core's thread; `respond` is called once, later, on the same thread.
  void perform(Request request, Home home, Respond respond);

  /// Set when the disk is nearly full: what would fill it further is refused with storage_full. Any thread.
  void refuse_growth(bool refuse) { refuses_growth_ = refuse; }

 private:
  template <protocol::Operation operation>
  void perform_as(Request request, Home home, const Respond& respond);
  std::optional<protocol::Error> refusal_of_change(const Request& request) const;
  std::optional<protocol::Error> over_rate(const Request& request);

  sync::CommandSink& writer_;
  sync::Reads& reads_;
  const protocol::Clock& clock_;
  const sync::Epochs& epochs_;
  OperationSettings settings_;
  access::RateLimits messages_by_person_;
  access::RateLimits joins_by_address_;
  std::atomic<bool> refuses_growth_ = false;
};

}  // namespace plenary::server
