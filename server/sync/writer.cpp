#include "server/sync/writer.hpp"

#include <algorithm>
#include <chrono>
#include <map>

namespace plenary::server::sync {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;

namespace {

Result<Made> run_in_savepoint(storage::Transaction& transaction, const Command& command) {
  transaction.begin_command();
  auto made = command.run(transaction);
  if (made) {
    transaction.keep_command();
  } else {
    transaction.roll_back_command();
  }
  return made;
}

/// Encodes the answers and stores those of intents, inside the transaction.
std::vector<Result<Answer>> make_answers(storage::Transaction& transaction, std::vector<Result<Made>>& made) {
  std::map<storage::IntentKey, std::string> stored;
  std::vector<Result<Answer>> answers;
  for (auto& one : made) {
    if (!one) {
      answers.push_back(one.error());
      continue;
    }
    Answer answer{one->same_as ? stored.at(*one->same_as) : one->ok(transaction), std::move(one->secret)};
    if (one->intent) {
      storage::store_outcome(transaction, *one->intent, answer.ok);
      stored.emplace(*one->intent, answer.ok);
    }
    answers.push_back(std::move(answer));
  }
  return answers;
}

Batch attempt(storage::Connection& connection, std::vector<Command>& commands) {
  storage::Transaction transaction{connection};
  std::vector<Result<Made>> made;
  for (const Command& command : commands) made.push_back(run_in_savepoint(transaction, command));
  const storage::Changes changes = transaction.finish();
  auto answers = make_answers(transaction, made);
  transaction.commit();

  Batch batch{std::make_shared<Delivery>(), {}, 0};
  batch.delivery->commit = changes.commit;
  for (const auto& change : changes.channels) batch.delivery->pushes.push_back(encode_push(change, changes.commit));
  for (std::size_t i = 0; i < commands.size(); ++i) {
    const bool rechecks = made[i] && !made[i]->rechecks.empty();
    if (rechecks) {
      auto& all = batch.delivery->rechecks;
      all.insert(all.end(), made[i]->rechecks.begin(), made[i]->rechecks.end());
    }
    batch.finished.push_back({std::move(commands[i].done), std::move(answers[i]), rechecks});
  }
  return batch;
}

Batch refused(std::vector<Command>& commands, ErrorCode code) {
  Batch batch{std::make_shared<Delivery>(), {}, commands.size()};
  for (Command& command : commands) batch.finished.push_back({std::move(command.done), Error{code}, false});
  return batch;
}

void append(Batch& all, Batch one) {
  all.delivery->commit = std::max(all.delivery->commit, one.delivery->commit);
  std::move(one.delivery->pushes.begin(), one.delivery->pushes.end(), std::back_inserter(all.delivery->pushes));
  std::move(one.delivery->rechecks.begin(), one.delivery->rechecks.end(), std::back_inserter(all.delivery->rechecks));
  std::move(one.finished.begin(), one.finished.end(), std::back_inserter(all.finished));
  all.failed_commits += one.failed_commits;
}

}  // namespace

Batch run_batch(storage::Connection& connection, std::vector<Command> commands) {
  try {
    return attempt(connection, commands);
  } catch (const storage::StorageError& error) {
    if (commands.size() == 1)
      return refused(commands, error.is_full() ? ErrorCode::storage_full : ErrorCode::unavailable);
  }
  Batch all{std::make_shared<Delivery>(), {}, 0};
  for (Command& command : commands) {
    std::vector<Command> alone;
    alone.push_back(std::move(command));
    append(all, run_batch(connection, std::move(alone)));
  }
  return all;
}

Writer::Writer(std::unique_ptr<storage::Connection> connection, std::vector<DeliveryTarget*> cores,
               WriterSettings settings)
    : connection_{std::move(connection)}, cores_{std::move(cores)}, settings_{std::move(settings)}, thread_{[this] {
        run();
      }} {}

Writer::~Writer() { stop(); }

void Writer::submit(Command command) {
  std::optional<ErrorCode> refusal;
  {
    const std::lock_guard lock{mutex_};
    if (stopping_) {
      refusal = ErrorCode::stopping;
    } else if (inbox_.size() >= settings_.inbox_commands) {
      refusal = ErrorCode::overloaded;
    } else {
      inbox_.push_back(std::move(command));
    }
  }
  if (refusal) {
    command.done(Error{*refusal, std::nullopt, 1'000});
  } else {
    wake_.notify_one();
  }
}

void Writer::submit_job(std::function<JobStep(storage::Connection&)> job) {
  {
    const std::lock_guard lock{mutex_};
    jobs_.push_back(std::move(job));
  }
  wake_.notify_one();
}

void Writer::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Writer::run() {
  for (;;) {
    std::vector<Command> commands;
    std::function<JobStep(storage::Connection&)> job;
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [this] { return stopping_ || !inbox_.empty() || !jobs_.empty(); });
      if (stopping_ && inbox_.empty()) break;
      const std::size_t take = std::min(inbox_.size(), settings_.batch_commands);
      std::move(inbox_.begin(), inbox_.begin() + static_cast<std::ptrdiff_t>(take), std::back_inserter(commands));
      inbox_.erase(inbox_.begin(), inbox_.begin() + static_cast<std::ptrdiff_t>(take));
      if (!jobs_.empty()) {
        job = std::move(jobs_.front());
        jobs_.pop_front();
      }
    }
    if (!commands.empty()) work_off(std::move(commands));
    if (job && job(*connection_) == JobStep::again) submit_job(std::move(job));
  }
  connection_->checkpoint();
}

void Writer::work_off(std::vector<Command> commands) {
  const auto began = std::chrono::steady_clock::now();
  BatchFigures figures{commands.size()};
  Batch batch = run_batch(*connection_, std::move(commands));
  figures.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();

  // The reply of who took a right away waits until every core has taken those sessions off.
  auto waiting = std::make_shared<std::vector<Finished>>();
  std::vector<Finished> ready;
  for (Finished& one : batch.finished) (one.after_rechecks ? *waiting : ready).push_back(std::move(one));
  auto cores_left = std::make_shared<std::atomic<std::size_t>>(cores_.size());
  const auto taken = [waiting, cores_left] {
    if (cores_left->fetch_sub(1) == 1) {
      for (Finished& one : *waiting) one.done(std::move(one.result));
    }
  };
  if (!batch.delivery->pushes.empty() || !batch.delivery->rechecks.empty()) {
    for (DeliveryTarget* core : cores_) core->deliver(batch.delivery, taken);
  }
  for (Finished& one : ready) one.done(std::move(one.result));

  if (connection_->wal_pages() > settings_.checkpoint_pages) connection_->checkpoint();
  figures.failed_commits = batch.failed_commits;
  figures.wal_pages = connection_->wal_pages();
  settings_.report(figures);
}

}  // namespace plenary::server::sync
