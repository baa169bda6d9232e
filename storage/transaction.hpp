#pragma once
// The writer's transaction: what changes tables and what tells the channels, together or not at all.
//
// A batch of commands runs in one Transaction, each inside a savepoint. A command changes tables and says publish() or
// retract(); revs and places (`pos`) are given once, by finish(), at the end of the batch: channels in name order, records
// in the order they were first published. So a record changed twice in a batch takes one rev (PROTOCOL.md P11), and a
// command that fails leaves neither a row nor a hole.
//
// Thread: the writer's. Lives for one batch. Destroyed without commit() it rolls back.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/json.hpp"
#include "storage/connection.hpp"

namespace plenary::storage {

using protocol::Commit;
using protocol::Pos;
using protocol::Rev;

struct RecordKey {
  std::string channel;
  std::string type;
  std::int64_t id = 0;
  auto operator<=>(const RecordKey&) const = default;
};

/// Where a record stands in its channel (P12).
struct Placement {
  enum class Kind { state, timeline, attached };
  Kind kind = Kind::state;
  std::string to_type{};  ///< attached: the timeline record it goes with, in the same channel
  std::int64_t to_id = 0;

  static Placement state() { return {}; }
  static Placement timeline() { return {Kind::timeline}; }
  static Placement attached_to(std::string type, std::int64_t id) { return {Kind::attached, std::move(type), id}; }
};

/// Every record of `channel` changed in (from, rev], encoded as a JSON array.
struct ChannelChange {
  std::string channel;
  Rev from = 0;
  Rev rev = 0;
  std::string put;
};

struct Changes {
  Commit commit = 0;
  std::vector<ChannelChange> channels;  ///< by name
};

class Transaction {
 public:
  explicit Transaction(Connection& connection);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;

  [[nodiscard]] Connection& connection() { return connection_; }

  /// The new state of a record; `Fields` is a record of protocol/.
  template <class Fields>
  void publish(const std::string& channel, std::int64_t id, const Fields& fields, Placement placement) {
    std::string members;
    protocol::append_members(members, fields);
    publish_fields({channel, std::string{Fields::record_type}, id}, std::move(members), std::move(placement));
  }
  /// The record leaves the channel: a tombstone. One that never was in it is left alone.
  void retract(const RecordKey& key);

  /// A command's part of the batch: undone as a whole by roll_back().
  void begin_command();
  void keep_command();
  void roll_back_command();

  /// Gives revs and places, writes the records, counts the commit. Once, after the last command.
  Changes finish();
  /// The rev finish() gave; only for what was published in this transaction.
  [[nodiscard]] Rev rev_of(const RecordKey& key) const { return revs_.at(key); }
  void commit();

 private:
  struct Publication {
    RecordKey key;
    std::string fields;
    Placement placement;
    bool gone = false;
  };
  void publish_fields(RecordKey key, std::string fields, Placement placement);
  ChannelChange write_channel(const std::string& name, const std::vector<const Publication*>& publications);

  Connection& connection_;
  std::vector<Publication> publications_;  // in order; a later one of the same key wins
  std::size_t command_mark_ = 0;
  std::map<RecordKey, Rev> revs_;
  bool open_ = true;
};

}  // namespace plenary::storage
