#pragma once
// One core's channels: which local subscriptions each has, and the last signals. Sessions never move between cores and
// share nothing, so there is no lock here: everything runs on the core's thread.

#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "server/sync/frame.hpp"

namespace plenary::server::sync {

class Subscriber;
struct Subscription;

/// Told when somebody's subscription begins and ends to count. On the core's thread.
class SubscriptionObserver {
 public:
  virtual ~SubscriptionObserver() = default;
  virtual void subscribed(const std::string& channel, protocol::PersonId person) = 0;
  virtual void unsubscribed(const std::string& channel, protocol::PersonId person) = 0;
};

class Hub {
 public:
  explicit Hub(SubscriptionObserver& observer) : observer_{observer} {}
  ~Hub();
  Hub(const Hub&) = delete;
  Hub& operator=(const Hub&) = delete;

  /// A commit's pushes to the local subscriptions, then its rechecks. Nothing leaves before flush(): what several commits
  /// brought in the meantime leaves each reader in one write.
  void deliver(const Delivery& delivery);
  void flush();
  /// `value` is the signal's JSON object; the last of each type is kept for who comes later. An empty one forgets it:
  /// whoever sums a signal says so when there is nothing left to say.
  void signal(const std::string& channel, const std::string& type, const std::string& value);
  [[nodiscard]] std::vector<std::string> last_signals(const std::string& channel) const;

  void add(Subscription& subscription);
  void remove(Subscription& subscription);
  /// It is closing: not to be flushed any more.
  void forget(Subscriber& subscriber);

  [[nodiscard]] SubscriptionObserver& observer() { return observer_; }

 private:
  void recheck(const Recheck& recheck);

  SubscriptionObserver& observer_;
  std::unordered_map<std::string, std::vector<Subscription*>> channels_;
  std::unordered_map<std::string, std::map<std::string, std::string>> signals_;  // channel → type → value
  std::vector<Subscriber*> touched_;                                             // has something new to write
};

}  // namespace plenary::server::sync
