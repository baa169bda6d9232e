#pragma once
// The writer: drains its inbox, runs the commands in one transaction, commits with fsync, then hands out frames and
// replies. No timer: while one batch is on its way to the disk, the next one gathers (DESIGN.md 5).
//
// run_batch() is the whole of it as a plain function, for the simulation; Writer is the thread around it.

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "protocol/error.hpp"
#include "server/sync/frame.hpp"
#include "storage/connection.hpp"
#include "storage/outcomes.hpp"
#include "storage/transaction.hpp"

namespace plenary::server::sync {

/// What an operation is answered. A secret (a token) is not part of what is stored for a repeat.
struct Answer {
  std::string ok;  ///< JSON
  std::optional<std::string> secret{};
};

/// What a command made: its answer is encoded at the end of the transaction, when revs are known.
struct Made {
  std::function<std::string(storage::Transaction&)> ok;
  std::optional<std::string> secret{};
  std::optional<storage::IntentKey> intent{};   ///< store the answer under this key
  std::optional<storage::IntentKey> same_as{};  ///< the answer of a command earlier in this batch
  std::vector<Recheck> rechecks{};
};

/// `run` may be called again in a transaction of its own, if another command's failure took the batch down: it keeps no
/// state. `done` is called once, after commit, on the writer's thread (or a core's, when rechecks had to be awaited).
struct Command {
  std::function<protocol::Result<Made>(storage::Transaction&)> run;
  std::function<void(protocol::Result<Answer>)> done;
};

/// Where commands go. submit() may be called from any thread.
class CommandSink {
 public:
  virtual ~CommandSink() = default;
  virtual void submit(Command command) = 0;
};

struct Finished {
  std::function<void(protocol::Result<Answer>)> done;
  protocol::Result<Answer> result;
  bool after_rechecks = false;
};

struct Batch {
  std::shared_ptr<Delivery> delivery;
  std::vector<Finished> finished;
  std::size_t failed_commits = 0;  ///< what the disk refused
};

/// Runs and commits. A StorageError takes the batch back; then each command is run alone, so that only the culprit fails
/// (storage_full or unavailable).
Batch run_batch(storage::Connection& connection, std::vector<Command> commands);

/// Who hears of a commit: each core, in the order of commits. deliver() may be called from the writer's thread;
/// `taken` is called on the core when its hub has taken everything.
class DeliveryTarget {
 public:
  virtual ~DeliveryTarget() = default;
  virtual void deliver(std::shared_ptr<const Delivery> delivery, std::function<void()> taken) = 0;
};

/// What the writer tells of itself, after each batch, on its thread.
struct BatchFigures {
  std::size_t commands = 0;
  std::size_t failed_commits = 0;
  double seconds = 0;
  int wal_pages = 0;
};

enum class JobStep { again, done };

struct WriterSettings {
  std::size_t inbox_commands = 20'000;  ///< more are refused as overloaded
  std::size_t batch_commands = 500;
  int checkpoint_pages = 2'000;
  std::function<void(const BatchFigures&)> report = [](const BatchFigures&) {};
};

class Writer final : public CommandSink {
 public:
  /// Takes the only connection that writes.
  Writer(std::unique_ptr<storage::Connection> connection, std::vector<DeliveryTarget*> cores, WriterSettings settings);
  ~Writer() override;
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Any thread. Refused with `overloaded` or, once stopping, `stopping`: then `done` is called at once on this thread.
  void submit(Command command) override;
  /// Any thread. Called again and again between batches, on the writer's thread with its connection and outside any
  /// transaction, while it answers `again`: for what is long and must give way (backup).
  void submit_job(std::function<JobStep(storage::Connection&)> job);
  /// Finishes what was submitted, then ends the thread and closes the database with a checkpoint.
  void stop();

 private:
  void run();
  void work_off(std::vector<Command> commands);

  std::unique_ptr<storage::Connection> connection_;
  std::vector<DeliveryTarget*> cores_;
  WriterSettings settings_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Command> inbox_;
  std::deque<std::function<JobStep(storage::Connection&)>> jobs_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace plenary::server::sync
