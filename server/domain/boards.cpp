#include "server/domain/boards.hpp"

namespace plenary::server::domain {

using protocol::Operation;

protocol::Result<sync::Made> create_board(CommandContext& context, const protocol::BoardCreateArgs& args) {
  const auto verdict = access::verdict(Operation::board_create, access::standing(context.caller));
  if (const auto refused = access::refusal(verdict, false)) return *refused;
  const storage::BoardRow row{{},
                              {args.name.en.str(), args.name.fr.str()},
                              {args.purpose.en.str(), args.purpose.fr.str()},
                              args.visibility,
                              args.posting.value_or(protocol::BoardPosting::members),
                              context.now.milliseconds};
  const auto id = storage::insert_board(context.transaction, row);
  const std::string channel = access::board_channel(id);
  context.transaction.publish(channel, id.value,
                              protocol::BoardRecord{row.name, row.purpose, row.visibility, row.posting, row.created_at},
                              storage::Placement::state());
  return made_at(protocol::BoardChanged{id, {}, 0},
                 {channel, std::string{protocol::BoardRecord::record_type}, id.value});
}

protocol::BoardListOk list_boards(storage::Connection& connection, const access::Caller& caller) {
  // What members may read is asked of the one place that says who they are.
  const auto before_members = access::standing(caller, {{}, {}, {}, protocol::Visibility::members, {}, 0});
  return {storage::list_boards(connection, before_members != access::Standing::outsider)};
}

}  // namespace plenary::server::domain
