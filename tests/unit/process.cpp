#include "tests/unit/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <stdexcept>

namespace plenary::test {

namespace {

struct Pipe {
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error{"no pipe"};
  }
  std::array<int, 2> ends{};
};

/// False at the end.
bool read_some(int from, std::string& to) {
  std::array<char, 4'096> bytes{};
  const ssize_t count = ::read(from, bytes.data(), bytes.size());
  if (count <= 0) return false;
  to.append(bytes.data(), static_cast<std::size_t>(count));
  return true;
}

}  // namespace

Process::Process(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{PLENARY_PROGRAM};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);

  const Pipe out;
  const Pipe error;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, out.ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, error.ends[1], STDERR_FILENO);
  const int failure = ::posix_spawn(&process_, PLENARY_PROGRAM, &actions, nullptr, pointers.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(out.ends[1]);
  ::close(error.ends[1]);
  out_ = out.ends[0];
  error_ = error.ends[0];
  if (failure != 0) throw std::runtime_error{"cannot start " PLENARY_PROGRAM};
}

Process::~Process() {
  if (process_ > 0) {
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ::close(out_);
  ::close(error_);
}

std::string Process::read_until(const std::string& words) {
  for (;;) {
    const auto found = read_.find(words);
    const auto end = found == std::string::npos ? found : read_.find('\n', found);
    if (end != std::string::npos) return read_.substr(0, end + 1);
    if (!read_some(out_, read_)) return read_;
  }
}

void Process::send(int signal) const { ::kill(process_, signal); }

Finished Process::wait() {
  Finished finished;
  std::array<pollfd, 2> waiting{pollfd{out_, POLLIN, 0}, pollfd{error_, POLLIN, 0}};
  while (waiting[0].fd >= 0 || waiting[1].fd >= 0) {
    ::poll(waiting.data(), waiting.size(), -1);
    if (waiting[0].revents != 0 && !read_some(out_, read_)) waiting[0].fd = -1;
    if (waiting[1].revents != 0 && !read_some(error_, finished.error)) waiting[1].fd = -1;
  }
  int status = 0;
  ::waitpid(process_, &status, 0);
  process_ = -1;
  finished.out = read_;
  finished.exit_code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  return finished;
}

Finished run_program(const std::vector<std::string>& arguments) { return Process{arguments}.wait(); }

}  // namespace plenary::test
