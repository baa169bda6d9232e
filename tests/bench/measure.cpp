#include "tests/bench/measure.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>

namespace plenary::bench {

Usage usage_of(int process) {
  std::ifstream file{"/proc/" + std::to_string(process) + "/stat"};
  std::string text;
  if (!std::getline(file, text)) throw std::runtime_error{"the server is gone"};
  // Counted from behind the name, which may hold spaces: utime and stime are fields 14 and 15, rss is field 24.
  std::istringstream fields{text.substr(text.rfind(')') + 2)};
  std::vector<std::string> values{std::istream_iterator<std::string>{fields}, {}};
  const double ticks = std::stod(values.at(11)) + std::stod(values.at(12));
  return {ticks / static_cast<double>(sysconf(_SC_CLK_TCK)), std::stoll(values.at(21)) * sysconf(_SC_PAGESIZE)};
}

Stopwatch::Stopwatch(int server_process)
    : server_process_{server_process},
      server_cpu_seconds_{usage_of(server_process).cpu_seconds},
      client_cpu_seconds_{usage_of(getpid()).cpu_seconds} {}

double Stopwatch::seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

void Stopwatch::report(Report& report) const {
  report["seconds"] = rounded(seconds(), 2);
  report["serverCpuSeconds"] = rounded(usage_of(server_process_).cpu_seconds - server_cpu_seconds_, 2);
  report["clientCpuSeconds"] = rounded(usage_of(getpid()).cpu_seconds - client_cpu_seconds_, 2);
}

void Latencies::report(Report& report) {
  if (microseconds_.empty()) return;
  std::sort(microseconds_.begin(), microseconds_.end());
  const auto at = [&](double share) {
    const auto index = static_cast<std::size_t>(share * static_cast<double>(microseconds_.size() - 1));
    return rounded(static_cast<double>(microseconds_[index]) / 1'000, 2);
  };
  report["p50Ms"] = at(0.5);
  report["p99Ms"] = at(0.99);
  report["maxMs"] = at(1);
}

double rounded(double value, int places) {
  const double scale = std::pow(10, places);
  return std::round(value * scale) / scale;
}

}  // namespace plenary::bench
