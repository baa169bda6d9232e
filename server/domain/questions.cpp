#include "server/domain/questions.hpp"

#include <algorithm>
#include <chrono>

#include "server/domain/posts.hpp"
#include "server/domain/question_records.hpp"
#include "server/domain/webinars.hpp"
#include "storage/questions.hpp"
#include "storage/threads.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;
using protocol::QuestionChanged;
using protocol::QuestionId;
using protocol::QuestionState;
using protocol::Result;
using storage::Placement;
using storage::QuestionRow;
using storage::Transaction;

namespace {

/// A command touches at most 500 rows (DESIGN.md 5), and republishes three kinds.
constexpr std::int64_t votes_at_once = 80;
/// Room between two stars, so that one can go between them without touching the others.
constexpr std::int64_t star_gap = 1'024;

/// Whose work the questions are.
bool runs_the_room(access::Standing standing) {
  return standing == access::Standing::host || standing == access::Standing::moderator ||
         standing == access::Standing::admin;
}

struct QuestionInRoom {
  QuestionRow question;
  Room room;
};

/// Errors: not_found, also for what the caller may not see; what the access table says.
Result<QuestionInRoom> find(CommandContext& context, Operation operation, QuestionId id) {
  auto question = storage::find_question(context.connection(), id);
  if (!question || question->state == QuestionState::withdrawn) return Error{ErrorCode::not_found, "question"};
  const bool is_own = context.caller.person && question->author == context.caller.id();
  const auto webinar = storage::find_webinar(context.connection(), question->webinar).value();
  const auto standing = access::standing(context.connection(), context.caller, webinar);
  if (!is_public(question->state) && !is_own && !runs_the_room(standing)) {
    return Error{ErrorCode::not_found, "question"};
  }
  auto room = enter(context.connection(), context.caller, operation, question->webinar, is_own);
  if (!room) return room.error();
  return QuestionInRoom{std::move(*question), std::move(*room)};
}

sync::Made changed(const QuestionRow& row, std::string channel) {
  return made_on(QuestionChanged{row.id, {}, 0}, std::move(channel));
}

/// Where a host sees what became of it.
sync::Made changed(const QuestionRow& row) {
  return changed(row, is_public(row.state) ? access::webinar_questions_channel(row.webinar)
                                           : access::webinar_backstage_channel(row.webinar));
}

bool takes_questions(const storage::WebinarRow& webinar, protocol::Timestamp now) {
  if (!webinar.questions.open) return false;
  if (webinar.state != protocol::WebinarState::ended || !webinar.closed_at) return true;
  const auto until =
      protocol::Timestamp{*webinar.closed_at} + std::chrono::days{protocol::default_limits.question_days_after_close};
  return now < until;
}

void take_off_stage(Transaction& transaction, protocol::WebinarId webinar) {
  const auto id = storage::staged_question(transaction.connection(), webinar);
  if (!id) return;
  auto row = storage::find_question(transaction.connection(), *id).value();
  row.state = QuestionState::published;
  keep(transaction, row);
}

/// Published, if it was not yet.
void make_public(QuestionRow& row, QuestionState state, protocol::Timestamp now) {
  row.state = state;
  row.dismissal.reset();
  if (!row.published_at) row.published_at = now.milliseconds;
}

/// It became a thread: what happens to its text happens there.
bool goes_on_elsewhere(CommandContext& context, const QuestionRow& row) {
  return storage::thread_of_question(context.connection(), row.id).has_value();
}

bool is_open_to_hosts(QuestionState state) { return state == QuestionState::pending || is_public(state); }

void stand_alone(Transaction& transaction, QuestionRow& row) {
  row.merged_into.reset();
  row.state = row.state_before_merge.value_or(QuestionState::pending);
  row.state_before_merge.reset();
  keep(transaction, row);
  tell_askers_of_group(transaction, row);
}

/// Between the star before `before` and it; at the end without one.
std::int64_t place_before(const std::vector<storage::Star>& stars, std::optional<QuestionId> before) {
  const auto found =
      std::find_if(stars.begin(), stars.end(), [&](const storage::Star& one) { return one.question == before; });
  if (found == stars.end()) return stars.empty() ? star_gap : stars.back().place + star_gap;
  const std::int64_t lower = found == stars.begin() ? 0 : std::prev(found)->place;
  return lower + (found->place - lower) / 2;
}

void publish_star(Transaction& transaction, protocol::WebinarId webinar, const storage::Star& star) {
  storage::set_star(transaction, star.question, star.place);
  transaction.publish(access::webinar_backstage_channel(webinar), star.question.value, protocol::StarRecord{star.place},
                      Placement::state());
}

/// When two stars have no room left between them: everyone gets a new place.
void spread_stars(Transaction& transaction, protocol::WebinarId webinar) {
  std::int64_t place = 0;
  for (auto star : storage::stars_of(transaction.connection(), webinar)) {
    star.place = place += star_gap;
    publish_star(transaction, webinar, star);
  }
}

}  // namespace

Result<sync::Made> set_question_rules(CommandContext& context, const protocol::WebinarQuestionsArgs& args) {
  const auto room = enter(context.connection(), context.caller, Operation::webinar_questions, args.webinar);
  if (!room) return room.error();
  storage::set_question_rules(context.transaction, args.webinar, {args.open, args.review, args.names});
  return made_at(protocol::WebinarChanged{args.webinar, {}, 0}, publish_webinar(context.transaction, args.webinar));
}

Result<sync::Made> ask_question(CommandContext& context, const protocol::QuestionAskArgs& args) {
  const auto room = enter(context.connection(), context.caller, Operation::question_ask, args.webinar);
  if (!room) return room.error();
  const auto& webinar = room->webinar;
  if (!takes_questions(webinar, context.now)) return Error{ErrorCode::questions_closed};
  const bool wants_no_name = args.anonymous.value_or(webinar.questions.names == protocol::QuestionNames::anonymous);
  if ((webinar.questions.names == protocol::QuestionNames::named && wants_no_name) ||
      (webinar.questions.names == protocol::QuestionNames::anonymous && !wants_no_name)) {
    return Error{ErrorCode::out_of_range, "anonymous"};
  }
  const auto person = context.caller.id();
  if (storage::count_questions(context.connection(), webinar.id) >= protocol::default_limits.questions_per_webinar ||
      storage::count_pending_by(context.connection(), webinar.id, person) >=
          protocol::default_limits.questions_waiting_per_person) {
    return Error{ErrorCode::too_many_questions};
  }
  const bool is_reviewed = webinar.questions.review && !runs_the_room(room->standing);
  QuestionRow row{{},
                  webinar.id,
                  person,
                  wants_no_name,
                  args.text.str(),
                  args.lang ? args.lang->str() : webinar.language.value_or("en"),
                  context.now.milliseconds,
                  is_reviewed ? QuestionState::pending : QuestionState::published,
                  std::nullopt,
                  std::nullopt,
                  std::nullopt,
                  std::nullopt,
                  std::nullopt};
  if (!is_reviewed) row.published_at = context.now.milliseconds;
  row.id = storage::insert_question(context.transaction, row);
  storage::set_vote(context.transaction, row.id, person, true, context.now);
  keep(context.transaction, row);
  const std::string own = access::webinar_person_channel(webinar.id, person);
  context.transaction.publish(own, row.id.value, protocol::VoteRecord{true}, Placement::state());
  return changed(row, own);
}

Result<sync::Made> withdraw_question(CommandContext& context, const protocol::QuestionArgs& args) {
  auto found = find(context, Operation::question_withdraw, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (row.state == QuestionState::answered) return Error{ErrorCode::state_changed};
  const auto head = storage::group_head(context.connection(), row.id);
  for (const QuestionId id : storage::merged_into(context.connection(), row.id)) {
    auto merged = storage::find_question(context.connection(), id).value();
    if (merged.merged_into == row.id) stand_alone(context.transaction, merged);
  }
  row.state = QuestionState::withdrawn;
  row.text.clear();
  row.merged_into.reset();
  row.state_before_merge.reset();
  row.dismissal.reset();
  keep(context.transaction, row);
  withdraw_thread_of(context.transaction, row.id, context.now);
  if (head != row.id) {
    const auto other = storage::find_question(context.connection(), head).value();
    keep(context.transaction, other);
  }
  const std::string own = access::webinar_person_channel(row.webinar, row.author);
  return changed(row, own);
}

Result<sync::Made> vote_for_question(CommandContext& context, const protocol::QuestionVoteArgs& args) {
  const auto found = find(context, Operation::question_vote, args.question);
  if (!found) return found.error();
  const auto& row = found->question;
  const auto person = context.caller.id();
  const auto head = storage::group_head(context.connection(), row.id);
  const auto head_state = storage::find_question(context.connection(), head).value().state;
  if (head_state != QuestionState::published && head_state != QuestionState::staged) {
    return Error{ErrorCode::state_changed};
  }
  const std::string own = access::webinar_person_channel(row.webinar, person);
  auto shown = args.on ? std::vector<QuestionId>{} : storage::votes_by(context.connection(), head, person);
  shown.push_back(row.id);
  storage::set_vote(context.transaction, args.on ? row.id : head, person, args.on, context.now);
  for (const QuestionId id : shown) {
    context.transaction.publish(own, id.value, protocol::VoteRecord{args.on}, Placement::state());
  }
  storage::mark_votes_dirty(context.transaction, head);
  return changed(row, own);
}

Result<sync::Made> publish_question(CommandContext& context, const protocol::QuestionArgs& args) {
  auto found = find(context, Operation::question_publish, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (row.state == QuestionState::merged) return Error{ErrorCode::state_changed};
  if (is_public(row.state)) return changed(row);
  make_public(row, QuestionState::published, context.now);
  keep(context.transaction, row);
  tell_askers_of_group(context.transaction, row);
  return changed(row);
}

Result<sync::Made> dismiss_question(CommandContext& context, const protocol::QuestionDismissArgs& args) {
  auto found = find(context, Operation::question_dismiss, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (!is_open_to_hosts(row.state) || goes_on_elsewhere(context, row)) return Error{ErrorCode::state_changed};
  row.state = QuestionState::dismissed;
  row.dismissal = storage::Dismissal{context.caller.id(), context.now.milliseconds, args.reason.str()};
  keep(context.transaction, row);
  tell_askers_of_group(context.transaction, row);
  return changed(row);
}

Result<sync::Made> stage_question(CommandContext& context, const protocol::QuestionStageArgs& args) {
  auto found = find(context, Operation::question_stage, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (!is_open_to_hosts(row.state)) return Error{ErrorCode::state_changed};
  const bool is_staged = row.state == QuestionState::staged;
  if (args.on == is_staged) return changed(row);
  if (args.on) {
    take_off_stage(context.transaction, row.webinar);
    row.answered_at.reset();
  }
  make_public(row, args.on ? QuestionState::staged : QuestionState::published, context.now);
  keep(context.transaction, row);
  return changed(row);
}

Result<sync::Made> answer_question(CommandContext& context, const protocol::QuestionAnswerArgs& args) {
  auto found = find(context, Operation::question_answer, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (!is_open_to_hosts(row.state)) return Error{ErrorCode::state_changed};
  if (args.text) {
    storage::set_answer(context.transaction, row.id,
                        storage::TextBy{args.lang ? args.lang->str() : row.lang, args.text->str(), context.caller.id(),
                                        context.now.milliseconds});
  }
  make_public(row, QuestionState::answered, context.now);
  if (!row.answered_at) row.answered_at = context.now.milliseconds;
  keep(context.transaction, row);
  return changed(row);
}

Result<sync::Made> reopen_question(CommandContext& context, const protocol::QuestionArgs& args) {
  auto found = find(context, Operation::question_reopen, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (row.state == QuestionState::published || row.state == QuestionState::staged) return changed(row);
  if (row.state != QuestionState::answered) return Error{ErrorCode::state_changed};
  row.state = QuestionState::published;
  row.answered_at.reset();
  storage::set_answer(context.transaction, row.id, std::nullopt);
  keep(context.transaction, row);
  return changed(row);
}

Result<sync::Made> translate_question(CommandContext& context, const protocol::QuestionTranslateArgs& args) {
  auto found = find(context, Operation::question_translate, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (args.lang.str() == row.lang) return Error{ErrorCode::out_of_range, "lang"};
  if (args.text) {
    storage::set_translation(context.transaction, row.id,
                             {args.lang.str(), args.text->str(), context.caller.id(), context.now.milliseconds});
  } else {
    storage::delete_translation(context.transaction, row.id, args.lang.str());
  }
  keep(context.transaction, row);
  return changed(row);
}

Result<sync::Made> merge_question(CommandContext& context, const protocol::QuestionMergeArgs& args) {
  auto found = find(context, Operation::question_merge, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  const auto into = find(context, Operation::question_merge, args.into);
  if (!into || into->question.webinar != row.webinar) return Error{ErrorCode::not_found, "into"};
  const auto head_id = storage::group_head(context.connection(), args.into);
  if (head_id == row.id) return Error{ErrorCode::out_of_range, "into"};
  const auto head = storage::find_question(context.connection(), head_id).value();
  const bool stands_alone = row.state == QuestionState::pending || row.state == QuestionState::published;
  if (!stands_alone || goes_on_elsewhere(context, row)) return Error{ErrorCode::state_changed};
  if (!is_open_to_hosts(head.state)) return Error{ErrorCode::state_changed, "into"};
  const auto merged = storage::merged_into(context.connection(), head_id).size() +
                      storage::merged_into(context.connection(), row.id).size() + 1;
  if (merged > static_cast<std::size_t>(protocol::default_limits.questions_merged)) {
    return Error{ErrorCode::too_many_questions};
  }
  row.state_before_merge = row.state;
  row.state = QuestionState::merged;
  row.merged_into = head_id;
  keep(context.transaction, row);
  tell_askers_of_group(context.transaction, row);
  keep(context.transaction, head);
  return changed(row);
}

Result<sync::Made> unmerge_question(CommandContext& context, const protocol::QuestionArgs& args) {
  auto found = find(context, Operation::question_unmerge, args.question);
  if (!found) return found.error();
  auto& row = found->question;
  if (row.state != QuestionState::merged) return Error{ErrorCode::state_changed};
  const auto head = storage::group_head(context.connection(), row.id);
  stand_alone(context.transaction, row);
  keep(context.transaction, storage::find_question(context.connection(), head).value());
  return changed(row);
}

Result<sync::Made> star_question(CommandContext& context, const protocol::QuestionStarArgs& args) {
  const auto found = find(context, Operation::question_star, args.question);
  if (!found) return found.error();
  const auto& row = found->question;
  const std::string backstage = access::webinar_backstage_channel(row.webinar);
  if (!args.on) {
    leave_shortlist(context.transaction, row);
    return changed(row, backstage);
  }
  if (row.state != QuestionState::published && row.state != QuestionState::staged) {
    return Error{ErrorCode::state_changed};
  }
  storage::set_star(context.transaction, row.id, std::nullopt);
  auto stars = storage::stars_of(context.connection(), row.webinar);
  std::int64_t place = place_before(stars, args.before);
  const bool is_taken =
      place == 0 || std::any_of(stars.begin(), stars.end(), [&](const auto& one) { return one.place == place; });
  if (is_taken) {
    spread_stars(context.transaction, row.webinar);
    place = place_before(storage::stars_of(context.connection(), row.webinar), args.before);
  }
  publish_star(context.transaction, row.webinar, {row.id, place});
  return changed(row, backstage);
}

void publish_asked(Transaction& transaction, QuestionId id) {
  tell_asker(transaction, storage::find_question(transaction.connection(), id).value());
}

void restore_question(Transaction& transaction, QuestionId id, protocol::Timestamp now) {
  auto row = storage::find_question(transaction.connection(), id).value();
  if (row.state != QuestionState::dismissed) return;
  make_public(row, QuestionState::published, now);
  keep(transaction, row);
  tell_askers_of_group(transaction, row);
}

bool republish_votes(Transaction& transaction) {
  const auto dirty = storage::dirty_votes(transaction.connection(), votes_at_once);
  for (const QuestionId id : dirty) {
    storage::clear_dirty_votes(transaction, id);
    const auto row = storage::find_question(transaction.connection(), id);
    if (!row || !is_public(row->state)) continue;
    transaction.publish(access::webinar_questions_channel(row->webinar), id.value,
                        protocol::VotesRecord{storage::count_votes(transaction.connection(), id)}, Placement::state());
  }
  return static_cast<std::int64_t>(dirty.size()) == votes_at_once;
}

}  // namespace plenary::server::domain
