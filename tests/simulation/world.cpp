#include "tests/simulation/world.hpp"

#include <algorithm>
#include <map>

#include "protocol/records.hpp"
#include "server/domain/intents.hpp"
#include "server/domain/messages.hpp"
#include "server/domain/people.hpp"
#include "server/domain/webinars.hpp"
#include "server/net/session.hpp"
#include "server/operations.hpp"
#include "storage/channels.hpp"
#include "storage/migrations.hpp"
#include "storage/runs.hpp"

namespace plenary::simulation {

using namespace server;
using protocol::PersonId;
using protocol::SessionId;
using protocol::Timestamp;

namespace {

constexpr std::size_t core_count = 2;
constexpr std::size_t client_count = 3;
constexpr int actions_in_a_history = 70;
constexpr int most_steps = 200'000;
// Small, so that every branch is taken often.
constexpr std::int64_t resume_records = 8;
constexpr std::size_t queue_bytes = 3'000;
const std::string channel = "webinar/1";

class HeldClock final : public protocol::Clock {
 public:
  [[nodiscard]] Timestamp now() const override { return now_; }
  void advance() { now_ = now_ + std::chrono::milliseconds{20}; }

 private:
  Timestamp now_{1'790'000'000'000};
};

/// One thread's queue.
class Lane final : public sync::Executor {
 public:
  void post(std::function<void()> task) override { tasks_.push_back(std::move(task)); }
  [[nodiscard]] bool is_empty() const { return tasks_.empty(); }
  void run_one() {
    const auto task = std::move(tasks_.front());
    tasks_.pop_front();
    task();
  }
  void forget() { tasks_.clear(); }

 private:
  std::deque<std::function<void()>> tasks_;
};

class HeldReads final : public sync::Reads {
 public:
  explicit HeldReads(storage::Connection& connection) : connection_{connection} {}
  void submit(std::function<void(storage::Connection&)> job, std::function<void()>) override {
    lane.post([this, job = std::move(job)] { job(connection_); });
  }
  Lane lane;

 private:
  storage::Connection& connection_;
};

class HeldWriter final : public sync::CommandSink {
 public:
  void submit(sync::Command command) override { inbox.push_back(std::move(command)); }
  std::deque<sync::Command> inbox;
};

class NobodyWatches final : public sync::SubscriptionObserver {
 public:
  void subscribed(const std::string&, PersonId) override {}
  void unsubscribed(const std::string&, PersonId) override {}
};

/// Both directions of one connection.
struct Link {
  std::deque<std::string> up;
  std::deque<std::string> down;
  bool paused = false;
  bool open = true;
  std::size_t client = 0;
  std::size_t core = 0;
};

class HeldSocket final : public net::Socket {
 public:
  explicit HeldSocket(std::shared_ptr<Link> link) : link_{std::move(link)} {}
  void start(std::shared_ptr<net::SocketHandler> handler) override { handler_ = std::move(handler); }
  void write(std::vector<sync::Frame> frames) override {
    std::string text;
    for (const auto& frame : frames) text += (text.empty() ? "" : "\n") + *frame;
    link_->down.push_back(std::move(text));
  }
  void pause_reading(bool paused) override { link_->paused = paused; }
  [[nodiscard]] std::uint64_t acknowledged_bytes() const override { return 0; }
  void close(std::uint16_t) override { link_->open = false; }
  std::shared_ptr<net::SocketHandler> handler_;

 private:
  std::shared_ptr<Link> link_;
};

using DatabaseImage = std::vector<std::uint8_t>;

DatabaseImage image_of(storage::Connection& connection) {
  sqlite3_int64 size = 0;
  unsigned char* const bytes = sqlite3_serialize(connection.handle(), "main", &size, 0);
  DatabaseImage image{bytes, bytes + size};
  sqlite3_free(bytes);
  return image;
}

std::unique_ptr<storage::Connection> database_from(const DatabaseImage& image) {
  auto connection = std::make_unique<storage::Connection>(":memory:", storage::Connection::Role::writer);
  auto* const bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
  std::copy(image.begin(), image.end(), bytes);
  sqlite3_deserialize(connection->handle(), "main", bytes, static_cast<sqlite3_int64>(image.size()),
                      static_cast<sqlite3_int64>(image.size()),
                      SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
  return connection;
}

/// A live webinar and three members, each with a session; made once.
const DatabaseImage& first_image() {
  static const DatabaseImage image = [] {
    storage::Connection connection{":memory:", storage::Connection::Role::writer};
    storage::migrate(connection);
    const HeldClock clock;
    storage::Transaction transaction{connection};
    for (std::size_t i = 1; i <= client_count; ++i) {
      const auto person = storage::insert_member(
          transaction, {"Person " + std::to_string(i), std::nullopt, protocol::SiteRole::member}, clock.now());
      domain::begin_session(transaction, person, "simulation", clock.now(), clock.now() + std::chrono::hours{24});
    }
    domain::CommandContext context{transaction, access::resolve(connection, SessionId{1}, clock.now()), clock.now()};
    const auto title = protocol::Title::trusted("Simulation");
    domain::create_webinar(context, {{title, title}, protocol::Visibility::public_, std::nullopt, std::nullopt}).value();
    domain::open_webinar(context, {protocol::WebinarId{1}}).value();
    transaction.finish();
    transaction.commit();
    return image_of(connection);
  }();
  return image;
}

/// One run of the server over a database.
class Run {
 public:
  Run(storage::Connection& connection, const protocol::Clock& clock, const Plan& plan, const std::string& epoch)
      : connection_{connection}, reads{connection} {
    if (!epoch.empty()) {
      storage::Transaction transaction{connection};
      storage::begin_run(transaction, epoch, clock.now());
      transaction.commit();
    }
    epochs = std::make_unique<sync::Epochs>(storage::runs(connection));
    OperationSettings settings;
    settings.limits.messages_per_second = 0;
    settings.limits.operations_per_second = 0;
    settings.catch_up.resume_records = resume_records;
    settings.typing = [](protocol::WebinarId, PersonId) {};
    settings.tally_dirty = [] {};
    settings.report = [](protocol::Operation, const std::optional<protocol::Error>&) {};
    operations = std::make_unique<Operations>(writer, reads, clock, *epochs, settings);
    const auto authorise = [&clock](storage::Connection& reader, sync::Identity who, const std::string& name) {
      return access::refuse_channel(reader, access::resolve(reader, who.session, clock.now()), name);
    };
    for (std::size_t i = 0; i < core_count; ++i) {
      auto& core = cores[i];
      core.hub = std::make_unique<sync::Hub>(observer);
      core.subscriber_tools = std::make_unique<sync::SubscriberTools>(
          sync::SubscriberTools{*core.hub, core.lane, reads, *epochs, authorise, settings.catch_up, queue_bytes});
      core.session_tools = std::make_unique<net::SessionTools>(net::SessionTools{
          *operations, *core.subscriber_tools, clock, settings.limits, "simulation", "simulation",
          [&clock](storage::Connection& reader, SessionId session) {
            return domain::describe(reader, access::resolve(reader, session, clock.now()));
          },
          [](const std::shared_ptr<net::Session>&) {}, [](const std::shared_ptr<net::Session>&) {},
          [](std::size_t, std::size_t) {}});
    }
    mistake = plan.server_mistake;
  }

  ~Run() {
    for (auto& [link, socket] : sockets) {
      if (socket->handler_) socket->handler_->on_closed();
    }
    for (auto& core : cores) core.lane.forget();
    reads.lane.forget();
    writer.inbox.clear();
    for (auto& [link, socket] : sockets) socket->handler_.reset();
  }

  void accept(const std::shared_ptr<Link>& link) {
    auto socket = std::make_shared<HeldSocket>(link);
    const auto who = static_cast<std::int64_t>(link->client + 1);
    auto session = std::make_shared<net::Session>(
        *cores[link->core].session_tools,
        net::SessionPeer{{SessionId{who}, PersonId{who}}, false, "simulation"}, socket);
    session->start();
    sockets.emplace_back(link, socket);
  }

  void close(const std::shared_ptr<Link>& link) {
    for (auto& [known, socket] : sockets) {
      if (known != link) continue;
      cores[link->core].lane.post([socket = socket] {
        if (const auto handler = std::exchange(socket->handler_, nullptr)) handler->on_closed();
      });
    }
    std::erase_if(sockets, [&](const auto& entry) { return entry.first == link; });
  }

  std::shared_ptr<HeldSocket> socket_of(const std::shared_ptr<Link>& link) {
    for (auto& [known, socket] : sockets) {
      if (known == link) return socket;
    }
    return nullptr;
  }

  void write_some(std::size_t count, std::mt19937_64& random) {
    std::vector<sync::Command> commands;
    for (std::size_t i = 0; i < count; ++i) {
      commands.push_back(std::move(writer.inbox.front()));
      writer.inbox.pop_front();
    }
    auto batch = sync::run_batch(connection_, std::move(commands));
    for (auto& core : cores) {
      if (mistake == ServerMistake::loses_a_delivery && random() % 6 == 0) continue;
      core.lane.post([&hub = *core.hub, delivery = batch.delivery] { hub.deliver(*delivery); });
    }
    for (auto& one : batch.finished) one.done(std::move(one.result));
  }

  struct PerCore {
    Lane lane;
    std::unique_ptr<sync::Hub> hub;
    std::unique_ptr<sync::SubscriberTools> subscriber_tools;
    std::unique_ptr<net::SessionTools> session_tools;
  };

  storage::Connection& connection_;
  NobodyWatches observer;
  HeldReads reads;
  HeldWriter writer;
  std::unique_ptr<sync::Epochs> epochs;
  std::array<PerCore, core_count> cores;
  std::unique_ptr<Operations> operations;
  std::vector<std::pair<std::shared_ptr<Link>, std::shared_ptr<HeldSocket>>> sockets;
  ServerMistake mistake{};
};

class World {
 public:
  explicit World(const Plan& plan) : plan_{plan}, random_{plan.seed}, database_{database_from(first_image())} {
    start_run(true);
    for (std::size_t i = 0; i < client_count; ++i) {
      clients_.push_back(std::make_unique<Client>(channel, plan.client_mistake, [this] { return new_key(); }));
      noted_.push_back(0);
    }
  }

  ~World() { run_.reset(); }

  std::vector<std::string> live_and_judge() {
    for (int actions = 0; actions < actions_in_a_history;) {
      clock_.advance();
      if (random_() % 4 == 0 || !step()) {
        act();
        ++actions;
      }
    }
    settle();
    return judge();
  }

 private:
  std::string new_key() {
    std::string key = "01900000-0000-7000-8000-000000000000";
    auto number = ++last_key_;
    for (std::size_t at = key.size(); number > 0; number /= 10) key[--at] = static_cast<char>('0' + number % 10);
    return key;
  }

  void start_run(bool new_epoch) {
    run_.reset();
    links_.clear();
    for (auto& client : clients_) client->disconnected();
    run_ = std::make_unique<Run>(*database_, clock_, plan_,
                                 new_epoch ? "run-" + std::to_string(++last_run_) + "-" + std::to_string(random_())
                                           : std::string{});
  }

  /// One thing that some thread or link does next. False: nothing is left to do.
  bool step() {
    std::vector<std::function<void()>> possible;
    for (auto& core : run_->cores) {
      if (!core.lane.is_empty()) possible.push_back([&core] { core.lane.run_one(); });
    }
    if (!run_->reads.lane.is_empty()) possible.push_back([this] { run_->reads.lane.run_one(); });
    if (!run_->writer.inbox.empty()) {
      possible.push_back([this] { run_->write_some(1 + random_() % run_->writer.inbox.size(), random_); });
    }
    for (auto& link : links_) {
      if (!link->up.empty() && !link->paused) possible.push_back([this, link] { go_up(link); });
      if (!link->down.empty()) possible.push_back([this, link] { go_down(link); });
      if (!link->open) possible.push_back([this, link] { break_link(link); });
    }
    if (possible.empty()) return false;
    possible[random_() % possible.size()]();
    return true;
  }

  void go_up(const std::shared_ptr<Link>& link) {
    const std::string text = std::move(link->up.front());
    link->up.pop_front();
    if (const auto socket = run_->socket_of(link)) socket->handler_->on_text(text);
  }

  void go_down(const std::shared_ptr<Link>& link) {
    const std::string text = std::move(link->down.front());
    link->down.pop_front();
    clients_[link->client]->receive(text);
    run_->cores[link->core].lane.post([socket = run_->socket_of(link)] {
      if (socket && socket->handler_) socket->handler_->on_written();
    });
  }

  void break_link(const std::shared_ptr<Link>& link) {
    clients_[link->client]->disconnected();
    run_->close(link);
    std::erase(links_, link);
  }

  void connect(std::size_t client) {
    auto link = std::make_shared<Link>();
    link->client = client;
    link->core = random_() % core_count;
    links_.push_back(link);
    run_->accept(link);
    clients_[client]->connected([link](std::string text) { link->up.push_back(std::move(text)); });
  }

  void act() {
    const std::size_t who = random_() % client_count;
    Client& client = *clients_[who];
    const auto dice = random_() % 100;
    if (!client.is_connected() && dice < 60) return connect(who);
    if (dice < 45) return post(client);
    if (dice < 55) return about_a_message(client, who);
    if (dice < 63) return client.ask_older();
    if (dice < 70) return plan_.server_mistake == ServerMistake::loses_a_delivery ? post(client) : client.ping();
    if (dice < 78) return republish_tallies();
    if (dice < 90) {
      for (auto& link : links_) {
        if (link->client == who) return break_link(link);
      }
      return;
    }
    if (dice < 94) return start_run(true);
    if (dice < 97) return back_up();
    restore();
  }

  void post(Client& client) {
    const std::string text = "text " + std::to_string(++last_text_) + std::string(random_() % 60, '.');
    client.intend("message.post", {{"webinar", 1}, {"text", text}});
  }

  void about_a_message(Client& client, std::size_t who) {
    std::vector<const Json*> messages;
    for (const auto& [name, record] : client.view().records) {
      if (name.type == "message" && !record.contains("state")) messages.push_back(&record);
    }
    if (messages.empty()) return;
    const Json& message = *messages[random_() % messages.size()];
    const bool is_own = message.at("author").at("id") == static_cast<std::int64_t>(who + 1);
    const auto dice = random_() % 4;
    if (is_own && dice == 0) {
      touched_.insert(message.at("text").get<std::string>());
      client.intend("message.remove", {{"message", message.at("id")}});
    } else if (is_own && dice == 1) {
      touched_.insert(message.at("text").get<std::string>());
      client.intend("message.edit", {{"message", message.at("id")}, {"text", "edit " + std::to_string(++last_text_)}});
    } else {
      client.intend("message.react", {{"message", message.at("id")}, {"emoji", "👍"}, {"on", random_() % 3 != 0}});
    }
  }

  void republish_tallies() {
    run_->writer.submit({[](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
                           domain::republish_tallies(transaction);
                           return domain::made(protocol::NoArgs{});
                         },
                         [](const protocol::Result<sync::Answer>&) {}});
  }

  /// Remembers whose posts the file must hold from now on.
  void note_acknowledged() {
    for (std::size_t i = 0; i < client_count; ++i) {
      const auto& texts = clients_[i]->acknowledged();
      for (; noted_[i] < texts.size(); ++noted_[i]) promised_.insert(texts[noted_[i]]);
    }
  }

  void back_up() {
    note_acknowledged();
    copy_ = image_of(*database_);
    promised_in_copy_ = promised_;
  }

  void restore() {
    if (copy_.empty()) return;
    note_acknowledged();
    run_.reset();
    database_ = database_from(copy_);
    promised_ = promised_in_copy_;
    start_run(plan_.server_mistake != ServerMistake::keeps_its_epoch);
  }

  void run_dry() {
    for (int steps = 0; steps < most_steps; ++steps) {
      clock_.advance();
      if (!step()) return;
    }
    problems_.push_back("it never comes to rest");
  }

  void settle() {
    for (std::size_t i = 0; i < client_count; ++i) {
      if (!clients_[i]->is_connected()) connect(i);
    }
    run_dry();
    republish_tallies();
    run_dry();
    // Twice: the first ping is the mark that the second is measured against.
    for (int i = 0; i < 2 && plan_.server_mistake != ServerMistake::loses_a_delivery; ++i) {
      for (auto& client : clients_) client->ping();
      run_dry();
    }
    note_acknowledged();
  }

  std::vector<std::string> judge() {
    const auto head = storage::read_head(*database_, channel).value();
    std::map<RecordName, Json> truth;
    const auto hold = [&](const std::vector<storage::StoredRecord>& records) {
      for (const auto& record : records) {
        std::string text;
        storage::append_record(text, record);
        truth[{record.type, record.id}] = Json::parse(text);
      }
    };
    hold(storage::state_records(*database_, head.id));
    hold(storage::timeline_records(*database_, head.id, 1, head.pos));
    judge_timeline(truth, head.pos);
    for (std::size_t i = 0; i < client_count; ++i) judge_client(i, truth, head.rev);
    return problems_;
  }

  void judge_timeline(const std::map<RecordName, Json>& truth, std::int64_t last_pos) {
    std::set<std::int64_t> places;
    std::set<std::string> texts;
    for (const auto& [name, record] : truth) {
      if (name.type != "message") continue;
      if (!places.insert(record.at("pos").get<std::int64_t>()).second) problems_.push_back("two messages at one pos");
      if (record.contains("text") && !texts.insert(record.at("text").get<std::string>()).second) {
        problems_.push_back("posted twice: " + record.at("text").get<std::string>());
      }
    }
    if (static_cast<std::int64_t>(places.size()) != last_pos) problems_.push_back("a gap in the timeline");
    for (const std::string& text : promised_) {
      if (!texts.contains(text) && !touched_.contains(text)) problems_.push_back("acknowledged and lost: " + text);
    }
  }

  void judge_client(std::size_t index, const std::map<RecordName, Json>& truth, std::int64_t rev) {
    const Client& client = *clients_[index];
    const std::string who = "client " + std::to_string(index) + ": ";
    for (const auto& complaint : client.complaints()) problems_.push_back(who + complaint);
    if (!client.is_idle()) problems_.push_back(who + "still waits for something");
    if (client.view().rev != rev) problems_.push_back(who + "is at another rev than the channel");
    std::map<RecordName, Json> expected;
    for (const auto& [name, record] : truth) {
      if (!record.contains("pos") || record.at("pos") >= client.view().oldest) expected.emplace(name, record);
    }
    if (client.view().records != expected) problems_.push_back(who + "sees something else than a fresh snapshot");
  }

  Plan plan_;
  std::mt19937_64 random_;
  HeldClock clock_;
  std::unique_ptr<storage::Connection> database_;
  std::vector<std::unique_ptr<Client>> clients_;
  std::vector<std::shared_ptr<Link>> links_;
  std::unique_ptr<Run> run_;
  std::vector<std::size_t> noted_;
  std::set<std::string> promised_;
  std::set<std::string> promised_in_copy_;
  std::set<std::string> touched_;
  DatabaseImage copy_;
  std::vector<std::string> problems_;
  std::uint64_t last_key_ = 0;
  std::uint64_t last_text_ = 0;
  int last_run_ = 0;
};

}  // namespace

std::vector<std::string> run_history(const Plan& plan) { return World{plan}.live_and_judge(); }

}  // namespace plenary::simulation
