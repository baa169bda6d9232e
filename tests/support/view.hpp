#pragma once
// What a client holds of one channel, kept by the protocol's rule (P22) and by nothing else.

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace plenary::test {

class View {
 public:
  /// The answer of a subscription: a snapshot replaces, a resume adds.
  void apply_answer(const nlohmann::json& answer);
  /// False when the push begins above what is held: the client must ask again.
  [[nodiscard]] bool apply_push(const nlohmann::json& push);
  /// {channel, epoch, c, since}: how the client asks for what it missed.
  [[nodiscard]] nlohmann::json resumption() const;

  [[nodiscard]] std::int64_t rev() const { return rev_; }
  /// How often a message came in a push or a resume: once, where nobody changed it.
  [[nodiscard]] const std::map<std::int64_t, int>& times_told() const { return times_told_; }
  /// Without tombstones.
  [[nodiscard]] const std::map<std::pair<std::string, std::int64_t>, nlohmann::json>& records() const {
    return records_;
  }

 private:
  void put(const nlohmann::json& record);

  std::string channel_;
  std::string epoch_;
  std::int64_t commit_ = 0;
  std::int64_t rev_ = 0;
  std::map<std::pair<std::string, std::int64_t>, nlohmann::json> records_;
  std::map<std::int64_t, int> times_told_;
};

}  // namespace plenary::test
