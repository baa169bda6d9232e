#include "server/sync/subscriber.hpp"

#include <algorithm>

#include "protocol/json.hpp"
#include "server/sync/hub.hpp"

namespace plenary::server::sync {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;
using protocol::SubscribeArgs;
using protocol::SubscriptionAnswer;

namespace {

/// A reader is authorised and reads in one transaction, begun after it was entered in the hub.
Result<SubscriptionAnswer> authorised_read(storage::Connection& connection, const SubscriberTools& tools,
                                           Identity identity, const SubscribeArgs& args) {
  if (const auto refused = tools.authorise(connection, identity, args.channel)) return *refused;
  return read_subscription(connection, tools.epochs, args, tools.limits);
}

}  // namespace

Subscriber::Subscriber(SubscriberTools& tools, Identity identity, Outlet& outlet)
    : tools_{tools}, identity_{identity}, outlet_{outlet} {}

Subscriber::~Subscriber() { close(); }

void Subscriber::close() {
  if (closed_) return;
  closed_ = true;
  tools_.hub.forget(*this);
  while (!subscriptions_.empty()) drop(subscriptions_.begin()->first);
  queue_.clear();
}

Subscription& Subscriber::join(const std::string& channel, Rev handed) {
  auto [found, is_new] = subscriptions_.try_emplace(channel);
  Subscription& subscription = found->second;
  if (is_new) {
    subscription.channel = channel;
    subscription.owner = this;
    tools_.hub.add(subscription);
  }
  subscription.state = Subscription::State::joining;
  subscription.ticket = ++last_ticket_;
  subscription.handed = subscription.queued = handed;
  subscription.held.clear();
  subscription.held_bytes = 0;
  subscription.held_overflowed = false;
  return subscription;
}

void Subscriber::drop(const std::string& channel) {
  const auto found = subscriptions_.find(channel);
  if (found == subscriptions_.end()) return;
  tools_.hub.remove(found->second);
  if (found->second.counted) {
    tools_.hub.observer().unsubscribed(channel, identity_.person);
    tools_.report(SubscriberEvent::unsubscribed, 1);
  }
  drop_queued(channel);
  subscriptions_.erase(found);
}

void Subscriber::subscribe(std::vector<SubscribeArgs> asked, std::function<Frame(Answers)> answer) {
  std::vector<std::uint64_t> tickets;
  tickets.reserve(asked.size());
  for (const SubscribeArgs& args : asked) {
    drop_queued(args.channel);
    tickets.push_back(join(args.channel, 0).ticket);
  }
  auto answers = std::make_shared<Answers>();
  auto deliver = [self = alive(), asked, tickets, answer, answers] {
    if (self->closed_) return;
    // One that was unsubscribed, revoked or subscribed anew meanwhile has another ticket or none.
    const auto waiting = [&](std::size_t i) -> Subscription* {
      const auto found = self->subscriptions_.find(asked[i].channel);
      return found != self->subscriptions_.end() && found->second.ticket == tickets[i] ? &found->second : nullptr;
    };
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (waiting(i) == nullptr) {
        (*answers)[i] = Error{ErrorCode::unavailable};
      } else if (!(*answers)[i]) {
        self->drop(asked[i].channel);
      } else {
        self->tools_.report((*answers)[i]->mode == protocol::SubscriptionMode::resume ? SubscriberEvent::resumed
                                                                                      : SubscriberEvent::snapshot,
                            1);
        for (auto& value : self->tools_.hub.last_signals(asked[i].channel)) {
          (*answers)[i]->signals.push_back({std::move(value)});
        }
      }
    }
    const Answers results = *answers;
    self->enqueue({answer(std::move(*answers)), Kind::reply, {}, 0});
    for (std::size_t i = 0; i < asked.size(); ++i) {
      if (Subscription* subscription = waiting(i); subscription != nullptr && results[i]) {
        // The answer itself is what was handed out: replies are never dropped.
        subscription->handed = results[i]->rev;
        self->settle(*subscription, results[i]->rev);
      }
    }
    self->flush();
  };
  tools_.reads.submit(
      [&tools = tools_, identity = identity_, asked, answers, deliver](storage::Connection& connection) {
        const storage::ReadTransaction transaction{connection};
        for (const SubscribeArgs& args : asked) {
          answers->push_back(authorised_read(connection, tools, identity, args));
        }
        tools.core.post(deliver);
      },
      [&tools = tools_, answers, deliver, count = asked.size()] {
        answers->assign(count, Error{ErrorCode::unavailable});
        tools.core.post(deliver);
      });
}

void Subscriber::settle(Subscription& subscription, Rev rev) {
  subscription.state = Subscription::State::live;
  subscription.queued = rev;
  subscription.claimed_by_now = 0;
  if (!subscription.counted) {
    subscription.counted = true;
    tools_.hub.observer().subscribed(subscription.channel, identity_.person);
    tools_.report(SubscriberEvent::subscribed, 1);
  }
  const auto held = std::exchange(subscription.held, {});
  subscription.held_bytes = 0;
  if (std::exchange(subscription.held_overflowed, false)) {
    subscription.state = Subscription::State::behind;
    return;
  }
  for (const Push& push : held) take(subscription, push);
}

void Subscriber::unsubscribe(const std::string& channel) { drop(channel); }

void Subscriber::compare(const std::vector<protocol::ChannelHead>& claimed) {
  std::vector<std::string> live;
  for (const auto& [channel, rev] : claimed) {
    const auto found = subscriptions_.find(channel);
    if (found == subscriptions_.end() || found->second.state != Subscription::State::live) continue;
    Subscription& subscription = found->second;
    if (rev < subscription.claimed_by_now) {
      drop_queued(channel);
      subscription.handed = rev;
      catch_up(subscription);
    } else {
      live.push_back(channel);
    }
    subscription.claimed_by_now = subscription.handed;
  }
  if (live.empty()) return;
  // The database's head beside the hub's: a push that never came here is noticed too.
  tools_.reads.submit(
      [self = alive(), live](storage::Connection& connection) {
        std::vector<std::pair<std::string, Rev>> heads;
        for (const auto& channel : live) {
          heads.emplace_back(channel, storage::read_head(connection, channel).value_or(storage::ChannelHead{}).rev);
        }
        self->tools_.core.post([self, heads] {
          if (self->closed_) return;
          for (const auto& [channel, rev] : heads) {
            const auto found = self->subscriptions_.find(channel);
            if (found == self->subscriptions_.end()) continue;
            if (found->second.state == Subscription::State::live && found->second.queued < rev) {
              self->drop_queued(channel);
              self->catch_up(found->second);
            }
          }
        });
      },
      [] {});
}

void Subscriber::reply(Frame frame) {
  if (closed_) return;
  enqueue({std::move(frame), Kind::reply, {}, 0});
  flush();
}

bool Subscriber::take(Subscription& subscription, const Push& push) {
  switch (subscription.state) {
    case Subscription::State::behind: return false;
    case Subscription::State::joining:
      subscription.held_bytes += push.frame->size();
      if (subscription.held_bytes > tools_.queue_bytes) {
        subscription.held.clear();
        subscription.held_overflowed = true;
      }
      if (!subscription.held_overflowed) subscription.held.push_back(push);
      return false;
    case Subscription::State::live: break;
  }
  if (push.rev <= subscription.queued) return false;
  if (push.from > subscription.queued) {
    drop_queued(subscription.channel);
    catch_up(subscription);
    return false;
  }
  subscription.queued = push.rev;
  enqueue({push.frame, Kind::push, subscription.channel, push.rev});
  // One push alone is let through however long it is: dropped, it would only come back as long.
  if (queued_bytes_ > tools_.queue_bytes && queue_.size() > 1) fall_behind();
  return true;
}

bool Subscriber::take_signal(Subscription& subscription, const Frame& frame) {
  // The first to be dropped: a reader with half its budget full gets none.
  if (subscription.state != Subscription::State::live || queued_bytes_ > tools_.queue_bytes / 2) return false;
  enqueue({frame, Kind::signal, subscription.channel, 0});
  return true;
}

void Subscriber::fall_behind() {
  std::deque<Outgoing> kept;
  std::size_t dropped = 0;
  queued_bytes_ = 0;
  for (Outgoing& outgoing : queue_) {
    if (outgoing.kind == Kind::push) {
      ++dropped;
      Subscription& subscription = subscriptions_.at(outgoing.channel);
      subscription.state = Subscription::State::behind;
      subscription.queued = subscription.handed;
    } else if (outgoing.kind == Kind::reply) {
      queued_bytes_ += outgoing.frame->size();
      kept.push_back(std::move(outgoing));
    }
  }
  queue_ = std::move(kept);
  tools_.report(SubscriberEvent::pushes_dropped, dropped);
}

void Subscriber::catch_up(Subscription& subscription) {
  const Rev since = subscription.handed;
  const auto ticket = join(subscription.channel, since).ticket;
  SubscribeArgs args{subscription.channel, tools_.epochs.current(), std::nullopt, since, protocol::Page::none};
  auto finish = [self = alive(), channel = subscription.channel, ticket](const Result<SubscriptionAnswer>& answer) {
    if (self->closed_) return;
    const auto found = self->subscriptions_.find(channel);
    if (found == self->subscriptions_.end() || found->second.ticket != ticket) return;
    self->caught_up(found->second, answer);
    self->flush();
  };
  tools_.reads.submit(
      [&tools = tools_, identity = identity_, args, finish](storage::Connection& connection) mutable {
        const storage::ReadTransaction transaction{connection};
        args.c = storage::last_commit(connection);
        tools.core.post([finish, answer = authorised_read(connection, tools, identity, args)] { finish(answer); });
      },
      [&tools = tools_, finish] { tools.core.post([finish] { finish(Error{ErrorCode::unavailable}); }); });
}

void Subscriber::caught_up(Subscription& subscription, const Result<SubscriptionAnswer>& answer) {
  const std::string channel = subscription.channel;
  if (!answer) {
    drop(channel);
    tell(channel, answer.error().code == ErrorCode::unavailable ? "stale" : "gone");
    return;
  }
  std::size_t bytes = 0;
  for (const auto& record : answer->records) bytes += record.text.size();
  if (answer->mode == protocol::SubscriptionMode::snapshot || bytes > tools_.queue_bytes) {
    drop(channel);
    tell(channel, "stale");
    return;
  }
  if (answer->rev > subscription.handed) {
    storage::ChannelChange change{channel, subscription.handed, answer->rev, protocol::to_json(answer->records)};
    const Push push = encode_push(change, answer->c);
    enqueue({push.frame, Kind::push, channel, push.rev});
  }
  tools_.report(SubscriberEvent::caught_up, 1);
  settle(subscription, answer->rev);
}

void Subscriber::recheck(Subscription& subscription) {
  if (!subscription.counted) {
    // Its answer may have been authorised before the right was lost: it is refused as unavailable, and asked again.
    const std::string channel = subscription.channel;
    drop(channel);
    return;
  }
  drop_queued(subscription.channel);
  catch_up(subscription);
}

void Subscriber::tell(const std::string& channel, const char* what) {
  std::string text = "{\"ch\":";
  protocol::append_json_string(text, channel);
  text += ",\"" + std::string{what} + "\":true}";
  enqueue({make_frame(std::move(text)), Kind::reply, {}, 0});
}

void Subscriber::enqueue(Outgoing outgoing) {
  queued_bytes_ += outgoing.frame->size();
  queue_.push_back(std::move(outgoing));
}

void Subscriber::drop_queued(const std::string& channel) {
  const auto is_of_channel = [&](const Outgoing& outgoing) {
    return outgoing.kind != Kind::reply && outgoing.channel == channel;
  };
  for (const Outgoing& outgoing : queue_) {
    if (is_of_channel(outgoing)) queued_bytes_ -= outgoing.frame->size();
  }
  queue_.erase(std::remove_if(queue_.begin(), queue_.end(), is_of_channel), queue_.end());
}

void Subscriber::flush() {
  if (closed_ || writing_) return;
  if (queue_.empty()) {
    rejoin_behind();
    return;
  }
  std::vector<Frame> frames;
  frames.reserve(queue_.size());
  for (Outgoing& outgoing : queue_) {
    if (outgoing.kind == Kind::push) subscriptions_.at(outgoing.channel).handed = outgoing.rev;
    frames.push_back(std::move(outgoing.frame));
  }
  queue_.clear();
  queued_bytes_ = 0;
  writing_ = true;
  outlet_.write(std::move(frames));
}

void Subscriber::written() {
  writing_ = false;
  flush();
}

void Subscriber::rejoin_behind() {
  std::vector<Subscription*> behind;
  for (auto& [channel, subscription] : subscriptions_) {
    if (subscription.state == Subscription::State::behind) behind.push_back(&subscription);
  }
  for (Subscription* subscription : behind) catch_up(*subscription);
}

}  // namespace plenary::server::sync
