#pragma once
// How the demo writes: the domain's own commands, in the names of its people, before the server opens. Thread: the one that starts
// the program.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "server/domain/command.hpp"
#include "server/sync/subscriber.hpp"
#include "storage/sessions.hpp"

namespace plenary::server::demo {

/// The domain's commands, one after another, each answered. A transaction holds as many as do not need each other's
/// answers.
class Scribe {
 public:
  using Work = std::function<protocol::Result<sync::Made>(domain::CommandContext&)>;

  explicit Scribe(storage::Connection& connection) : connection_{connection} {}
  Scribe(const Scribe&) = delete;
  Scribe& operator=(const Scribe&) = delete;

  void command(sync::Identity who, protocol::Timestamp at, const Work& work,
               std::function<void(const protocol::Json&)> answered);

  /// The transaction that is under way, for what has no command.
  storage::Transaction& transaction();
  void commit();

 private:
  struct Pending {
    sync::Made made;
    std::function<void(const protocol::Json&)> answered;
  };
  storage::Connection& connection_;
  std::optional<storage::Transaction> transaction_;
  std::vector<Pending> pending_;
};

/// For answers nobody waits for.
void not_needed(const protocol::Json& answer);

std::optional<sync::Identity> find_identity(storage::Connection& connection, const std::string& mark,
                                            protocol::Timestamp now);
sync::Identity begin_identity(storage::Transaction& transaction, const std::string& mark, protocol::PersonId person,
                              protocol::Timestamp at);
/// Of one of the demo's accounts (people.hpp); a session is begun at `at` where there is none.
sync::Identity ensure_identity(Scribe& scribe, storage::Connection& connection, const std::string& who,
                               protocol::Timestamp at);

}  // namespace plenary::server::demo
