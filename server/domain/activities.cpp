#include "server/domain/activities.hpp"

#include <algorithm>

#include "server/domain/threads.hpp"
#include "storage/activities.hpp"
#include "storage/boards.hpp"
#include "storage/posts.hpp"

namespace plenary::server::domain {

using protocol::ActivityRecord;
using protocol::Visibility;
using storage::ActivityRow;
using storage::ActivitySubject;
using storage::Transaction;

namespace {

storage::RecordKey key_of(const ActivityRow& row) {
  return {row.channel, std::string{ActivityRecord::record_type}, row.id};
}

/// Both must be readable for who is told of them together.
Visibility narrower(Visibility one, Visibility other) {
  return one == Visibility::public_ && other == Visibility::public_ ? Visibility::public_ : Visibility::members;
}

protocol::ThreadActivity about_thread(storage::Connection& connection, protocol::ThreadId id) {
  const auto thread = storage::find_thread(connection, id).value();
  const auto board = storage::find_board(connection, thread.board).value();
  return {id,          board.id,    board.name,   thread.title,
          thread.lang, thread.kind, thread.posts, accepted_answer(connection, thread).has_value()};
}

protocol::CarriedActivity about_carried(storage::Connection& connection, std::int64_t id) {
  const auto carried = storage::find_carried(connection, id).value();
  const auto webinar = storage::find_webinar(connection, carried.webinar).value();
  const auto board = storage::find_board(connection, carried.board).value();
  return {webinar.id, webinar.title, board.id, board.name, carried.threads};
}

/// Of the newest post that stands; nothing where it is anonymous.
std::optional<protocol::PersonId> newest_author(storage::Connection& connection, protocol::ThreadId thread) {
  const auto newest = storage::newest_post(connection, thread);
  const auto post = newest ? storage::find_post(connection, *newest) : std::nullopt;
  return post && !post->anonymous ? std::optional{post->author} : std::nullopt;
}

void publish_activity(Transaction& transaction, const ActivityRow& row) {
  auto& connection = transaction.connection();
  ActivityRecord record;
  record.seq = row.seq;
  record.at = row.at;
  if (row.by) record.by = reference(connection, *row.by);
  switch (row.subject) {
    case ActivitySubject::thread: record.thread = about_thread(connection, protocol::ThreadId{row.of}); break;
    case ActivitySubject::webinar: {
      const auto webinar = storage::find_webinar(connection, protocol::WebinarId{row.of}).value();
      record.webinar = protocol::WebinarActivity{webinar.id, webinar.title, webinar.state};
      break;
    }
    case ActivitySubject::carried: record.carried = about_carried(connection, row.of); break;
  }
  transaction.publish(row.channel, row.id, record, storage::Placement::state());
}

struct News {
  ActivitySubject subject{};
  std::int64_t of = 0;
  std::optional<protocol::PersonId> by;
};

void tell(Transaction& transaction, Visibility visibility, const News& news, protocol::Timestamp now) {
  const std::string channel = access::news_channel(visibility);
  const auto earlier = storage::find_activity(transaction.connection(), news.subject, news.of);
  if (earlier && earlier->channel != channel) transaction.retract(key_of(*earlier));
  const ActivityRow row =
      storage::bring_forward(transaction, {0, channel, news.subject, news.of, 0, now.milliseconds, news.by});
  publish_activity(transaction, row);
  const auto let_go = storage::let_go_oldest(transaction, channel, protocol::default_limits.activities_kept);
  if (let_go) transaction.retract({channel, std::string{ActivityRecord::record_type}, *let_go});
}

Visibility visibility_of(storage::Connection& connection, const storage::ThreadRow& thread) {
  return storage::find_board(connection, thread.board).value().visibility;
}

}  // namespace

void tell_news_of(Transaction& transaction, const storage::ThreadRow& thread, std::optional<protocol::PersonId> by,
                  protocol::Timestamp now) {
  tell(transaction, visibility_of(transaction.connection(), thread), {ActivitySubject::thread, thread.id.value, by},
       now);
}

void correct_news_of(Transaction& transaction, const storage::ThreadRow& thread, const storage::PostRow* taken) {
  auto& connection = transaction.connection();
  auto row = storage::find_activity(connection, ActivitySubject::thread, thread.id.value);
  if (!row) return;
  // A post that was removed was the news: now it is the newest that stands.
  if (taken != nullptr && row->at == taken->at && row->by == taken->author) {
    row->at = thread.last_at;
    row->by = newest_author(connection, thread.id);
    storage::correct_activity(transaction, *row);
  }
  if (row->kept) publish_activity(transaction, *row);
}

void tell_return_of(Transaction& transaction, const storage::ThreadRow& thread) {
  tell_news_of(transaction, thread, newest_author(transaction.connection(), thread.id),
               protocol::Timestamp{thread.last_at});
}

void forget_news_of(Transaction& transaction, const storage::ThreadRow& thread) {
  const auto row = storage::find_activity(transaction.connection(), ActivitySubject::thread, thread.id.value);
  if (!row) return;
  transaction.retract(key_of(*row));
  storage::drop_activity(transaction, row->id);
}

void tell_news_of(Transaction& transaction, const storage::WebinarRow& webinar, protocol::PersonId by,
                  protocol::Timestamp now) {
  tell(transaction, webinar.visibility, {ActivitySubject::webinar, webinar.id.value, by}, now);
}

void tell_news_of(Transaction& transaction, const storage::WebinarRow& webinar, const storage::BoardRow& board,
                  std::int64_t threads, protocol::PersonId by, protocol::Timestamp now) {
  const auto carried = storage::add_carried(transaction, {0, webinar.id, board.id, threads});
  tell(transaction, narrower(webinar.visibility, board.visibility), {ActivitySubject::carried, carried.id, by}, now);
}

namespace {

/// The newest that this person is told of.
std::int64_t newest_for(CommandContext& context) {
  auto& connection = context.connection();
  const std::int64_t everybodys = storage::last_activity(connection, access::news_channel(Visibility::public_));
  const std::string members = access::news_channel(Visibility::members);
  if (access::refuse_channel(connection, context.caller, members)) return everybodys;
  return std::max(everybodys, storage::last_activity(connection, members));
}

}  // namespace

protocol::Result<sync::Made> see_news(CommandContext& context, const protocol::NewsSeenArgs& args) {
  const auto verdict = access::verdict(protocol::Operation::news_seen, access::standing(context.caller));
  if (const auto refused = access::refusal(verdict, true)) return *refused;
  if (args.seq < 0 || args.seq > newest_for(context)) {
    return protocol::Error{protocol::ErrorCode::out_of_range, "seq"};
  }
  const auto person = context.caller.id();
  const std::int64_t seq = std::max(args.seq, storage::news_seen(context.connection(), person));
  storage::set_news_seen(context.transaction, person, seq);
  const std::string channel = access::person_channel(person);
  context.transaction.publish(channel, person.value, protocol::SeenRecord{seq}, storage::Placement::state());
  return made_at(protocol::NewsSeen{seq, {}, 0},
                 {channel, std::string{protocol::SeenRecord::record_type}, person.value});
}

}  // namespace plenary::server::domain
