#pragma once
// The reader threads: each with a read-only connection of its own, taking jobs from one queue in order.

#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "server/sync/frame.hpp"
#include "storage/connection.hpp"

namespace plenary::server::sync {

class Readers final : public Reads {
 public:
  /// `failed` hears of what a disk refused, on the reader's thread.
  Readers(const std::filesystem::path& database, std::size_t threads,
          std::function<void(const storage::StorageError&)> failed);
  ~Readers() override;
  Readers(const Readers&) = delete;
  Readers& operator=(const Readers&) = delete;

  void submit(std::function<void(storage::Connection&)> job, std::function<void()> failed) override;
  /// Jobs waiting; any thread.
  [[nodiscard]] std::size_t waiting();
  /// Does what is queued, then ends the threads.
  void stop();

 private:
  struct Job {
    std::function<void(storage::Connection&)> run;
    std::function<void()> failed;
  };
  void work(storage::Connection& connection);

  std::function<void(const storage::StorageError&)> failed_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<Job> jobs_;
  bool stopping_ = false;
  std::vector<std::unique_ptr<storage::Connection>> connections_;
  std::vector<std::thread> threads_;
};

}  // namespace plenary::server::sync
