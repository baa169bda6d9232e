#include "server/sync/frame.hpp"

#include "protocol/json.hpp"
#include "storage/transaction.hpp"

namespace plenary::server::sync {

Push encode_push(const storage::ChannelChange& change, Commit commit) {
  std::string text = "{\"ch\":";
  protocol::append_json_string(text, change.channel);
  text += ",\"from\":" + std::to_string(change.from) + ",\"rev\":" + std::to_string(change.rev) +
          ",\"c\":" + std::to_string(commit) + ",\"put\":" + change.put + "}";
  return {change.channel, change.from, change.rev, make_frame(std::move(text))};
}

}  // namespace plenary::server::sync
