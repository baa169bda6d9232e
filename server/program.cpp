#include "server/program.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "server/access/token.hpp"
#include "server/administration.hpp"
#include "server/demo/people.hpp"
#include "server/demo/player.hpp"
#include "server/domain/people.hpp"
#include "server/jobs/timekeeper.hpp"
#include "server/net/assets.hpp"
#include "server/net/core.hpp"
#include "server/net/http_connection.hpp"
#include "server/net/listener.hpp"
#include "server/operations.hpp"
#include "server/ops/data_folder.hpp"
#include "server/ops/database_start.hpp"
#include "server/ops/metrics.hpp"
#include "server/ops/metrics_access.hpp"
#include "server/public_pages.hpp"
#include "server/sync/readers.hpp"
#include "server/sync/writer.hpp"
#include "server/version.hpp"
#include "storage/attendance.hpp"
#include "storage/runs.hpp"

namespace plenary::server {

using protocol::Limits;
using sync::SubscriberEvent;

namespace {

/// A phone that comes back at once meets a server that is still starting; all at once they would storm it.
constexpr std::int64_t earliest_return_ms = 500;
constexpr std::int64_t latest_return_ms = 5'000;

Limits limits_of(const Config& config) {
  Limits limits;
  limits.operations_per_second = config.limits.operations_per_second;
  limits.messages_per_second = config.limits.messages_per_second;
  limits.joins_per_minute = config.limits.joins_per_minute;
  return limits;
}

std::size_t core_count(const Config& config) {
  if (config.server.io_threads > 0) return static_cast<std::size_t>(config.server.io_threads);
  return std::max(1U, std::thread::hardware_concurrency());
}

boost::asio::ip::tcp::endpoint endpoint_of(const ListenAddress& listen) {
  return {boost::asio::ip::make_address(listen.address), listen.port};
}

/// Opens the database for writing and enters this run in it.
std::unique_ptr<storage::Connection> open_database(const ops::DataFolder& folder, bool demo,
                                                   const protocol::Clock& clock) {
  auto connection = std::make_unique<storage::Connection>(folder.paths().database(), storage::Connection::Role::writer);
  storage::Transaction transaction{*connection};
  storage::begin_run(transaction, access::new_token(), clock.now());
  storage::close_open_attendance(transaction);
  if (demo) demo::ensure_people(transaction, clock.now());
  transaction.commit();
  return connection;
}

demo::Stage set_demo_stage(storage::Connection& connection, const Config& config, const protocol::Clock& clock) {
  const auto now = clock.now();
  return demo::set_stage(
      connection, std::make_shared<const demo::Script>(demo::read_script(demo::script_text())),
      {now, static_cast<std::uint64_t>(now.milliseconds), std::chrono::seconds{config.sync.presence_seconds}});
}

/// Counts down to a moment that several threads wait for.
class Flag {
 public:
  void raise() {
    const std::lock_guard lock{mutex_};
    raised_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return raised_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool raised_ = false;
};

}  // namespace

/// In the order they are built; taken down in the reverse one.
struct Program::Parts {
  Parts(ProgramOptions given, ops::Log& given_log);
  ~Parts();

  void build_core(std::size_t index);
  std::optional<net::HttpReply> probe(const net::HttpTools::Probe& asked);
  void sign_in_demo_person(const std::string& who, const std::function<void(std::optional<std::string>)>& then);
  void drain();
  void report(SubscriberEvent event, std::size_t count);

  struct PerCore {
    std::unique_ptr<net::Core> core;
    std::unique_ptr<sync::SubscriberTools> subscriber_tools;
    std::unique_ptr<net::SessionTools> session_tools;
    std::unique_ptr<net::HttpTools> http_tools;
  };

  ProgramOptions options;
  ops::Log& log;
  protocol::SystemClock clock;
  ops::Metrics metrics;
  ops::MetricsAccess metrics_access;
  net::AllowedOrigins origins;
  ops::DataFolder folder;
  std::vector<PerCore> cores;
  jobs::Timekeeper timekeeper;
  std::unique_ptr<sync::Epochs> epochs;
  std::unique_ptr<sync::Writer> writer;
  std::unique_ptr<sync::Readers> readers;
  std::unique_ptr<Operations> operations;
  std::unique_ptr<demo::Player> player;  // with --demo
  std::unique_ptr<net::Listener> listener;
  std::unique_ptr<ops::AdminServer> admin;
  std::atomic<bool> ready = false;
  std::atomic<bool> disk_is_low = false;
  std::mutex sessions_mutex;
  std::condition_variable sessions_changed;
  std::size_t sessions = 0;
  Flag stop_asked;
};

Program::Parts::Parts(ProgramOptions given, ops::Log& given_log)
    : options{std::move(given)},
      log{given_log},
      metrics_access{options.config.metrics.token_file},
      origins{options.config.server.public_url, options.config.server.origins},
      folder{options.data},
      cores(core_count(options.config)),
      timekeeper{clock,
                 {std::chrono::seconds{options.config.sync.presence_seconds}, [this] { return folder.free_bytes(); },
                  static_cast<std::uint64_t>(options.config.storage.minimum_free_mb) * 1024 * 1024,
                  [this](bool is_low) {
                    disk_is_low = is_low;
                    operations->refuse_growth(is_low);
                    if (is_low) {
                      log.event(ops::Level::error, "disk_nearly_full");
                    } else {
                      log.event(ops::Level::info, "disk_has_room");
                    }
                  },
                  [this](std::size_t people) { metrics.people_present.Set(static_cast<double>(people)); },
                  [this](const domain::Signal& signal) {
                    for (auto& part : cores) {
                      part.core->post(
                          [&hub = part.core->hub(), signal] { hub.signal(signal.channel, signal.type, signal.value); });
                    }
                  }}} {
  const auto& config = options.config;
  ops::start_database(folder, {config.storage.keep_backups, config.storage.check_at_start}, clock.now(), log);
  auto connection = open_database(folder, options.demo, clock);
  epochs = std::make_unique<sync::Epochs>(storage::runs(*connection));
  std::optional<demo::Stage> stage;
  if (options.demo) stage = set_demo_stage(*connection, config, clock);

  std::vector<sync::DeliveryTarget*> targets;
  for (auto& part : cores) {
    part.core = std::make_unique<net::Core>(timekeeper, clock);
    targets.push_back(part.core.get());
  }
  sync::WriterSettings writer_settings;
  writer_settings.checkpoint_pages = static_cast<int>(config.storage.checkpoint_pages);
  writer_settings.report = [this](const sync::BatchFigures& figures) {
    metrics.commit_commands.Observe(static_cast<double>(figures.commands));
    metrics.commit_seconds.Observe(figures.seconds);
    metrics.wal_pages.Set(figures.wal_pages);
    if (figures.failed_commits > 0) {
      log.event(ops::Level::error, "commit_failed", {{"commands", figures.failed_commits}});
    }
  };
  readers =
      std::make_unique<sync::Readers>(folder.paths().database(), static_cast<std::size_t>(config.server.reader_threads),
                                      [this](const storage::StorageError& error) {
                                        log.event(ops::Level::error, "read_failed", {{"reason", ops::Reason{error}}});
                                      });
  writer = std::make_unique<sync::Writer>(std::move(connection), targets, std::move(writer_settings));
  const sync::CatchUpLimits catch_up{config.sync.resume_records};
  operations = std::make_unique<Operations>(
      *writer, *readers, clock, *epochs,
      OperationSettings{
          limits_of(config),
          {std::chrono::hours{24 * config.sessions.guest_days}, std::chrono::hours{24 * config.sessions.member_days}},
          catch_up,
          [this](protocol::WebinarId webinar, protocol::PersonId person) { timekeeper.typing(webinar, person); },
          [this](protocol::WebinarId webinar, protocol::PersonId person) { timekeeper.posted(webinar, person); },
          [this] { timekeeper.tally_dirty(); },
          [this](protocol::Operation operation, const std::optional<protocol::Error>& error) {
            metrics.count_operation(operation, error ? std::optional{error->code} : std::nullopt);
            if (operation == protocol::Operation::message_post && !error) metrics.messages_posted.add();
          }});
  std::vector<net::HttpTools*> doors;
  for (std::size_t i = 0; i < cores.size(); ++i) {
    build_core(i);
    doors.push_back(cores[i].http_tools.get());
  }
  listener = std::make_unique<net::Listener>(
      endpoint_of(config.server.listen), doors, [this](const boost::system::error_code& error) {
        log.event(ops::Level::error, "accept_failed", {{"reason", ops::Reason{error}}});
      });
  admin = std::make_unique<ops::AdminServer>(
      folder.paths().admin_socket(),
      administration([this](Job job) { writer->submit_job(std::move(job)); },
                     {folder.paths(), static_cast<std::uint64_t>(config.storage.minimum_free_mb) * 1024 * 1024}, clock),
      log);
  timekeeper.start(*writer);
  for (auto& part : cores) part.core->start();
  listener->start();
  if (stage) {
    player = std::make_unique<demo::Player>(*operations, *cores.front().core, timekeeper, clock, std::move(*stage));
    player->start();
  }
  ready = true;
  log.event(ops::Level::info, "started",
            {{"port", listener->port()}, {"cores", cores.size()}, {"data", options.data}, {"demo", options.demo}});
}

void Program::Parts::build_core(std::size_t index) {
  PerCore& part = cores[index];
  net::Core& core = *part.core;
  const auto authorise = [this](storage::Connection& connection, sync::Identity who, const std::string& channel) {
    auto refused = access::refuse_channel(connection, access::resolve(connection, who.session, clock.now()), channel);
    if (refused) metrics.refusals.add();
    return refused;
  };
  part.subscriber_tools = std::make_unique<sync::SubscriberTools>(sync::SubscriberTools{
      core.hub(), core, *readers, *epochs, authorise, sync::CatchUpLimits{options.config.sync.resume_records},
      static_cast<std::size_t>(options.config.sync.queue_bytes),
      [this](SubscriberEvent event, std::size_t count) { report(event, count); }});
  part.session_tools = std::make_unique<net::SessionTools>(
      net::SessionTools{*operations, *part.subscriber_tools, clock, limits_of(options.config), std::string{version},
                        std::string{net::embedded_release()},
                        [this](storage::Connection& connection, protocol::SessionId session) {
                          return domain::describe(connection, access::resolve(connection, session, clock.now()));
                        },
                        [this, &core](const std::shared_ptr<net::Session>& session) {
                          core.add(session);
                          metrics.connections_open.Increment();
                          const std::lock_guard lock{sessions_mutex};
                          ++sessions;
                        },
                        [this, &core](const std::shared_ptr<net::Session>& session) {
                          core.remove(session);
                          metrics.connections_open.Decrement();
                          const std::lock_guard lock{sessions_mutex};
                          if (--sessions == 0) sessions_changed.notify_all();
                        },
                        [this](std::size_t frames, std::size_t bytes) {
                          metrics.frames_sent.add(frames);
                          metrics.bytes_sent.add(bytes);
                        }});
  part.http_tools = std::make_unique<net::HttpTools>(net::HttpTools{
      core,
      *operations,
      *part.session_tools,
      *readers,
      origins,
      [this](storage::Connection& connection, std::string_view token) {
        const auto found = storage::find_session(connection, access::token_hash(token), clock.now());
        return found ? sync::Identity{found->id, found->person.id} : sync::Identity{};
      },
      read_public_page,
      read_feed,
      [this](const net::HttpTools::Probe& asked) { return probe(asked); },
      {},
      std::chrono::hours{24 * std::max(options.config.sessions.guest_days, options.config.sessions.member_days)}});
  if (options.demo) {
    part.http_tools->demo_sign_in = [this](const std::string& who,
                                           const std::function<void(std::optional<std::string>)>& then) {
      sign_in_demo_person(who, then);
    };
  }
}

void Program::Parts::report(SubscriberEvent event, std::size_t count) {
  switch (event) {
    case SubscriberEvent::subscribed: return metrics.subscriptions_open.Increment(static_cast<double>(count));
    case SubscriberEvent::unsubscribed: return metrics.subscriptions_open.Decrement(static_cast<double>(count));
    case SubscriberEvent::resumed: return metrics.resumes.add(count);
    case SubscriberEvent::snapshot: return metrics.snapshots.add(count);
    case SubscriberEvent::pushes_dropped: return metrics.pushes_dropped.add(count);
    case SubscriberEvent::caught_up: return metrics.catch_ups.add(count);
  }
}

std::optional<net::HttpReply> Program::Parts::probe(const net::HttpTools::Probe& asked) {
  if (asked.path == "/healthz") return net::HttpReply{200, "text/plain; charset=utf-8", "ok\n", {}};
  if (asked.path == "/readyz") {
    if (!ready) return net::HttpReply{503, "text/plain; charset=utf-8", "stopping\n", {}};
    if (disk_is_low) return net::HttpReply{503, "text/plain; charset=utf-8", "disk nearly full\n", {}};
    return net::HttpReply{200, "text/plain; charset=utf-8", "ready\n", {}};
  }
  if (asked.path != "/metrics") return std::nullopt;
  if (!metrics_access.allows({asked.peer_is_loopback, asked.is_forwarded, asked.authorization})) {
    return net::HttpReply{404, "text/plain; charset=utf-8", "not found\n", {}};
  }
  metrics.reader_queue_length.Set(static_cast<double>(readers->waiting()));
  return net::HttpReply{200, "text/plain; version=0.0.4; charset=utf-8", metrics.text(), {}};
}

void Program::Parts::sign_in_demo_person(const std::string& who,
                                         const std::function<void(std::optional<std::string>)>& then) {
  writer->submit(
      {[this, who](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
         const auto person = demo::find_demo_person(transaction.connection(), who);
         if (!person) return protocol::Error{protocol::ErrorCode::not_found};
         const auto now = clock.now();
         auto made = domain::made(protocol::NoArgs{});
         made.secret = domain::begin_session(transaction, person->id, "demo", now,
                                             now + std::chrono::hours{24 * options.config.sessions.member_days});
         return made;
       },
       [then](protocol::Result<sync::Answer> answer) { then(answer ? std::move(answer->secret) : std::nullopt); }});
}

/// Stop accepting, commit, tell each client when to come back, close.
void Program::Parts::drain() {
  ready = false;
  log.event(ops::Level::info, "stopping");
  Flag closed;
  listener->stop([&closed] { closed.raise(); });
  closed.wait();
  admin.reset();
  if (player) player->stop();
  timekeeper.stop();
  writer->stop();
  for (auto& part : cores) part.core->stop_sessions(earliest_return_ms, latest_return_ms);
  std::unique_lock lock{sessions_mutex};
  sessions_changed.wait_for(lock, std::chrono::seconds{options.config.server.drain_seconds},
                            [this] { return sessions == 0; });
  log.event(ops::Level::info, "stopped", {{"cut", sessions}});
}

Program::Parts::~Parts() {
  // Readers post to cores and cores ask readers: both threads end before either is taken down.
  admin.reset();
  timekeeper.stop();
  if (writer) writer->stop();
  if (readers) readers->stop();
  for (auto& part : cores) {
    if (part.core) part.core->join();
  }
}

Program::Program(ProgramOptions options, ops::Log& log) : parts_{std::make_unique<Parts>(std::move(options), log)} {}

Program::~Program() = default;

std::uint16_t Program::port() const { return parts_->listener->port(); }

void Program::run() {
  parts_->stop_asked.wait();
  parts_->drain();
}

void Program::stop() { parts_->stop_asked.raise(); }

}  // namespace plenary::server
