#include "tests/simulation/world.hpp"

#include <algorithm>
#include <map>

#include "server/domain/messages.hpp"
#include "server/domain/people.hpp"
#include "server/domain/webinars.hpp"
#include "storage/channels.hpp"
#include "storage/migrations.hpp"
#include "storage/runs.hpp"
#include "tests/simulation/run.hpp"

namespace plenary::simulation {

using namespace server;
using protocol::SessionId;

namespace {

constexpr std::size_t client_count = 3;
constexpr int actions_in_a_history = 70;
constexpr int most_steps = 200'000;
constexpr int messages_before = 56;
const std::string channel = "webinar/1";

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

/// A live webinar with a page and more of messages, and three members, each with a session; made once.
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
    domain::create_webinar(context, {{title, title}, protocol::Visibility::public_, std::nullopt, std::nullopt})
        .value();
    domain::open_webinar(context, {protocol::WebinarId{1}}).value();
    for (int i = 0; i < messages_before; ++i) {
      context.caller = access::resolve(connection, SessionId{1 + i % static_cast<int>(client_count)}, clock.now());
      const auto text = protocol::MessageText::trusted("before " + std::to_string(i));
      domain::post_message(context, {protocol::WebinarId{1}, text, std::nullopt, std::nullopt}, {}).value();
    }
    transaction.finish();
    transaction.commit();
    return image_of(connection);
  }();
  return image;
}

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
    run_ = std::make_unique<Run>(
        *database_, clock_, plan_.server_mistake,
        new_epoch ? "run-" + std::to_string(++last_run_) + "-" + std::to_string(random_()) : std::string{});
  }

  /// One thing that some thread or link does next. False: nothing is left to do.
  bool step() {
    std::vector<std::function<void()>> possible;
    for (std::size_t i = 0; i < core_count; ++i) {
      Lane& lane = run_->core_lane(i);
      if (!lane.is_empty()) possible.push_back([&lane] { lane.run_one(); });
    }
    if (!run_->reader_lane().is_empty()) possible.push_back([this] { run_->reader_lane().run_one(); });
    if (run_->commands_waiting() > 0) {
      possible.push_back([this] { run_->write_some(1 + random_() % run_->commands_waiting(), random_); });
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
    run_->core_lane(link->core).post([socket = run_->socket_of(link)] {
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
    if (random_() % 3 == 0) {
      // Older than the page that a newcomer gets: what a history brings changes while it is on its way.
      const std::int64_t old = 1 + static_cast<std::int64_t>(random_() % 6);
      client.intend("message.react", {{"message", old}, {"emoji", "👏"}, {"on", random_() % 3 != 0}});
      return;
    }
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
    run_->submit({[](storage::Transaction& transaction) -> protocol::Result<sync::Made> {
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
