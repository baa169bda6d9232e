#include "tests/simulation/run.hpp"

#include "server/access/caller.hpp"
#include "server/domain/people.hpp"
#include "storage/runs.hpp"

namespace plenary::simulation {

using namespace server;
using protocol::PersonId;
using protocol::SessionId;

namespace {

// Small, so that every branch is taken often.
constexpr std::int64_t resume_records = 8;
constexpr std::size_t queue_bytes = 3'000;

OperationSettings without_rates() {
  OperationSettings settings;
  settings.limits.messages_per_second = 0;
  settings.limits.operations_per_second = 0;
  settings.catch_up.resume_records = resume_records;
  settings.typing = [](protocol::WebinarId, PersonId) {};
  settings.posted = [](protocol::WebinarId, PersonId) {};
  settings.tally_dirty = [] {};
  settings.report = [](protocol::Operation, const std::optional<protocol::Error>&) {};
  return settings;
}

}  // namespace

Run::Run(storage::Connection& connection, const protocol::Clock& clock, ServerMistake mistake, const std::string& epoch)
    : connection_{connection}, mistake_{mistake}, reads_{connection} {
  if (!epoch.empty()) {
    storage::Transaction transaction{connection};
    storage::begin_run(transaction, epoch, clock.now());
    transaction.commit();
  }
  epochs_ = std::make_unique<sync::Epochs>(storage::runs(connection));
  const OperationSettings settings = without_rates();
  operations_ = std::make_unique<Operations>(writer_, reads_, clock, *epochs_, settings);
  for (PerCore& core : cores_) build_core(core, clock, settings);
}

void Run::build_core(PerCore& core, const protocol::Clock& clock, const OperationSettings& settings) {
  const auto authorise = [&clock](storage::Connection& reader, sync::Identity who, const std::string& name) {
    return access::refuse_channel(reader, access::resolve(reader, who.session, clock.now()), name);
  };
  core.hub = std::make_unique<sync::Hub>(observer_);
  core.subscriber_tools = std::make_unique<sync::SubscriberTools>(
      sync::SubscriberTools{*core.hub, core.lane, reads_, *epochs_, authorise, settings.catch_up, queue_bytes});
  core.session_tools = std::make_unique<net::SessionTools>(
      net::SessionTools{*operations_, *core.subscriber_tools, clock, settings.limits, "simulation", "simulation",
                        [&clock](storage::Connection& reader, SessionId session) {
                          return domain::describe(reader, access::resolve(reader, session, clock.now()));
                        },
                        [](const std::shared_ptr<net::Session>&) {}, [](const std::shared_ptr<net::Session>&) {},
                        [](std::size_t, std::size_t) {}});
}

Run::~Run() {
  for (auto& [link, socket] : sockets_) closing_.push_back(socket);
  for (auto& socket : closing_) {
    if (const auto handler = std::exchange(socket->handler_, nullptr)) handler->on_closed();
  }
  for (auto& core : cores_) core.lane.forget();
  reads_.lane.forget();
  writer_.inbox.clear();
}

void Run::accept(const std::shared_ptr<Link>& link) {
  auto socket = std::make_shared<HeldSocket>(link);
  const auto who = static_cast<std::int64_t>(link->client + 1);
  auto session =
      std::make_shared<net::Session>(*cores_[link->core].session_tools,
                                     net::SessionPeer{{SessionId{who}, PersonId{who}}, false, "simulation"}, socket);
  session->start();
  sockets_.emplace_back(link, socket);
}

void Run::close(const std::shared_ptr<Link>& link) {
  if (const auto socket = socket_of(link)) {
    closing_.push_back(socket);
    cores_[link->core].lane.post([socket] {
      if (const auto handler = std::exchange(socket->handler_, nullptr)) handler->on_closed();
    });
  }
  std::erase_if(sockets_, [&](const auto& entry) { return entry.first == link; });
}

std::shared_ptr<HeldSocket> Run::socket_of(const std::shared_ptr<Link>& link) {
  for (auto& [known, socket] : sockets_) {
    if (known == link) return socket;
  }
  return nullptr;
}

void Run::write_some(std::size_t count, std::mt19937_64& random) {
  std::vector<sync::Command> commands;
  for (std::size_t i = 0; i < count; ++i) {
    commands.push_back(std::move(writer_.inbox.front()));
    writer_.inbox.pop_front();
  }
  auto batch = sync::run_batch(connection_, std::move(commands));
  for (auto& core : cores_) {
    if (mistake_ == ServerMistake::loses_a_delivery && random() % 6 == 0) continue;
    core.lane.post([&core, delivery = batch.delivery] {
      core.hub->deliver(*delivery);
      core.lane.post([&core] { core.hub->flush(); });
    });
  }
  for (auto& one : batch.finished) one.done(std::move(one.result));
}

}  // namespace plenary::simulation
