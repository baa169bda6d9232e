#include "storage/channels.hpp"

namespace plenary::storage {

namespace {

StoredRecord record_of(const Query& query) {
  return {query.text(0),         query.integer(1), query.integer(2), query.optional_integer(3),
          query.integer(4) != 0, query.text(5)};
}

std::vector<StoredRecord> records_of(Query& query) {
  std::vector<StoredRecord> records;
  while (query.step()) records.push_back(record_of(query));
  return records;
}

}  // namespace

void append_record(std::string& out, const StoredRecord& record) {
  out += "{\"type\":";
  protocol::append_json_string(out, record.type);
  out += ",\"id\":";
  out += std::to_string(record.id);
  out += ",\"rev\":";
  out += std::to_string(record.rev);
  if (record.gone) {
    out += ",\"gone\":true}";
    return;
  }
  if (record.pos) {
    out += ",\"pos\":";
    out += std::to_string(*record.pos);
  }
  if (!record.fields.empty()) {
    out += ',';
    out += record.fields;
  }
  out += '}';
}

constexpr const char* select_head = "SELECT id, rev, floor, pos FROM channel WHERE name = $name";
std::optional<ChannelHead> read_head(Connection& connection, std::string_view channel) {
  Query query{connection, select_head};
  query.bind("$name", channel);
  if (!query.step()) return std::nullopt;
  return ChannelHead{query.integer(0), query.integer(1), query.integer(2), query.integer(3)};
}

constexpr const char* select_record =
    "SELECT type, id, rev, pos, gone, fields FROM record WHERE channel = $channel AND type = $type AND id = $id";
std::optional<StoredRecord> find_record(Connection& connection, std::int64_t channel_id, std::string_view type,
                                        std::int64_t id) {
  Query query{connection, select_record};
  query.bind("$channel", channel_id).bind("$type", type).bind("$id", id);
  if (!query.step()) return std::nullopt;
  return record_of(query);
}

constexpr const char* select_since =
    "SELECT type, id, rev, pos, gone, fields FROM record WHERE channel = $channel AND rev > $since ORDER BY rev "
    "LIMIT $limit";
std::vector<StoredRecord> records_since(Connection& connection, std::int64_t channel_id, Rev since,
                                        std::int64_t limit) {
  Query query{connection, select_since};
  query.bind("$channel", channel_id).bind("$since", since).bind("$limit", limit);
  return records_of(query);
}

constexpr const char* select_state =
    "SELECT type, id, rev, pos, gone, fields FROM record WHERE channel = $channel AND pos IS NULL AND gone = 0 "
    "ORDER BY rev";
std::vector<StoredRecord> state_records(Connection& connection, std::int64_t channel_id) {
  Query query{connection, select_state};
  query.bind("$channel", channel_id);
  return records_of(query);
}

constexpr const char* select_timeline =
    "SELECT type, id, rev, pos, gone, fields FROM record WHERE channel = $channel AND pos BETWEEN $first AND $last "
    "AND gone = 0 ORDER BY pos, rev";
std::vector<StoredRecord> timeline_records(Connection& connection, std::int64_t channel_id, Pos first, Pos last) {
  Query query{connection, select_timeline};
  query.bind("$channel", channel_id).bind("$first", first).bind("$last", last);
  return records_of(query);
}

constexpr const char* select_commit = "SELECT value FROM counter WHERE name = 'commit'";
Commit last_commit(Connection& connection) {
  Query query{connection, select_commit};
  query.step();
  return query.integer(0);
}

constexpr const char* advance_commit = "UPDATE counter SET value = value + 1 WHERE name = 'commit' RETURNING value";
Commit next_commit(Transaction& transaction) {
  Query query{transaction.connection(), advance_commit};
  query.step();
  const Commit commit = query.integer(0);
  query.run();
  return commit;
}

constexpr const char* insert_channel =
    "INSERT INTO channel (name, rev, floor, pos) VALUES ($name, 0, 0, 0) ON CONFLICT (name) DO NOTHING";
ChannelHead open_channel(Transaction& transaction, std::string_view channel) {
  auto head = read_head(transaction.connection(), channel);
  if (head) return *head;
  Query{transaction.connection(), insert_channel}.bind("$name", channel).run();
  return {transaction.connection().last_insert_id()};
}

constexpr const char* update_head = "UPDATE channel SET rev = $rev, floor = $floor, pos = $pos WHERE id = $id";
void write_head(Transaction& transaction, const ChannelHead& head) {
  Query{transaction.connection(), update_head}
      .bind("$rev", head.rev)
      .bind("$floor", head.floor)
      .bind("$pos", head.pos)
      .bind("$id", head.id)
      .run();
}

constexpr const char* upsert_record =
    "INSERT INTO record (channel, type, id, rev, pos, gone, fields) "
    "VALUES ($channel, $type, $id, $rev, $pos, $gone, $fields) "
    "ON CONFLICT (channel, type, id) DO UPDATE SET rev = excluded.rev, gone = excluded.gone, fields = excluded.fields";
void write_record(Transaction& transaction, std::int64_t channel_id, const StoredRecord& record) {
  Query{transaction.connection(), upsert_record}
      .bind("$channel", channel_id)
      .bind("$type", record.type)
      .bind("$id", record.id)
      .bind("$rev", record.rev)
      .bind("$pos", record.pos)
      .bind("$gone", std::int64_t{record.gone})
      .bind("$fields", record.fields)
      .run();
}

}  // namespace plenary::storage
