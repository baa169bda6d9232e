#include "tests/support/view.hpp"

namespace plenary::test {

using nlohmann::json;

void View::apply_answer(const json& answer) {
  const bool is_snapshot = answer.at("mode") == "snapshot";
  if (is_snapshot) records_.clear();
  for (const json& record : answer.at("records")) put(record);
  channel_ = answer.at("channel").get<std::string>();
  epoch_ = answer.at("epoch").get<std::string>();
  commit_ = answer.at("c").get<std::int64_t>();
  rev_ = answer.at("rev").get<std::int64_t>();
}

bool View::apply_push(const json& push) {
  if (push.at("rev") <= rev_) return true;
  if (push.at("from") > rev_) return false;
  for (const json& record : push.at("put")) put(record);
  commit_ = push.at("c").get<std::int64_t>();
  rev_ = push.at("rev").get<std::int64_t>();
  return true;
}

json View::resumption() const { return {{"channel", channel_}, {"epoch", epoch_}, {"c", commit_}, {"since", rev_}}; }

void View::put(const json& record) {
  const std::pair<std::string, std::int64_t> key{record.at("type").get<std::string>(),
                                                 record.at("id").get<std::int64_t>()};
  if (key.first == "message") ++times_told_[key.second];
  if (record.contains("gone")) {
    records_.erase(key);
  } else {
    records_[key] = record;
  }
}

}  // namespace plenary::test
