#include "server/cli/signals.hpp"

#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <system_error>

namespace plenary::server::cli {

namespace {

constexpr int shell_base = 128;

ops::FileDescriptor opened(int descriptor) {
  if (descriptor < 0) throw std::system_error{errno, std::generic_category(), "signals"};
  return ops::FileDescriptor{descriptor};
}

sigset_t stop_signals() {
  sigset_t both;
  sigemptyset(&both);
  sigaddset(&both, SIGTERM);
  sigaddset(&both, SIGINT);
  return both;
}

ops::FileDescriptor open_signals() {
  const sigset_t both = stop_signals();
  return opened(signalfd(-1, &both, SFD_CLOEXEC));
}

/// The next signal, or nothing once `ended` is readable.
std::optional<int> next_signal(int signals, int ended) {
  std::array<pollfd, 2> waiting{pollfd{signals, POLLIN, 0}, pollfd{ended, POLLIN, 0}};
  while (::poll(waiting.data(), waiting.size(), -1) < 0 && errno == EINTR) {
  }
  if (waiting[1].revents != 0) return std::nullopt;
  signalfd_siginfo signal{};
  if (::read(signals, &signal, sizeof(signal)) != sizeof(signal)) return std::nullopt;
  return static_cast<int>(signal.ssi_signo);
}

}  // namespace

void block_stop_signals() {
  const sigset_t both = stop_signals();
  pthread_sigmask(SIG_BLOCK, &both, nullptr);
}

StopSignals::StopSignals(std::function<void()> stop)
    : signals_{open_signals()}, ended_{opened(eventfd(0, EFD_CLOEXEC))} {
  watcher_ = std::thread{[this, stop = std::move(stop)] {
    if (!next_signal(signals_.get(), ended_.get())) return;
    stop();
    if (const auto again = next_signal(signals_.get(), ended_.get())) std::_Exit(shell_base + *again);
  }};
}

StopSignals::~StopSignals() {
  const std::uint64_t one = 1;
  ops::write_all(ended_.get(), {reinterpret_cast<const char*>(&one), sizeof(one)});
  watcher_.join();
}

}  // namespace plenary::server::cli
