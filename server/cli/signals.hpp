#pragma once
// SIGTERM and SIGINT as a call: the first asks for a stop, a second ends the process at once.

#include <functional>
#include <thread>

#include "server/ops/files.hpp"

namespace plenary::server::cli {

/// For this thread and the ones it will start: called before any other thread is made. A process started from here
/// inherits it and must undo it.
void block_stop_signals();

/// Watches while it lives.
class StopSignals {
 public:
  /// `stop` is called once, on a thread of its own, also for a signal that came before.
  explicit StopSignals(std::function<void()> stop);
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

 private:
  ops::FileDescriptor signals_;
  ops::FileDescriptor ended_;
  std::thread watcher_;
};

}  // namespace plenary::server::cli
