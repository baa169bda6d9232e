#include "storage/transaction.hpp"

#include <algorithm>

#include "storage/channels.hpp"

namespace plenary::storage {

Transaction::Transaction(Connection& connection) : connection_{connection} { connection_.execute("BEGIN IMMEDIATE"); }

Transaction::~Transaction() {
  if (open_) sqlite3_exec(connection_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::publish_fields(RecordKey key, std::string fields, Placement placement) {
  publications_.push_back({std::move(key), std::move(fields), std::move(placement), false});
}

void Transaction::retract(const RecordKey& key) { publications_.push_back({key, {}, Placement::state(), true}); }

void Transaction::begin_command() {
  connection_.execute("SAVEPOINT command");
  command_mark_ = publications_.size();
}

void Transaction::keep_command() { connection_.execute("RELEASE command"); }

void Transaction::roll_back_command() {
  connection_.execute("ROLLBACK TO command; RELEASE command");
  publications_.resize(command_mark_);
}

Changes Transaction::finish() {
  // The last publication of a key is its state; the first decides its turn.
  std::map<std::string, std::vector<const Publication*>> by_channel;
  std::map<RecordKey, const Publication*> latest;
  for (const Publication& publication : publications_) latest[publication.key] = &publication;
  for (const Publication& publication : publications_) {
    const auto found = latest.find(publication.key);
    if (found == latest.end()) continue;
    by_channel[publication.key.channel].push_back(found->second);
    latest.erase(found);
  }
  Changes changes;
  if (by_channel.empty()) return changes;
  changes.commit = next_commit(*this);
  for (const auto& [name, publications] : by_channel) {
    ChannelChange change = write_channel(name, publications);
    if (change.rev != change.from) changes.channels.push_back(std::move(change));
  }
  return changes;
}

ChannelChange Transaction::write_channel(const std::string& name, const std::vector<const Publication*>& publications) {
  ChannelHead head = open_channel(*this, name);
  ChannelChange change{name, head.rev, head.rev, "["};
  for (const Publication* publication : publications) {
    const auto stored = find_record(connection_, head.id, publication->key.type, publication->key.id);
    if (publication->gone && (!stored || stored->gone)) continue;
    StoredRecord record{publication->key.type, publication->key.id, ++head.rev,
                        std::nullopt,          publication->gone,   publication->fields};
    if (stored) {
      record.pos = stored->pos;
    } else if (publication->placement.kind == Placement::Kind::timeline) {
      record.pos = ++head.pos;
    } else if (publication->placement.kind == Placement::Kind::attached) {
      const auto anchor =
          find_record(connection_, head.id, publication->placement.to_type, publication->placement.to_id);
      if (anchor) record.pos = anchor->pos;
    }
    write_record(*this, head.id, record);
    if (change.put.size() > 1) change.put += ',';
    append_record(change.put, record);
    revs_[publication->key] = record.rev;
  }
  change.put += ']';
  change.rev = head.rev;
  write_head(*this, head);
  return change;
}

void Transaction::commit() {
  connection_.execute("COMMIT");
  open_ = false;
}

}  // namespace plenary::storage
