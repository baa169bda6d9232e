#include "server/sync/hub.hpp"

#include <algorithm>

#include "protocol/json.hpp"
#include "server/sync/subscriber.hpp"

namespace plenary::server::sync {

Hub::~Hub() = default;

void Hub::deliver(const Delivery& delivery) {
  for (const Push& push : delivery.pushes) {
    const auto found = channels_.find(push.channel);
    if (found == channels_.end()) continue;
    for (Subscription* subscription : found->second) {
      if (subscription->owner->take(*subscription, push)) touched_.push_back(subscription->owner);
    }
  }
  // Rights are lost before anything of this commit leaves: a recheck takes its pushes out of the queues again.
  for (const Recheck& asked : delivery.rechecks) recheck(asked);
}

void Hub::signal(const std::string& channel, const std::string& type, const std::string& value) {
  if (value.empty()) {
    const auto kept = signals_.find(channel);
    if (kept != signals_.end() && kept->second.erase(type) > 0 && kept->second.empty()) signals_.erase(kept);
    return;
  }
  signals_[channel][type] = value;
  const auto found = channels_.find(channel);
  if (found == channels_.end()) return;
  std::string text = "{\"ch\":";
  protocol::append_json_string(text, channel);
  text += ",\"signal\":" + value + "}";
  const Frame frame = make_frame(std::move(text));
  for (Subscription* subscription : found->second) {
    if (subscription->owner->take_signal(*subscription, frame)) touched_.push_back(subscription->owner);
  }
  flush();
}

std::vector<std::string> Hub::last_signals(const std::string& channel) const {
  std::vector<std::string> values;
  const auto found = signals_.find(channel);
  if (found == signals_.end()) return values;
  for (const auto& [type, value] : found->second) values.push_back(value);
  return values;
}

void Hub::add(Subscription& subscription) {
  auto& members = channels_[subscription.channel];
  subscription.hub_index = members.size();
  members.push_back(&subscription);
}

void Hub::remove(Subscription& subscription) {
  const auto found = channels_.find(subscription.channel);
  auto& members = found->second;
  Subscription* const last = members.back();
  members[subscription.hub_index] = last;
  last->hub_index = subscription.hub_index;
  members.pop_back();
  if (members.empty()) channels_.erase(found);
}

void Hub::forget(Subscriber& subscriber) { std::erase(touched_, &subscriber); }

void Hub::recheck(const Recheck& asked) {
  std::vector<Subscription*> affected;
  const auto collect = [&](const std::vector<Subscription*>& members) {
    for (Subscription* subscription : members) {
      const auto& who = subscription->owner->identity();
      if (asked.session && asked.session != who.session) continue;
      if (asked.person && asked.person != who.person) continue;
      affected.push_back(subscription);
    }
  };
  if (asked.channel.empty()) {
    for (const auto& [name, members] : channels_) collect(members);
  } else if (const auto found = channels_.find(asked.channel); found != channels_.end()) {
    collect(found->second);
  }
  for (Subscription* subscription : affected) subscription->owner->recheck(*subscription);
}

void Hub::flush() {
  std::sort(touched_.begin(), touched_.end());
  touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
  const auto touched = std::exchange(touched_, {});
  for (Subscriber* subscriber : touched) subscriber->flush();
}

}  // namespace plenary::server::sync
