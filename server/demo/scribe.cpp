#include "server/demo/scribe.hpp"

#include <stdexcept>

#include "server/demo/people.hpp"

namespace plenary::server::demo {

using protocol::PersonId;
using protocol::Timestamp;
using sync::Identity;

namespace {

constexpr std::chrono::hours sessions_last{24 * 3'650};

/// What a session of the demo's is found by. No token has this hash, so nobody can sign in with it.
storage::Blob session_mark(std::string name) {
  constexpr std::size_t length_of_a_hash = 32;
  name.resize(length_of_a_hash, '\0');
  return {name.begin(), name.end()};
}

}  // namespace

void Scribe::command(Identity who, Timestamp at, const Work& work,
                     std::function<void(const protocol::Json&)> answered) {
  domain::CommandContext context{transaction(), access::resolve(connection_, who.session, at), at};
  protocol::Result<sync::Made> made = work(context);
  if (!made) throw std::logic_error{"the demo was refused something"};
  pending_.push_back({std::move(*made), std::move(answered)});
}

storage::Transaction& Scribe::transaction() {
  if (!transaction_) transaction_.emplace(connection_);
  return *transaction_;
}

void Scribe::commit() {
  if (!transaction_) return;
  transaction_->finish();
  for (const auto& [made, answered] : pending_) answered(protocol::parse_json(made.ok(*transaction_)).value());
  transaction_->commit();
  transaction_.reset();
  pending_.clear();
}

void not_needed(const protocol::Json&) {}

std::optional<Identity> find_identity(storage::Connection& connection, const std::string& mark, Timestamp now) {
  const auto session = storage::find_session(connection, session_mark(mark), now);
  if (!session) return std::nullopt;
  return Identity{session->id, session->person.id};
}

Identity begin_identity(storage::Transaction& transaction, const std::string& mark, PersonId person, Timestamp at) {
  return {storage::insert_session(transaction, person, session_mark(mark), "demo", at, at + sessions_last), person};
}

Identity ensure_identity(Scribe& scribe, storage::Connection& connection, const std::string& who, Timestamp at) {
  const std::string mark = "plenary demo " + who;
  if (const auto found = find_identity(connection, mark, at)) return *found;
  const auto person = find_demo_person(connection, who);
  if (!person) throw std::logic_error{"the demo has nobody called " + who};
  const Identity identity = begin_identity(scribe.transaction(), mark, person->id, at);
  scribe.commit();
  return identity;
}

}  // namespace plenary::server::demo
