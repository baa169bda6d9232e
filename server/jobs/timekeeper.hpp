#pragma once
// What time does: sums presence over the cores and says it, republishes tallies, ends sessions, forgets old outcomes, looks
// at the disk. One thread of its own, woken every quarter of a second; what changes the database is a command like any
// other.

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "protocol/time.hpp"
#include "server/domain/presence.hpp"
#include "server/sync/hub.hpp"
#include "server/sync/writer.hpp"

namespace plenary::server::jobs {

struct TimekeeperSettings {
  std::chrono::milliseconds away_after{15'000};
  std::function<std::uint64_t()> free_bytes;
  std::uint64_t minimum_free_bytes = 0;
  std::function<void(bool is_low)> disk;              ///< when that changes
  std::function<void(std::size_t)> people_present;    ///< after each change
  std::function<void(const domain::Signal&)> signal;  ///< to every core
};

class Timekeeper final : public sync::SubscriptionObserver {
 public:
  Timekeeper(const protocol::Clock& clock, TimekeeperSettings settings);
  ~Timekeeper() override;
  Timekeeper(const Timekeeper&) = delete;
  Timekeeper& operator=(const Timekeeper&) = delete;

  /// The writer outlives the thread.
  void start(sync::Writer& writer);
  void stop();

  // Any thread.
  void subscribed(const std::string& channel, protocol::PersonId person) override;
  void unsubscribed(const std::string& channel, protocol::PersonId person) override;
  void typing(protocol::WebinarId webinar, protocol::PersonId person);
  void posted(protocol::WebinarId webinar, protocol::PersonId person);
  void tally_dirty() { tallies_dirty_ = true; }

 private:
  void wait();
  void tick();
  void keep_attendance(std::vector<domain::AttendanceChange> changes);
  /// In order, and none before the attendance it counts is on the disk: who asks for the list finds what the number said.
  void send_signals();
  void republish_tallies();
  void keep_house();
  void watch_disk();

  const protocol::Clock& clock_;
  TimekeeperSettings settings_;
  sync::Writer* writer_ = nullptr;
  domain::Presence presence_;
  boost::asio::io_context context_{1};
  boost::asio::steady_timer timer_{context_};
  std::vector<domain::Signal> signals_;  // not sent yet
  std::size_t attendance_under_way_ = 0;
  std::atomic<bool> tallies_dirty_ = true;  // marks may have survived the last run
  std::atomic<bool> tallies_under_way_ = false;
  std::uint64_t ticks_ = 0;
  bool disk_is_low_ = false;
  std::thread thread_;
};

}  // namespace plenary::server::jobs
