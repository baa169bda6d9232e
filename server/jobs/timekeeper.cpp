#include "server/jobs/timekeeper.hpp"

#include <boost/asio/post.hpp>
#include <iterator>
#include <utility>

#include "protocol/connection.hpp"
#include "server/access/caller.hpp"
#include "server/domain/messages.hpp"
#include "server/domain/people.hpp"
#include "server/domain/posts.hpp"
#include "server/domain/questions.hpp"
#include "storage/attendance.hpp"
#include "storage/outcomes.hpp"

namespace plenary::server::jobs {

namespace asio = boost::asio;

namespace {

/// Tallies are republished at most four times a second (PROTOCOL.md P45).
constexpr std::chrono::milliseconds between_ticks{250};
constexpr std::uint64_t ticks_between_disk_looks = 20;
constexpr std::uint64_t ticks_between_house_keeping = 240;
constexpr std::chrono::hours outcomes_kept{24 * 90};
/// A command touches at most 500 rows (DESIGN.md 5).
constexpr std::size_t rows_at_once = 400;

}  // namespace

Timekeeper::Timekeeper(const protocol::Clock& clock, TimekeeperSettings settings)
    : clock_{clock}, settings_{std::move(settings)}, presence_{settings_.away_after} {}

Timekeeper::~Timekeeper() { stop(); }

void Timekeeper::start(sync::Writer& writer) {
  writer_ = &writer;
  watch_disk();
  wait();
  thread_ = std::thread{[this] { context_.run(); }};
}

void Timekeeper::stop() {
  context_.stop();
  if (thread_.joinable()) thread_.join();
}

void Timekeeper::subscribed(const std::string& channel, protocol::PersonId person) {
  const auto name = access::parse_channel(channel);
  if (!name || name->kind != access::ChannelKind::webinar) return;
  asio::post(context_, [this, webinar = name->webinar, person, now = clock_.now()] {
    presence_.connected(webinar, person, now);
  });
}

void Timekeeper::unsubscribed(const std::string& channel, protocol::PersonId person) {
  const auto name = access::parse_channel(channel);
  if (!name || name->kind != access::ChannelKind::webinar) return;
  asio::post(context_, [this, webinar = name->webinar, person, now = clock_.now()] {
    presence_.disconnected(webinar, person, now);
  });
}

void Timekeeper::typing(protocol::WebinarId webinar, protocol::PersonId person) {
  asio::post(context_, [this, webinar, person, now = clock_.now()] { presence_.typing(webinar, person, now); });
}

void Timekeeper::posted(protocol::WebinarId webinar, protocol::PersonId person) {
  asio::post(context_, [this, webinar, person] { presence_.posted(webinar, person); });
}

void Timekeeper::wait() {
  timer_.expires_after(between_ticks);
  timer_.async_wait([this](const boost::system::error_code& error) {
    if (error) return;
    tick();
    wait();
  });
}

void Timekeeper::tick() {
  auto said = presence_.tick(clock_.now());
  std::move(said.signals.begin(), said.signals.end(), std::back_inserter(signals_));
  if (!said.attendance.empty()) {
    settings_.people_present(presence_.people_present());
    keep_attendance(std::move(said.attendance));
  }
  send_signals();
  if (tallies_dirty_ && !tallies_under_way_) republish_tallies();
  ++ticks_;
  if (ticks_ % ticks_between_disk_looks == 0) watch_disk();
  if (ticks_ % ticks_between_house_keeping == 0) keep_house();
}

void Timekeeper::keep_attendance(std::vector<domain::AttendanceChange> changes) {
  for (std::size_t from = 0; from < changes.size(); from += rows_at_once) {
    const auto end = std::min(changes.size(), from + rows_at_once);
    std::vector<domain::AttendanceChange> part(changes.begin() + static_cast<std::ptrdiff_t>(from),
                                               changes.begin() + static_cast<std::ptrdiff_t>(end));
    ++attendance_under_way_;
    writer_->submit({[part](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
                       for (const auto& change : part) {
                         (change.present ? storage::arrive : storage::leave)(transaction, change.webinar, change.person,
                                                                             change.at);
                       }
                       return domain::made(protocol::NoArgs{});
                     },
                     [this](const protocol::Result<sync::Answer>&) {
                       asio::post(context_, [this] {
                         --attendance_under_way_;
                         send_signals();
                       });
                     }});
  }
}

void Timekeeper::send_signals() {
  if (attendance_under_way_ > 0) return;
  for (const auto& signal : std::exchange(signals_, {})) settings_.signal(signal);
}

void Timekeeper::republish_tallies() {
  tallies_dirty_ = false;
  tallies_under_way_ = true;
  writer_->submit({[this](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
                     if (domain::republish_tallies(transaction)) tallies_dirty_ = true;
                     if (domain::republish_votes(transaction)) tallies_dirty_ = true;
                     if (domain::republish_post_tallies(transaction)) tallies_dirty_ = true;
                     return domain::made(protocol::NoArgs{});
                   },
                   [this](const protocol::Result<sync::Answer>& answer) {
                     // What the disk refused is still marked in the table.
                     if (!answer) tallies_dirty_ = true;
                     tallies_under_way_ = false;
                   }});
}

void Timekeeper::keep_house() {
  writer_->submit({[now = clock_.now()](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
                     storage::forget_outcomes(transaction, now - outcomes_kept, rows_at_once);
                     return domain::end_expired_sessions(transaction, now);
                   },
                   [](const protocol::Result<sync::Answer>&) {}});
}

void Timekeeper::watch_disk() {
  const bool is_low = settings_.free_bytes() < settings_.minimum_free_bytes;
  if (is_low == disk_is_low_) return;
  disk_is_low_ = is_low;
  settings_.disk(is_low);
}

}  // namespace plenary::server::jobs
