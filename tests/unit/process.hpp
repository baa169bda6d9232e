#pragma once
// The program as an operator runs it: a process with a command line, two outputs and an exit code.

#include <sys/types.h>

#include <string>
#include <vector>

namespace plenary::test {

struct Finished {
  int exit_code = 0;
  std::string out;
  std::string error;
};

/// Runs the program to its end.
Finished run_program(const std::vector<std::string>& arguments);

/// The program while it runs. Ended (SIGKILL) with the object.
class Process {
 public:
  explicit Process(const std::vector<std::string>& arguments);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Standard output up to and with the first line that contains `words`, or all of it.
  std::string read_until(const std::string& words);
  void send(int signal) const;
  /// What the process says until its end, and how it ended; 128 and the number for a signal.
  Finished wait();

 private:
  pid_t process_ = -1;
  int out_ = -1;
  int error_ = -1;
  std::string read_;
};

}  // namespace plenary::test
