#include "server/domain/posts.hpp"

#include "server/domain/activities.hpp"
#include "server/domain/threads.hpp"
#include "storage/appeals.hpp"
#include "storage/threads.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;
using protocol::PostChanged;
using protocol::PostId;
using protocol::PostRecord;
using protocol::RemovedBy;
using protocol::Result;
using storage::Placement;
using storage::PostRow;
using storage::ThreadRow;
using storage::Transaction;

namespace {

/// A command touches at most 500 rows (DESIGN.md 5), and republishes three kinds.
constexpr std::int64_t tallies_at_once = 80;
constexpr std::string_view default_language = "en";

storage::RecordKey tally_key(const PostRow& post) {
  return {access::thread_channel(post.thread), std::string{protocol::PostTallyRecord::record_type}, post.id.value};
}

/// A post on whose board the caller may do `operation`.
struct PostInThread {
  PostRow post;
  ThreadRow thread;
  access::Standing standing{};
};

/// Also one that is removed.
Result<PostInThread> find_any(CommandContext& context, Operation operation, PostId id) {
  auto post = storage::find_post(context.connection(), id);
  if (!post) return Error{ErrorCode::not_found};
  auto thread = storage::find_thread(context.connection(), post->thread).value();
  const bool is_own = context.caller.person && post->author == context.caller.id();
  const auto board = enter_board(context.connection(), context.caller, operation, thread.board, is_own);
  if (!board) return board.error();
  return PostInThread{std::move(*post), std::move(thread), board->standing};
}

/// One that stands.
Result<PostInThread> find(CommandContext& context, Operation operation, PostId id) {
  auto found = find_any(context, operation, id);
  if (found && (found->post.removed || found->thread.removed_as)) return Error{ErrorCode::already_removed};
  return found;
}

/// The thread's records as its row has it now.
void keep(Transaction& transaction, const ThreadRow& thread) {
  storage::update_thread(transaction, thread);
  publish_thread(transaction, thread);
}

/// What a removal or its undoing changes about the thread: its count, its newest post, whether it stands at all.
void settle(Transaction& transaction, ThreadRow& thread) {
  auto& connection = transaction.connection();
  thread.posts = storage::count_posts(connection, thread.id);
  const auto newest = storage::newest_post(connection, thread.id);
  thread.last_at = newest ? storage::find_post(connection, *newest).value().at : thread.at;
  keep(transaction, thread);
}

/// The post goes, and with the first one the thread where `takes_thread`.
void take(Transaction& transaction, const PostRow& post, ThreadRow& thread, const storage::Removal& removal,
          bool takes_thread, protocol::Timestamp now) {
  storage::remove_post(transaction, post.id, removal, now);
  transaction.publish(access::thread_channel(post.thread), post.id.value,
                      protocol::RemovedPostRecord{protocol::MessageState::removed, removal.as}, Placement::timeline());
  transaction.retract(tally_key(post));
  if (takes_thread) thread.removed_as = removal.as;
  settle(transaction, thread);
  if (thread.removed_as) {
    forget_news_of(transaction, thread);
  } else {
    correct_news_of(transaction, thread, &post);
  }
  if (removal.as != RemovedBy::author) publish_returned(transaction, post.id);
}

/// A title goes with the first post; where its author has removed that already, a moderator can still take the title, and the
/// author hears why, has it back and can appeal.
Result<sync::Made> take_title(CommandContext& context, PostInThread& found, const storage::Removal& removal) {
  auto& [post, thread, standing] = found;
  const bool may_take =
      is_moderator(standing) && !thread.removed_as && storage::first_post(context.connection(), thread.id) == post.id;
  if (!may_take) return Error{ErrorCode::already_removed};
  storage::remove_post(context.transaction, post.id, removal, context.now);
  thread.removed_as = removal.as;
  settle(context.transaction, thread);
  forget_news_of(context.transaction, thread);
  if (removal.as != RemovedBy::author) publish_returned(context.transaction, post.id);
  return made_on(PostChanged{post.id, {}, 0}, access::thread_channel(thread.id));
}

}  // namespace

storage::RecordKey post_key(const PostRow& post) {
  return {access::thread_channel(post.thread), std::string{PostRecord::record_type}, post.id.value};
}

void publish_post(Transaction& transaction, const PostRow& post, const protocol::Body& body) {
  auto& connection = transaction.connection();
  PostRecord record;
  if (!post.anonymous) record.author = reference(connection, post.author);
  record.text = post.text;
  record.body = body;
  record.lang = post.lang;
  record.at = post.at;
  record.edited_at = post.edited_at;
  record.reply_to = post.reply_to;
  const storage::RecordKey key = post_key(post);
  if (post.reply_to) record.reply_to_pos = pos_of(connection, {key.channel, key.type, post.reply_to->value});
  transaction.publish(key.channel, post.id.value, record, Placement::timeline());
}

Result<sync::Made> write_post(CommandContext& context, const protocol::PostWriteArgs& args,
                              const protocol::Body& body) {
  auto thread = storage::find_thread(context.connection(), args.thread);
  if (!thread) return Error{ErrorCode::not_found};
  const auto board = enter_board(context.connection(), context.caller, Operation::post_write, thread->board);
  if (!board) return board.error();
  if (thread->removed_as) return Error{ErrorCode::already_removed};
  if (args.reply_to) {
    const auto target = storage::find_post(context.connection(), *args.reply_to);
    if (!target || target->thread != args.thread) return Error{ErrorCode::not_found, "replyTo"};
  }
  const auto author = context.caller.id();
  PostRow post{{},
               args.thread,
               author,
               false,
               args.text.str(),
               args.lang ? args.lang->str() : std::string{default_language},
               context.now.milliseconds,
               std::nullopt,
               args.reply_to,
               false};
  post.id = storage::insert_post(context.transaction, post);
  publish_post(context.transaction, post, body);
  ++thread->posts;
  thread->last_at = post.at;
  keep(context.transaction, *thread);
  tell_news_of(context.transaction, *thread, author, context.now);
  return made_at(PostChanged{post.id, {}, 0}, post_key(post));
}

Result<sync::Made> edit_post(CommandContext& context, const protocol::PostEditArgs& args, const protocol::Body& body) {
  auto found = find(context, Operation::post_edit, args.post);
  if (!found) return found.error();
  storage::edit_post(context.transaction, args.post, args.text.str(), context.now);
  found->post.text = args.text.str();
  found->post.edited_at = context.now.milliseconds;
  publish_post(context.transaction, found->post, body);
  return made_at(PostChanged{args.post, {}, 0}, post_key(found->post));
}

Result<sync::Made> remove_post(CommandContext& context, const protocol::PostRemoveArgs& args) {
  auto found = find_any(context, Operation::post_remove, args.post);
  if (!found) return found.error();
  auto& [post, thread, standing] = *found;
  const RemovedBy as = post.author == context.caller.id() ? RemovedBy::author : RemovedBy::moderator;
  if (as != RemovedBy::author && !args.reason) return Error{ErrorCode::reason_required, "reason"};
  std::optional<std::string> reason;
  if (args.reason) reason = args.reason->str();
  const storage::Removal removal{context.caller.id(), as, reason};
  if (post.removed) return take_title(context, *found, removal);
  const bool is_first = storage::first_post(context.connection(), thread.id) == post.id;
  const bool takes_thread =
      is_first && (as != RemovedBy::author || !storage::others_wrote(context.connection(), post.id));
  take(context.transaction, post, thread, removal, takes_thread, context.now);
  return made_at(PostChanged{post.id, {}, 0}, post_key(post));
}

void withdraw_thread_of(Transaction& transaction, protocol::QuestionId question, protocol::Timestamp now) {
  auto& connection = transaction.connection();
  const auto id = storage::thread_of_question(connection, question);
  if (!id) return;
  auto thread = storage::find_thread(connection, *id).value();
  const auto post = storage::find_post(connection, storage::first_post(connection, *id)).value();
  if (post.removed) return;
  const bool takes_thread = !storage::others_wrote(connection, post.id);
  take(transaction, post, thread, {post.author, RemovedBy::author, std::nullopt}, takes_thread, now);
}

std::string text_taken_with(storage::Connection& connection, const PostRow& post) {
  if (storage::first_post(connection, post.thread) != post.id) return post.text;
  const std::string title = storage::find_thread(connection, post.thread).value().title;
  return post.text.empty() ? title : title + "\n\n" + post.text;
}

void restore_post(Transaction& transaction, PostId id) {
  const auto post = storage::find_post(transaction.connection(), id).value();
  if (post.text.empty()) {
    // Its author had taken the words back: only the title was taken, and only the title returns.
    const auto at = protocol::Timestamp{storage::find_removal(transaction.connection(), id).value().at};
    storage::remove_post(transaction, id, {post.author, RemovedBy::author, std::nullopt}, at);
  } else {
    storage::restore_post(transaction, id);
    publish_post(transaction, post, protocol::parse_markdown(post.text));
    storage::mark_tally_dirty(transaction, id);
  }
  auto thread = storage::find_thread(transaction.connection(), post.thread).value();
  const bool stands_again = thread.removed_as && storage::first_post(transaction.connection(), thread.id) == id;
  if (stands_again) thread.removed_as.reset();
  settle(transaction, thread);
  if (thread.removed_as) return;
  if (stands_again) {
    tell_return_of(transaction, thread);
  } else {
    correct_news_of(transaction, thread);
  }
}

void publish_returned(Transaction& transaction, PostId id) {
  auto& connection = transaction.connection();
  const auto post = storage::find_post(connection, id).value();
  const auto removal = storage::find_removal(connection, id);
  const auto appeal = storage::find_appeal_of(connection, id);
  protocol::ReturnedRecord record{text_taken_with(connection, post), {}, RemovedBy::moderator, 0, 0, std::nullopt};
  if (appeal) {
    record.appeal = storage::own_appeal(*appeal);
    record.reason = appeal->reason;
    record.at = appeal->decided_at;
  }
  // It may have been removed again since.
  if (removal && removal->as != RemovedBy::author) {
    record.reason = removal->reason.value_or("");
    record.at = removal->at;
  }
  record.appeal_until = appeal_until(record.at);
  transaction.publish(access::thread_person_channel(post.thread, post.author), id.value, record, Placement::state());
}

Result<sync::Made> react_to_post(CommandContext& context, const protocol::PostReactArgs& args) {
  const auto found = find(context, Operation::post_react, args.post);
  if (!found) return found.error();
  const auto person = context.caller.id();
  if (args.on) {
    const auto counts = storage::count_reactions(context.connection(), args.post);
    const bool is_new = counts.find(args.emoji.str()) == counts.end();
    if (is_new && static_cast<std::int64_t>(counts.size()) >= protocol::default_limits.emojis_per_message) {
      return Error{ErrorCode::too_many_emojis, "emoji"};
    }
  }
  if (storage::set_reaction(context.transaction, args.post, person, args.emoji.str(), args.on)) {
    storage::mark_tally_dirty(context.transaction, args.post);
  }
  const std::string channel = access::thread_person_channel(found->thread.id, person);
  context.transaction.publish(channel, args.post.value,
                              protocol::ReactionRecord{storage::reactions_by(context.connection(), args.post, person)},
                              Placement::state());
  return made_at(PostChanged{args.post, {}, 0},
                 {channel, std::string{protocol::ReactionRecord::record_type}, args.post.value});
}

bool republish_post_tallies(Transaction& transaction) {
  const auto dirty = storage::dirty_post_tallies(transaction.connection(), tallies_at_once);
  for (const PostId id : dirty) {
    storage::clear_dirty_tally(transaction, id);
    const auto post = storage::find_post(transaction.connection(), id);
    if (!post || post->removed) continue;
    transaction.publish(access::thread_channel(post->thread), id.value,
                        protocol::PostTallyRecord{id, storage::count_reactions(transaction.connection(), id)},
                        Placement::attached_to(std::string{PostRecord::record_type}, id.value));
  }
  return static_cast<std::int64_t>(dirty.size()) == tallies_at_once;
}

}  // namespace plenary::server::domain
