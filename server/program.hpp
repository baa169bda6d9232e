#pragma once
// The composition root: builds the threads and connects them. Nothing else knows all the parts.

#include <cstdint>
#include <filesystem>
#include <memory>

#include "server/config.hpp"
#include "server/ops/log.hpp"

namespace plenary::server {

struct ProgramOptions {
  Config config;
  std::filesystem::path data;
  bool demo = false;
  bool lan = false;
};

class Program {
 public:
  /// Opens the data folder, brings the database to this program's schema, begins a run, and listens.
  Program(ProgramOptions options, ops::Log& log);
  ~Program();
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Where it listens, also when the configuration said 0.
  [[nodiscard]] std::uint16_t port() const;
  /// Serves. Returns after stop(), drained.
  void run();
  /// Any thread.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace plenary::server
