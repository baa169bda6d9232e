#include "server/domain/webinars.hpp"

#include "server/domain/activities.hpp"
#include "server/domain/summaries.hpp"

namespace plenary::server::domain {

using protocol::Operation;
using protocol::Result;
using protocol::WebinarId;
using protocol::WebinarState;

namespace {

constexpr std::int64_t listed_webinars = 200;

Result<sync::Made> change_state(CommandContext& context, Operation operation, WebinarId id, WebinarState state) {
  const auto room = enter(context.connection(), context.caller, operation, id);
  if (!room) return room.error();
  if (room->webinar.state != state) {
    storage::set_webinar_state(context.transaction, id, state, context.now);
    tell_news_of(context.transaction, room->webinar, context.caller.id(), context.now);
  }
  return made_at(protocol::WebinarChanged{id, {}, 0}, publish_webinar(context.transaction, id));
}

}  // namespace

storage::RecordKey publish_webinar(storage::Transaction& transaction, WebinarId id) {
  const auto row = storage::find_webinar(transaction.connection(), id).value();
  const std::string channel = access::webinar_channel(id);
  transaction.publish(channel, id.value,
                      protocol::WebinarRecord{row.title, row.state, row.visibility, row.people_visible, row.language,
                                              storage::hosts_of(transaction.connection(), id), row.questions,
                                              row.created_at, row.opened_at, row.closed_at},
                      storage::Placement::state());
  return {channel, std::string{protocol::WebinarRecord::record_type}, id.value};
}

Result<sync::Made> create_webinar(CommandContext& context, const protocol::WebinarCreateArgs& args) {
  const auto verdict = access::verdict(Operation::webinar_create, access::standing(context.caller));
  if (const auto refused = access::refusal(verdict, false)) return *refused;
  storage::WebinarRow row{{},
                          {args.title.en.str(), args.title.fr.str()},
                          WebinarState::scheduled,
                          args.visibility,
                          args.people_visible.value_or(protocol::PeopleVisible::count),
                          std::nullopt,
                          {},
                          context.now.milliseconds,
                          std::nullopt,
                          std::nullopt};
  if (args.language) row.language = args.language->str();
  const WebinarId id = storage::insert_webinar(context.transaction, row);
  storage::set_webinar_role(context.transaction, id, context.caller.id(), protocol::WebinarRole::host);
  row.id = id;
  tell_news_of(context.transaction, row, context.caller.id(), context.now);
  return made_at(protocol::WebinarChanged{id, {}, 0}, publish_webinar(context.transaction, id));
}

Result<sync::Made> open_webinar(CommandContext& context, const protocol::WebinarArgs& args) {
  return change_state(context, Operation::webinar_open, args.webinar, WebinarState::live);
}

Result<sync::Made> close_webinar(CommandContext& context, const protocol::WebinarArgs& args) {
  auto closed = change_state(context, Operation::webinar_close, args.webinar, WebinarState::ended);
  if (closed) {
    const auto webinar = storage::find_webinar(context.connection(), args.webinar).value();
    if (webinar.opened_at && webinar.closed_at == context.now.milliseconds) {
      publish_summary(context.transaction, webinar, context.now);
    }
  }
  return closed;
}

protocol::WebinarListOk list_webinars(storage::Connection& connection, const access::Caller& caller) {
  protocol::WebinarListOk ok;
  for (auto& row : storage::list_webinars(connection, true, listed_webinars)) {
    if (access::standing(connection, caller, row) == access::Standing::outsider) continue;
    ok.webinars.push_back(
        {row.id, std::move(row.title), row.state, row.visibility, row.people_visible, row.created_at});
  }
  return ok;
}

}  // namespace plenary::server::domain
