#include "server/sync/readers.hpp"

namespace plenary::server::sync {

Readers::Readers(const std::filesystem::path& database, std::size_t threads,
                 std::function<void(const storage::StorageError&)> failed)
    : failed_{std::move(failed)} {
  for (std::size_t i = 0; i < threads; ++i) {
    connections_.push_back(std::make_unique<storage::Connection>(database, storage::Connection::Role::reader));
  }
  for (auto& connection : connections_) threads_.emplace_back([this, &connection] { work(*connection); });
}

Readers::~Readers() { stop(); }

void Readers::submit(std::function<void(storage::Connection&)> job, std::function<void()> failed) {
  {
    const std::lock_guard lock{mutex_};
    if (!stopping_) {
      jobs_.push_back({std::move(job), std::move(failed)});
      wake_.notify_one();
      return;
    }
  }
  failed();
}

std::size_t Readers::waiting() {
  const std::lock_guard lock{mutex_};
  return jobs_.size();
}

void Readers::stop() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void Readers::work(storage::Connection& connection) {
  for (;;) {
    Job job;
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (jobs_.empty()) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    try {
      job.run(connection);
    } catch (const storage::StorageError& error) {
      failed_(error);
      job.failed();
    }
  }
}

}  // namespace plenary::server::sync
