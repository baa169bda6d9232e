#pragma once
// A client of the simulation: the rules of PROTOCOL.md P11–P34 for a client, in C++. It talks JSON frames over a link that
// its owner delivers, drops and breaks.

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/json.hpp"

namespace plenary::simulation {

using protocol::Json;

/// Mistakes a client can make: each must be found by the simulation.
enum class ClientMistake {
  none,
  applies_across_a_gap,         ///< P22: from > mine is applied as if nothing were missing
  keeps_records_of_a_snapshot,  ///< P21: a snapshot is merged instead of replacing
  forgets_its_commit,           ///< P15: resumes with the first commit it saw of the run instead of the last
  makes_a_new_key_for_a_retry,  ///< P30: what was not acknowledged is sent as a new intent
  takes_the_lower_rev,          ///< P24: what came last wins, not the higher rev
};

struct RecordName {
  std::string type;
  std::int64_t id = 0;
  auto operator<=>(const RecordName&) const = default;
};

/// What a client holds of a channel.
struct View {
  std::string epoch;
  std::int64_t c = 0;
  std::int64_t first_c = 0;  ///< of this epoch: for the mistake
  std::int64_t rev = 0;
  std::int64_t oldest = 1;  ///< the timeline is held whole from this pos on
  std::map<RecordName, Json> records;
};

struct Intent {
  std::string operation;
  std::string key;
  Json args;
};

class Client {
 public:
  Client(std::string channel, ClientMistake mistake, std::function<std::string()> new_key);

  /// A new connection: says hello and resumes.
  void connected(std::function<void(std::string)> send);
  void disconnected();
  [[nodiscard]] bool is_connected() const { return send_ != nullptr; }
  /// A message of the server: one or more frames.
  void receive(const std::string& text);

  void intend(std::string operation, Json args);
  void ask_older();
  void ping();

  [[nodiscard]] const View& view() const { return view_; }
  [[nodiscard]] bool is_idle() const { return outbox_.empty() && waiting_.empty() && view_known_; }
  /// Texts of posts that were acknowledged, in order.
  [[nodiscard]] const std::vector<std::string>& acknowledged() const { return acknowledged_; }
  /// Broken rules noticed on the way.
  [[nodiscard]] const std::vector<std::string>& complaints() const { return complaints_; }

 private:
  enum class Asked { hello, subscribe, history, intent, ping };

  void request(Asked what, const std::string& operation, Json args, const std::string& key = {});
  void take_frame(const Json& frame);
  void take_reply(const Json& reply);
  void take_push(const Json& push);
  void take_answer(const Json& answer);
  void take_history(const Json& history);
  void take_outcome(const Json& reply);
  void put(const Json& record);
  void forget_what_is_not_held();
  void subscribe();
  [[nodiscard]] Json subscription() const;
  void send_next_intent();

  std::string channel_;
  ClientMistake mistake_;
  std::function<std::string()> new_key_;
  std::function<void(std::string)> send_;
  std::int64_t last_id_ = 0;
  std::map<std::int64_t, Asked> waiting_;
  View view_;
  bool view_known_ = false;
  bool greeted_ = false;
  bool subscribing_ = false;
  bool history_outstanding_ = false;
  bool history_is_void_ = false;
  std::deque<Intent> outbox_;
  bool intent_in_flight_ = false;
  std::vector<std::string> acknowledged_;
  std::vector<std::string> complaints_;
};

}  // namespace plenary::simulation
