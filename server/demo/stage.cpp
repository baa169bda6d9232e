#include "server/demo/stage.hpp"

#include <algorithm>
#include <stdexcept>

#include "server/demo/boards.hpp"
#include "server/demo/people.hpp"
#include "server/demo/scribe.hpp"
#include "server/domain/messages.hpp"
#include "server/domain/people.hpp"
#include "server/domain/questions.hpp"
#include "server/domain/webinars.hpp"
#include "storage/channels.hpp"

namespace plenary::server::demo {

using namespace std::chrono_literals;
using domain::CommandContext;
using protocol::MessageId;
using protocol::PersonId;
using protocol::Result;
using protocol::Timestamp;
using protocol::Visibility;
using protocol::WebinarId;
using protocol::WebinarState;
using sync::Identity;

namespace {

constexpr auto played_before_now = 6min;
constexpr auto ended_before_now = std::chrono::hours{26};
constexpr std::int64_t webinars_looked_at = 200;
constexpr protocol::Pos messages_looked_at = 40;

Identity ensure_host(Scribe& scribe, storage::Connection& connection, Timestamp now) {
  return ensure_identity(scribe, connection, "host", now - ended_before_now - 1h);
}

std::vector<Identity> ensure_guests(Scribe& scribe, storage::Connection& connection, const Script& script,
                                    WebinarId webinar, Timestamp at, Timestamp now) {
  std::vector<Identity> identities;
  for (std::size_t i = 0; i < script.people.size(); ++i) {
    const std::string mark = "plenary demo person " + std::to_string(i);
    if (const auto found = find_identity(connection, mark, now)) {
      identities.push_back(*found);
      continue;
    }
    const PersonId person = storage::insert_guest(scribe.transaction(), script.people[i].name.str(), at);
    storage::set_webinar_role(scribe.transaction(), webinar, person, protocol::WebinarRole::attendee);
    identities.push_back(begin_identity(scribe.transaction(), mark, person, at));
  }
  scribe.commit();
  return identities;
}

/// Finds it by the host and the title, or makes it.
WebinarId ensure_webinar(Scribe& scribe, storage::Connection& connection, Identity host,
                         const protocol::TitleArgs& title, Visibility visibility, Timestamp at) {
  for (const auto& row : storage::list_webinars(connection, true, webinars_looked_at)) {
    const auto hosts = storage::hosts_of(connection, row.id);
    const bool is_hosted =
        std::any_of(hosts.begin(), hosts.end(), [&](const auto& one) { return one.id == host.person; });
    if (is_hosted && row.title.en == title.en.str()) return row.id;
  }
  WebinarId made;
  scribe.command(
      host, at,
      [&](CommandContext& context) {
        return domain::create_webinar(context, {title, visibility, protocol::PeopleVisible::names, std::nullopt});
      },
      [&](const protocol::Json& ok) { made.value = ok.at("webinar").get<std::int64_t>(); });
  scribe.commit();
  return made;
}

void set_state(Scribe& scribe, Identity host, WebinarId webinar, WebinarState state, Timestamp at) {
  scribe.command(
      host, at,
      [&](CommandContext& context) {
        const auto change = state == WebinarState::live ? domain::open_webinar : domain::close_webinar;
        return change(context, protocol::WebinarArgs{webinar});
      },
      not_needed);
  scribe.commit();
}

void say(Scribe& scribe, Identity who, WebinarId webinar, const Line& line, std::optional<MessageId> reply_to,
         Timestamp at, const std::function<void(MessageId)>& said) {
  const protocol::MessagePostArgs args{webinar, line.text, line.language, reply_to};
  scribe.command(
      who, at,
      [&](CommandContext& context) {
        return domain::post_message(context, args, protocol::parse_markdown(args.text.str()));
      },
      [said](const protocol::Json& ok) { said(MessageId{ok.at("message").get<std::int64_t>()}); });
}

/// What happened until `now`; who comes and goes and types leaves no trace.
void play_until(Timestamp now, Scribe& scribe, Stage& stage) {
  const auto known = [&](std::size_t turn) {
    if (!stage.messages.contains(turn)) scribe.commit();
    return stage.messages.at(turn);
  };
  while (stage.performance.next_at() <= now) {
    const Cue cue = stage.performance.next();
    const Identity who = cue.person ? stage.people.at(*cue.person) : stage.host;
    if (cue.kind == Cue::Kind::say) {
      const auto reply_to = cue.reply_to ? std::optional{known(*cue.reply_to)} : std::nullopt;
      say(scribe, who, stage.webinar, *cue.line, reply_to, cue.at,
          [&stage, turn = cue.turn](MessageId id) { stage.messages[turn] = id; });
    } else if (cue.kind == Cue::Kind::edit) {
      const protocol::MessageEditArgs args{known(cue.turn), *cue.line->edited};
      scribe.command(
          who, cue.at,
          [&](CommandContext& context) {
            return domain::edit_message(context, args, protocol::parse_markdown(args.text.str()));
          },
          not_needed);
    } else if (cue.kind == Cue::Kind::react) {
      const protocol::MessageReactArgs args{known(cue.turn), cue.emoji, true};
      scribe.command(
          who, cue.at, [&](CommandContext& context) { return domain::react(context, args); }, not_needed);
    }
  }
  scribe.commit();
}

/// The scene after the one that was played last.
std::size_t scene_to_go_on_with(storage::Connection& connection, const Script& script, std::string_view channel) {
  const auto head = storage::read_head(connection, channel);
  if (!head) return 0;
  const auto records = storage::timeline_records(connection, head->id, head->pos - messages_looked_at, head->pos);
  for (auto record = records.rbegin(); record != records.rend(); ++record) {
    std::string encoded;
    storage::append_record(encoded, *record);
    const auto text = protocol::parse_json(encoded).value().value("text", std::string{});
    for (std::size_t i = 0; i < script.scenes.size(); ++i) {
      const auto& lines = script.scenes[i].lines;
      if (std::any_of(lines.begin(), lines.end(), [&](const Line& line) { return line.text.str() == text; })) {
        return (i + 1) % script.scenes.size();
      }
    }
  }
  return 0;
}

void ensure_ended(Scribe& scribe, storage::Connection& connection, const Script& script, Identity host, Timestamp now) {
  Timestamp at = now - ended_before_now;
  const WebinarId webinar = ensure_webinar(scribe, connection, host, script.ended_title, Visibility::public_, at);
  if (storage::find_webinar(connection, webinar).value().state != WebinarState::scheduled) return;
  set_state(scribe, host, webinar, WebinarState::live, at);
  for (const Line& line : script.ended_scene.lines) {
    at = at + 20s;
    say(scribe, host, webinar, line, std::nullopt, at, [](MessageId) {});
  }
  scribe.commit();
  set_state(scribe, host, webinar, WebinarState::ended, at + 1min);
}

/// Asks it in the name of `asker`, lets others vote, and brings it to where the script wants it.
void put_question(Scribe& scribe, const Stage& stage, const ScriptedQuestion& question, std::size_t asker,
                  Timestamp at) {
  protocol::QuestionId id;
  scribe.command(
      stage.people.at(asker), at,
      [&](CommandContext& context) {
        return domain::ask_question(context, {stage.webinar, question.text, question.language, question.anonymous});
      },
      [&](const protocol::Json& ok) { id.value = ok.at("question").get<std::int64_t>(); });
  scribe.commit();
  const auto by_host = [&](const std::function<protocol::Result<sync::Made>(CommandContext&)>& act) {
    scribe.command(stage.host, at + 1min, act, not_needed);
  };
  using protocol::QuestionState;
  if (question.translation) {
    by_host([&](CommandContext& context) {
      return domain::translate_question(context, {id, *question.translation_language, *question.translation});
    });
  }
  if (question.state == QuestionState::dismissed) {
    by_host([&](CommandContext& context) { return domain::dismiss_question(context, {id, *question.reason}); });
  }
  if (question.state == QuestionState::pending || question.state == QuestionState::dismissed) return scribe.commit();
  by_host([&](CommandContext& context) { return domain::publish_question(context, {id}); });
  for (std::size_t i = 1; i <= question.votes; ++i) {
    const std::size_t voter = (asker + i) % stage.people.size();
    scribe.command(
        stage.people.at(voter), at + 2min,
        [&](CommandContext& context) {
          return domain::vote_for_question(context, {id, true});
        },
        not_needed);
  }
  if (question.state == QuestionState::staged) {
    by_host([&](CommandContext& context) { return domain::stage_question(context, {id, true}); });
  }
  if (question.state == QuestionState::answered) {
    by_host([&](CommandContext& context) {
      return domain::answer_question(context, {id, question.answer, question.language});
    });
  }
  scribe.commit();
}

void put_questions(Scribe& scribe, const Stage& stage, const Script& script, Timestamp began) {
  Timestamp at = began + 30s;
  std::size_t asker = 0;
  for (const ScriptedQuestion& question : script.questions) {
    asker += script.people.size() / script.questions.size();
    while (script.people[asker % script.people.size()].language.str() != question.language.str()) ++asker;
    asker %= script.people.size();
    put_question(scribe, stage, question, asker, at);
    at = at + 20s;
  }
}

}  // namespace

Stage set_stage(storage::Connection& connection, const std::shared_ptr<const Script>& script,
                const StageSettings& settings) {
  Scribe scribe{connection};
  const Timestamp now = settings.now;
  const Timestamp began = now - played_before_now;
  const Identity host = ensure_host(scribe, connection, now);
  ensure_boards(scribe, connection, *script, now);
  ensure_ended(scribe, connection, *script, host, now);
  ensure_webinar(scribe, connection, host, script->members_title, Visibility::members, began - 1h);
  const WebinarId webinar =
      ensure_webinar(scribe, connection, host, script->live_title, Visibility::public_, began - 1h);
  if (storage::find_webinar(connection, webinar).value().state != WebinarState::live) {
    set_state(scribe, host, webinar, WebinarState::live, began);
  }
  const std::string channel = access::webinar_channel(webinar);
  const auto head = storage::read_head(connection, channel);
  const bool is_new = !head || head->pos == 0;
  Stage stage{webinar, host, ensure_guests(scribe, connection, *script, webinar, began, now),
              Performance{script,
                          {is_new ? began : now, is_new ? 0 : scene_to_go_on_with(connection, *script, channel),
                           settings.seed, settings.away_after}}};
  if (is_new) {
    play_until(now, scribe, stage);
    put_questions(scribe, stage, *script, began);
  }
  return stage;
}

}  // namespace plenary::server::demo
