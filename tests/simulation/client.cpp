#include "tests/simulation/client.hpp"

#include <algorithm>

namespace plenary::simulation {

namespace {

std::int64_t number(const Json& json, const char* member) { return json.at(member).get<std::int64_t>(); }
std::string text(const Json& json, const char* member) { return json.at(member).get<std::string>(); }

}  // namespace

Client::Client(std::string channel, ClientMistake mistake, std::function<std::string()> new_key)
    : channel_{std::move(channel)}, mistake_{mistake}, new_key_{std::move(new_key)} {}

Json Client::subscription() const {
  Json asked{{"channel", channel_}};
  if (view_known_) {
    asked["epoch"] = view_.epoch;
    asked["c"] = mistake_ == ClientMistake::forgets_its_commit ? view_.first_c : view_.c;
    asked["since"] = view_.rev;
  }
  return asked;
}

void Client::connected(std::function<void(std::string)> send) {
  greeted_ = false;
  send_ = std::move(send);
  waiting_.clear();
  subscribing_ = true;
  history_outstanding_ = false;
  intent_in_flight_ = false;
  request(Asked::hello, "hello", {{"client", "simulation"}, {"subscriptions", Json::array({subscription()})}});
}

void Client::disconnected() {
  send_ = nullptr;
  waiting_.clear();
  subscribing_ = history_outstanding_ = intent_in_flight_ = greeted_ = false;
  forget_what_is_not_held();
}

void Client::request(Asked what, const std::string& operation, Json args, const std::string& key) {
  const std::int64_t id = ++last_id_;
  waiting_[id] = what;
  Json frame{{"id", id}, {"op", operation}, {"args", std::move(args)}};
  if (!key.empty()) frame["key"] = key;
  send_(frame.dump());
}

void Client::receive(const std::string& message) {
  std::size_t from = 0;
  while (from < message.size() && is_connected()) {
    const auto end = std::min(message.find('\n', from), message.size());
    take_frame(Json::parse(message.substr(from, end - from)));
    from = end + 1;
  }
}

void Client::take_frame(const Json& frame) {
  if (frame.contains("id")) return take_reply(frame);
  if (frame.contains("closing") || frame.contains("signal") || text(frame, "ch") != channel_) return;
  if (frame.contains("put")) return take_push(frame);
  if (frame.contains("stale")) return subscribe();
  complaints_.push_back("unexpected frame " + frame.dump());
}

void Client::take_reply(const Json& reply) {
  const auto found = waiting_.find(number(reply, "id"));
  if (found == waiting_.end()) {
    complaints_.push_back("a reply nobody waits for " + reply.dump());
    return;
  }
  const Asked what = found->second;
  waiting_.erase(found);
  switch (what) {
    case Asked::hello:
      if (reply.contains("ok")) {
        take_answer(reply.at("ok").at("subscriptions").at(0));
      }
      greeted_ = true;
      return send_next_intent();
    case Asked::subscribe:
      if (reply.contains("ok")) return take_answer(reply.at("ok"));
      return subscribe();
    case Asked::history:
      history_outstanding_ = false;
      if (reply.contains("ok")) take_history(reply.at("ok"));
      return forget_what_is_not_held();
    case Asked::intent: return take_outcome(reply);
    case Asked::ping: return;
  }
}

void Client::take_answer(const Json& answer) {
  if (answer.contains("error")) return subscribe();
  subscribing_ = false;
  const bool is_snapshot = text(answer, "mode") == "snapshot";
  if (is_snapshot && mistake_ != ClientMistake::keeps_records_of_a_snapshot) view_.records.clear();
  if (is_snapshot) {
    // A history on its way adjoins what was held before, not this.
    history_is_void_ = history_outstanding_;
    std::int64_t oldest = 0;
    for (const Json& record : answer.at("records")) {
      if (record.contains("pos") && (oldest == 0 || number(record, "pos") < oldest)) oldest = number(record, "pos");
    }
    view_.oldest = std::max<std::int64_t>(oldest, 1);
  }
  for (const Json& record : answer.at("records")) put(record);
  view_.c = number(answer, "c");
  if (view_.epoch != text(answer, "epoch")) view_.first_c = view_.c;
  view_.epoch = text(answer, "epoch");
  view_.rev = number(answer, "rev");
  view_known_ = true;
}

void Client::take_push(const Json& push) {
  if (subscribing_) {
    complaints_.push_back("a push before the answer");
    return;
  }
  const auto from = number(push, "from");
  const auto rev = number(push, "rev");
  if (rev <= view_.rev) return;
  if (from > view_.rev && mistake_ != ClientMistake::applies_across_a_gap) return subscribe();
  for (const Json& record : push.at("put")) put(record);
  view_.rev = rev;
  view_.c = number(push, "c");
}

void Client::put(const Json& record) {
  const RecordName name{text(record, "type"), number(record, "id")};
  const auto held = view_.records.find(name);
  if (held != view_.records.end() && number(held->second, "rev") > number(record, "rev") &&
      mistake_ != ClientMistake::takes_the_lower_rev) {
    return;
  }
  // What left while a history is outstanding is remembered until it is here: that history may still hold it.
  if (record.contains("gone") && !history_outstanding_) {
    view_.records.erase(name);
    return;
  }
  // Below what is held whole, a record is kept only while a history is on its way.
  const bool in_range = !record.contains("pos") || number(record, "pos") >= view_.oldest || history_outstanding_;
  if (in_range) view_.records[name] = record;
}

void Client::take_history(const Json& history) {
  if (std::exchange(history_is_void_, false)) return;
  history_outstanding_ = true;
  for (const Json& record : history.at("records")) {
    put(record);
    view_.oldest = std::min(view_.oldest, number(record, "pos"));
  }
  history_outstanding_ = false;
}

/// What was kept only while a history was on its way.
void Client::forget_what_is_not_held() {
  std::erase_if(view_.records, [this](const auto& entry) {
    const Json& record = entry.second;
    return record.contains("gone") || (record.contains("pos") && number(record, "pos") < view_.oldest);
  });
}

void Client::subscribe() {
  subscribing_ = true;
  request(Asked::subscribe, "subscribe", subscription());
}

void Client::ask_older() {
  if (!is_connected() || subscribing_ || !view_known_ || history_outstanding_ || view_.oldest <= 1) return;
  history_outstanding_ = true;
  history_is_void_ = false;
  request(Asked::history, "history", {{"channel", channel_}, {"before", view_.oldest}, {"limit", 5}});
}

void Client::ping() {
  if (!is_connected() || subscribing_ || !view_known_) return;
  request(Asked::ping, "ping", {{"heads", Json::array({{{"channel", channel_}, {"rev", view_.rev}}})}});
}

void Client::intend(std::string operation, Json args) {
  outbox_.push_back({std::move(operation), new_key_(), std::move(args)});
  send_next_intent();
}

void Client::send_next_intent() {
  if (!is_connected() || !greeted_ || intent_in_flight_ || outbox_.empty()) return;
  intent_in_flight_ = true;
  if (mistake_ == ClientMistake::makes_a_new_key_for_a_retry) outbox_.front().key = new_key_();
  const Intent& intent = outbox_.front();
  request(Asked::intent, intent.operation, intent.args, intent.key);
}

void Client::take_outcome(const Json& reply) {
  intent_in_flight_ = false;
  const Intent& intent = outbox_.front();
  if (reply.contains("error")) {
    const auto code = text(reply.at("error"), "code");
    const bool retry = code == "unavailable" || code == "overloaded" || code == "stopping";
    if (!retry) outbox_.pop_front();
    return send_next_intent();
  }
  if (intent.operation == "message.post") acknowledged_.push_back(text(intent.args, "text"));
  outbox_.pop_front();
  send_next_intent();
}

}  // namespace plenary::simulation
