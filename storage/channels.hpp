#pragma once
// Channels and their records: the current state of each record with the rev that last touched it (DESIGN.md 3).

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/transaction.hpp"

namespace plenary::storage {

struct ChannelHead {
  std::int64_t id = 0;
  Rev rev = 0;
  Rev floor = 0;
  Pos pos = 0;
};

struct StoredRecord {
  std::string type;
  std::int64_t id = 0;
  Rev rev = 0;
  std::optional<Pos> pos;
  bool gone = false;
  std::string fields;
};

/// `{"type":…,"id":…,"rev":…,"pos":…,fields}`; of what is gone only `"gone":true`.
void append_record(std::string& out, const StoredRecord& record);

/// A channel nobody published to has no row: its head is all zero.
std::optional<ChannelHead> read_head(Connection& connection, std::string_view channel);
std::optional<StoredRecord> find_record(Connection& connection, std::int64_t channel_id, std::string_view type,
                                        std::int64_t id);
/// By rev, tombstones included; at most `limit`.
std::vector<StoredRecord> records_since(Connection& connection, std::int64_t channel_id, Rev since, std::int64_t limit);
/// State records, by rev, without tombstones.
std::vector<StoredRecord> state_records(Connection& connection, std::int64_t channel_id);
/// Timeline and attached records with first ≤ pos ≤ last, by pos, without tombstones.
std::vector<StoredRecord> timeline_records(Connection& connection, std::int64_t channel_id, Pos first, Pos last);

Commit last_commit(Connection& connection);

// What Transaction::finish() writes with.
Commit next_commit(Transaction& transaction);
ChannelHead open_channel(Transaction& transaction, std::string_view channel);
void write_head(Transaction& transaction, const ChannelHead& head);
void write_record(Transaction& transaction, std::int64_t channel_id, const StoredRecord& record);

}  // namespace plenary::storage
