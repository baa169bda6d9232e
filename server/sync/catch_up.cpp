#include "server/sync/catch_up.hpp"

#include <algorithm>

namespace plenary::server::sync {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Pos;
using protocol::RawJson;

bool Epochs::is_past(const std::string& epoch, protocol::Commit c) const {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    if (runs_[i].epoch != epoch) continue;
    const bool ended_before = i + 1 < runs_.size() && c >= runs_[i + 1].begins_at;
    return c >= runs_[i].begins_at && !ended_before;
  }
  return false;
}

namespace {

void append(std::vector<RawJson>& out, const std::vector<storage::StoredRecord>& records) {
  for (const auto& record : records) {
    RawJson json;
    storage::append_record(json.text, record);
    out.push_back(std::move(json));
  }
}

}  // namespace

protocol::SubscriptionAnswer read_subscription(storage::Connection& connection, const Epochs& epochs,
                                               const protocol::SubscribeArgs& args, const CatchUpLimits& limits) {
  const auto head = storage::read_head(connection, args.channel).value_or(storage::ChannelHead{});
  const auto commit = storage::last_commit(connection);
  protocol::SubscriptionAnswer answer{args.channel, epochs.current(), commit, head.rev, {}, {}, {}, false};

  const bool may_resume = args.epoch && args.c && args.since && *args.c <= commit && *args.since <= head.rev &&
                          *args.since >= head.floor && epochs.is_past(*args.epoch, *args.c);
  if (may_resume) {
    const auto missed = storage::records_since(connection, head.id, *args.since, limits.resume_records + 1);
    if (static_cast<std::int64_t>(missed.size()) <= limits.resume_records) {
      answer.mode = protocol::SubscriptionMode::resume;
      append(answer.records, missed);
      return answer;
    }
  }
  answer.mode = protocol::SubscriptionMode::snapshot;
  append(answer.records, storage::state_records(connection, head.id));
  const Pos first = std::max<Pos>(1, head.pos - protocol::default_limits.page_records + 1);
  if (args.page.value_or(protocol::Page::last) == protocol::Page::last) {
    append(answer.records, storage::timeline_records(connection, head.id, first, head.pos));
    answer.more = first > 1;
  } else {
    answer.more = head.pos > 0;
  }
  return answer;
}

protocol::Result<protocol::HistoryOk> read_history(storage::Connection& connection, const protocol::HistoryArgs& args) {
  if (!args.before && !args.after && !args.around) return Error{ErrorCode::missing_field, "before"};
  if (int{args.before.has_value()} + int{args.after.has_value()} + int{args.around.has_value()} > 1) {
    return Error{ErrorCode::unknown_field, args.around ? "around" : "after"};
  }
  const std::int64_t limit = args.limit.value_or(protocol::default_limits.page_records);
  if (limit < 1 || limit > protocol::default_limits.history_records) return Error{ErrorCode::out_of_range, "limit"};

  const auto head = storage::read_head(connection, args.channel).value_or(storage::ChannelHead{});
  Pos first = 0;
  Pos last = 0;
  if (args.before) {
    last = std::min(*args.before - 1, head.pos);
    first = last - limit + 1;
  } else if (args.after) {
    first = *args.after + 1;
    last = std::min(first + limit - 1, head.pos);
  } else {
    first = *args.around - limit / 2;
    last = std::min(first + limit - 1, head.pos);
  }
  first = std::max<Pos>(first, 1);
  protocol::HistoryOk ok{args.channel, head.rev, {}, false};
  append(ok.records, storage::timeline_records(connection, head.id, first, last));
  const bool older = first > 1 && head.pos > 0;
  const bool newer = last < head.pos;
  ok.more = args.before ? older : args.after ? newer : older || newer;
  return ok;
}

}  // namespace plenary::server::sync
