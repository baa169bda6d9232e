#include "server/domain/messages.hpp"

#include <algorithm>

#include "storage/appeals.hpp"
#include "storage/channels.hpp"
#include "storage/messages.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;
using protocol::MessageId;
using protocol::Operation;
using protocol::RemovedBy;
using protocol::Result;
using storage::Placement;
using storage::RecordKey;

namespace {

/// A command touches at most 500 rows (DESIGN.md 5), and republishes three kinds.
constexpr std::int64_t tallies_at_once = 80;
constexpr std::string_view default_language = "en";

RecordKey message_key(const std::string& channel, MessageId id) {
  return {channel, std::string{protocol::MessageRecord::record_type}, id.value};
}

/// A message whose webinar the caller may do `operation` in.
struct MessageInRoom {
  storage::MessageRow message;
  Room room;
};

Result<MessageInRoom> find(CommandContext& context, Operation operation, MessageId id) {
  auto message = storage::find_message(context.connection(), id);
  if (!message) return Error{ErrorCode::not_found};
  auto room =
      enter(context.connection(), context.caller, operation, message->webinar, message->author == context.caller.id());
  if (!room) return room.error();
  return MessageInRoom{std::move(*message), std::move(*room)};
}

/// Writes the message's record as the tables have it now.
RecordKey publish_message(storage::Transaction& transaction, const storage::MessageRow& row,
                          const protocol::Body& body) {
  const std::string channel = access::webinar_channel(row.webinar);
  protocol::MessageRecord record{reference(transaction.connection(), row.webinar, row.author),
                                 row.text,
                                 body,
                                 row.lang,
                                 row.at,
                                 row.edited_at,
                                 row.reply_to,
                                 {}};
  if (row.reply_to) record.reply_to_pos = pos_of(transaction.connection(), message_key(channel, *row.reply_to));
  transaction.publish(channel, row.id.value, record, Placement::timeline());
  return message_key(channel, row.id);
}

/// An admin who hosts acts as the host.
RemovedBy role_of_remover(CommandContext& context, const storage::MessageRow& message) {
  if (message.author == context.caller.id()) return RemovedBy::author;
  const auto role = storage::webinar_role(context.connection(), message.webinar, context.caller.id());
  return role == protocol::WebinarRole::host ? RemovedBy::host : RemovedBy::moderator;
}

}  // namespace

Result<sync::Made> post_message(CommandContext& context, const protocol::MessagePostArgs& args,
                                const protocol::Body& body) {
  const auto room = enter(context.connection(), context.caller, Operation::message_post, args.webinar);
  if (!room) return room.error();
  if (room->webinar.state != protocol::WebinarState::live) return Error{ErrorCode::not_live};
  if (args.reply_to) {
    const auto target = storage::find_message(context.connection(), *args.reply_to);
    if (!target || target->webinar != args.webinar) return Error{ErrorCode::not_found, "replyTo"};
  }
  storage::MessageRow row{{},
                          args.webinar,
                          context.caller.id(),
                          args.text.str(),
                          args.lang ? args.lang->str() : room->webinar.language.value_or(std::string{default_language}),
                          context.now.milliseconds,
                          std::nullopt,
                          args.reply_to,
                          false};
  row.id = storage::insert_message(context.transaction, row);
  return made_at(protocol::MessageChanged{row.id, {}, 0}, publish_message(context.transaction, row, body));
}

Result<sync::Made> edit_message(CommandContext& context, const protocol::MessageEditArgs& args,
                                const protocol::Body& body) {
  auto found = find(context, Operation::message_edit, args.message);
  if (!found) return found.error();
  if (found->message.removed) return Error{ErrorCode::already_removed};
  storage::edit_message(context.transaction, args.message, args.text.str(), context.now);
  found->message.text = args.text.str();
  found->message.edited_at = context.now.milliseconds;
  return made_at(protocol::MessageChanged{args.message, {}, 0},
                 publish_message(context.transaction, found->message, body));
}

Result<sync::Made> remove_message(CommandContext& context, const protocol::MessageRemoveArgs& args) {
  const auto found = find(context, Operation::message_remove, args.message);
  if (!found) return found.error();
  if (found->message.removed) return Error{ErrorCode::already_removed};
  const RemovedBy as = role_of_remover(context, found->message);
  if (as != RemovedBy::author && !args.reason) return Error{ErrorCode::reason_required, "reason"};

  const auto& message = found->message;
  std::optional<std::string> reason;
  if (args.reason) reason = args.reason->str();
  storage::remove_message(context.transaction, message.id, {context.caller.id(), as, reason}, context.now);
  const std::string channel = access::webinar_channel(message.webinar);
  context.transaction.publish(channel, message.id.value,
                              protocol::RemovedMessageRecord{protocol::MessageState::removed, as},
                              Placement::timeline());
  context.transaction.retract({channel, std::string{protocol::TallyRecord::record_type}, message.id.value});
  if (as != RemovedBy::author) {
    publish_returned(context.transaction, message.id);
  }
  return made_at(protocol::MessageChanged{message.id, {}, 0}, message_key(channel, message.id));
}

void restore_message(storage::Transaction& transaction, MessageId id) {
  storage::restore_message(transaction, id);
  const auto row = storage::find_message(transaction.connection(), id).value();
  publish_message(transaction, row, protocol::parse_markdown(row.text));
  storage::mark_tally_dirty(transaction, id);
}

void publish_returned(storage::Transaction& transaction, MessageId id) {
  const auto message = storage::find_message(transaction.connection(), id).value();
  const auto removal = storage::find_removal(transaction.connection(), id);
  const auto appeal = storage::find_appeal_of(transaction.connection(), id);
  protocol::ReturnedRecord record{message.text, {}, RemovedBy::moderator, 0, 0, std::nullopt};
  if (appeal) {
    record.appeal = storage::own_appeal(*appeal);
    record.reason = appeal->reason;
    record.at = appeal->decided_at;
    if (storage::webinar_role(transaction.connection(), message.webinar, appeal->decided_by) ==
        protocol::WebinarRole::host) {
      record.by = RemovedBy::host;
    }
  }
  // It may have been removed again since.
  if (removal && removal->as != RemovedBy::author) {
    record.reason = removal->reason.value_or("");
    record.by = removal->as;
    record.at = removal->at;
  }
  record.appeal_until = appeal_until(record.at);
  transaction.publish(access::webinar_person_channel(message.webinar, message.author), id.value, record,
                      Placement::state());
}

Result<sync::Made> react(CommandContext& context, const protocol::MessageReactArgs& args) {
  const auto found = find(context, Operation::message_react, args.message);
  if (!found) return found.error();
  if (found->message.removed) return Error{ErrorCode::already_removed};
  if (found->room.webinar.state != protocol::WebinarState::live) return Error{ErrorCode::not_live};
  const auto person = context.caller.id();
  if (args.on) {
    const auto counts = storage::count_reactions(context.connection(), args.message);
    const bool is_new = counts.find(args.emoji.str()) == counts.end();
    if (is_new && static_cast<std::int64_t>(counts.size()) >= protocol::default_limits.emojis_per_message) {
      return Error{ErrorCode::too_many_emojis, "emoji"};
    }
  }
  if (storage::set_reaction(context.transaction, args.message, person, args.emoji.str(), args.on)) {
    storage::mark_tally_dirty(context.transaction, args.message);
  }
  const std::string channel = access::webinar_person_channel(found->message.webinar, person);
  context.transaction.publish(
      channel, args.message.value,
      protocol::ReactionRecord{storage::reactions_by(context.connection(), args.message, person)}, Placement::state());
  return made_at(protocol::MessageChanged{args.message, {}, 0},
                 {channel, std::string{protocol::ReactionRecord::record_type}, args.message.value});
}

bool republish_tallies(storage::Transaction& transaction) {
  const auto dirty = storage::dirty_tallies(transaction.connection(), tallies_at_once);
  for (const MessageId id : dirty) {
    storage::clear_dirty_tally(transaction, id);
    const auto message = storage::find_message(transaction.connection(), id);
    if (!message || message->removed) continue;
    transaction.publish(access::webinar_channel(message->webinar), id.value,
                        protocol::TallyRecord{id, storage::count_reactions(transaction.connection(), id)},
                        Placement::attached_to(std::string{protocol::MessageRecord::record_type}, id.value));
  }
  return static_cast<std::int64_t>(dirty.size()) == tallies_at_once;
}

}  // namespace plenary::server::domain
