#pragma once
// What travels between threads. A frame is encoded once and shared; nobody changes it afterwards.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "protocol/ids.hpp"

namespace plenary::storage {
class Connection;
struct ChannelChange;
}  // namespace plenary::storage

namespace plenary::server::sync {

using protocol::Commit;
using protocol::Rev;

/// One JSON object, without the newline that separates it from the next.
using Frame = std::shared_ptr<const std::string>;

inline Frame make_frame(std::string text) { return std::make_shared<const std::string>(std::move(text)); }

/// Every record of `channel` changed in (from, rev], as of `rev`.
struct Push {
  std::string channel;
  Rev from = 0;
  Rev rev = 0;
  Frame frame;
};

/// {"ch":…,"from":…,"rev":…,"c":…,"put":[…]}
Push encode_push(const storage::ChannelChange& change, Commit commit);

/// Whose subscriptions must be authorised anew, because a right was lost. A member that is 0 or empty matches anything.
struct Recheck {
  protocol::SessionId session{};
  protocol::PersonId person{};
  std::string channel{};
};

/// What one commit hands to every core, in order.
struct Delivery {
  Commit commit = 0;
  std::vector<Push> pushes;
  std::vector<Recheck> rechecks;
};

/// Runs things on one thread, in the order posted. post() may be called from any thread.
class Executor {
 public:
  virtual ~Executor() = default;
  virtual void post(std::function<void()> task) = 0;
};

/// Runs reads on a thread with a read-only connection. submit() may be called from any thread; the job must not throw
/// except StorageError, which is logged and becomes `failed`.
class Reads {
 public:
  virtual ~Reads() = default;
  virtual void submit(std::function<void(storage::Connection&)> job, std::function<void()> failed) = 0;
};

}  // namespace plenary::server::sync
