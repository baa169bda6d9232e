#pragma once
// One connection's outgoing half: its subscriptions, the queue of frames, and what happens when it reads too slowly
// (PROTOCOL.md P21–P27). Knows neither webinars nor sockets. Everything on the core's thread.
//
// A subscription is *joining* from the moment it is in the hub until its answer is queued: what is pushed meanwhile is
// held, and what the answer does not already contain follows it. A reader over its byte budget loses its queued pushes:
// those subscriptions are *behind* until the queue has drained, and then join again from the rev last handed to the
// socket. So each subscription always knows exactly what the client can have.

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "protocol/connection.hpp"
#include "server/sync/catch_up.hpp"
#include "server/sync/frame.hpp"

namespace plenary::server::sync {

class Hub;
class Subscriber;

/// What carries frames to the client, one gathered write at a time.
class Outlet {
 public:
  virtual ~Outlet() = default;
  /// Begins to write all of these; Subscriber::written() follows once the system has taken them.
  virtual void write(std::vector<Frame> frames) = 0;
};

struct Identity {
  protocol::SessionId session;
  protocol::PersonId person;
};

struct Subscription {
  enum class State { joining, live, behind };

  std::string channel;
  Subscriber* owner = nullptr;
  State state = State::joining;
  std::uint64_t ticket = 0;  ///< the answer it waits for; another one is dropped
  Rev handed = 0;            ///< last rev given to the socket
  Rev queued = 0;            ///< last rev in the queue
  Rev claimed_by_now = 0;    ///< `handed` at the last ping: by the next one the client must have it
  bool counted = false;      ///< it was answered once, and the observer knows of it
  std::vector<Push> held;    ///< while joining
  std::size_t held_bytes = 0;
  bool held_overflowed = false;
  std::size_t hub_index = 0;
};

/// Reads on a reader's thread whether `identity` may read `channel`; nothing when it may.
using Authorise = std::function<std::optional<protocol::Error>(storage::Connection&, Identity, const std::string&)>;

/// What is worth counting.
enum class SubscriberEvent { subscribed, unsubscribed, resumed, snapshot, pushes_dropped, caught_up };

/// What every subscriber of a core works with. Outlives them.
struct SubscriberTools {
  Hub& hub;
  Executor& core;
  Reads& reads;
  const Epochs& epochs;
  Authorise authorise;
  CatchUpLimits limits;
  std::size_t queue_bytes = 256 * 1024;
  std::function<void(SubscriberEvent, std::size_t)> report = [](SubscriberEvent, std::size_t) {};
};

class Subscriber : public std::enable_shared_from_this<Subscriber> {
 public:
  Subscriber(SubscriberTools& tools, Identity identity, Outlet& outlet);
  ~Subscriber();
  Subscriber(const Subscriber&) = delete;
  Subscriber& operator=(const Subscriber&) = delete;

  [[nodiscard]] const Identity& identity() const { return identity_; }
  [[nodiscard]] std::size_t queued_bytes() const { return queued_bytes_; }
  [[nodiscard]] std::size_t subscription_count() const { return subscriptions_.size(); }
  [[nodiscard]] bool is_subscribed(const std::string& channel) const { return subscriptions_.contains(channel); }

  /// Answers every one of `asked` in `answer`, each by itself, in order: SubscriptionAnswer or SubscriptionRefused.
  /// `answer` makes the frame of the reply; the pushes follow it.
  using Answers = std::vector<protocol::Result<protocol::SubscriptionAnswer>>;
  void subscribe(std::vector<protocol::SubscribeArgs> asked, std::function<Frame(Answers)> answer);
  void unsubscribe(const std::string& channel);
  /// What the client says it has (P25).
  void compare(const std::vector<protocol::ChannelHead>& claimed);

  /// A reply: never dropped.
  void reply(Frame frame);
  /// The outlet took what it was given.
  void written();
  /// No more: leaves the hub. The outlet is not touched again.
  void close();

  // From the hub. True: flush() is wanted.
  bool take(Subscription& subscription, const Push& push);
  bool take_signal(Subscription& subscription, const Frame& frame);
  void recheck(Subscription& subscription);
  void flush();

 private:
  enum class Kind { reply, push, signal };
  struct Outgoing {
    Frame frame;
    Kind kind;
    std::string channel;  // push and signal
    Rev rev = 0;          // push
  };

  Subscription& join(const std::string& channel, Rev handed);
  void drop(const std::string& channel);
  void settle(Subscription& subscription, Rev rev);
  void catch_up(Subscription& subscription);
  void caught_up(Subscription& subscription, const protocol::Result<protocol::SubscriptionAnswer>& answer);
  void fall_behind();
  void rejoin_behind();
  void enqueue(Outgoing outgoing);
  void drop_queued(const std::string& channel);
  void tell(const std::string& channel, const char* what);
  [[nodiscard]] std::shared_ptr<Subscriber> alive() { return shared_from_this(); }

  SubscriberTools& tools_;
  Identity identity_;
  Outlet& outlet_;
  std::unordered_map<std::string, Subscription> subscriptions_;
  std::deque<Outgoing> queue_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t last_ticket_ = 0;
  bool writing_ = false;
  bool closed_ = false;
};

}  // namespace plenary::server::sync
