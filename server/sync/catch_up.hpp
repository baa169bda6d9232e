#pragma once
// Reading a channel: what a subscription is answered, and a page of its timeline. Pure reads; called inside one
// ReadTransaction begun after the session was entered in its hub (DESIGN.md 5).

#include <string>
#include <vector>

#include "protocol/connection.hpp"
#include "storage/channels.hpp"
#include "storage/runs.hpp"

namespace plenary::server::sync {

/// The runs of this database, the current one last; fixed for the life of the program (PROTOCOL.md P15).
class Epochs {
 public:
  explicit Epochs(std::vector<storage::Run> runs) : runs_{std::move(runs)} {}
  [[nodiscard]] const std::string& current() const { return runs_.back().epoch; }
  /// Did commit `c` of run `epoch` happen in this database's own past?
  [[nodiscard]] bool is_past(const std::string& epoch, protocol::Commit c) const;

 private:
  std::vector<storage::Run> runs_;
};

struct CatchUpLimits {
  std::int64_t resume_records = 500;  ///< more missed than this: a snapshot
};

/// The caller was authorised. Signals are left empty: they are the core's.
protocol::SubscriptionAnswer read_subscription(storage::Connection& connection, const Epochs& epochs,
                                               const protocol::SubscribeArgs& args, const CatchUpLimits& limits);

/// The caller was authorised. Errors: missing_field, unknown_field, out_of_range.
protocol::Result<protocol::HistoryOk> read_history(storage::Connection& connection, const protocol::HistoryArgs& args);

}  // namespace plenary::server::sync
