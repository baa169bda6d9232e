#pragma once
// What the demo says and who says it: config/demo/script.toml, which is part of the program. Never changed once read; any
// thread.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/local_text.hpp"
#include "protocol/messages.hpp"
#include "protocol/questions.hpp"
#include "protocol/threads.hpp"
#include "protocol/webinars.hpp"

namespace plenary::server::demo {

/// The role that the demo's host plays. Every other one is played by a person who speaks its language.
inline constexpr std::string_view host_role = "host";

struct Line {
  std::string role;
  protocol::LanguageTag language;
  protocol::MessageText text;
  std::optional<protocol::MessageText> edited;  ///< what its author makes of it a moment later
  std::optional<std::size_t> reply_to;          ///< an earlier line of the same scene, from 0
  std::vector<protocol::Emoji> reactions;       ///< what people may answer it with
};

/// A short conversation that stands by itself.
struct Scene {
  std::vector<Line> lines;
};

/// A question of the live webinar and where it stands when the demo begins.
struct ScriptedQuestion {
  protocol::LanguageTag language;
  protocol::QuestionText text;
  bool anonymous = false;
  protocol::QuestionState state{};
  std::size_t votes = 0;  ///< besides the asker's
  std::optional<protocol::Reason> reason;
  std::optional<protocol::MessageText> answer;
  std::optional<protocol::LanguageTag> translation_language;
  std::optional<protocol::QuestionText> translation;
};

/// By one of the demo's accounts (people.hpp).
struct ScriptedPost {
  std::string role;
  protocol::LanguageTag language;
  protocol::PostText text;
};

struct ScriptedThread {
  protocol::Title title;
  protocol::ThreadKind kind{};
  std::vector<ScriptedPost> posts;    ///< at least one
  std::optional<std::size_t> answer;  ///< the post that its author accepted, from 0
};

struct ScriptedBoard {
  protocol::TitleArgs name;
  protocol::TitleArgs purpose;
  protocol::Visibility visibility{};
  std::vector<ScriptedThread> threads;
};

struct ScriptedPerson {
  protocol::DisplayName name;
  protocol::LanguageTag language;
};

struct Script {
  protocol::TitleArgs live_title;
  protocol::TitleArgs members_title;
  protocol::TitleArgs ended_title;
  std::vector<ScriptedPerson> people;
  std::size_t phone = 0;  ///< whose phone loses its network and finds it again; of `people`
  std::vector<Scene> scenes;
  std::vector<ScriptedQuestion> questions;
  std::vector<ScriptedBoard> boards;
  Scene ended_scene;  ///< what can be read in the webinar that is over
};

/// Throws std::runtime_error that names the place.
Script read_script(std::string_view text);

/// The one that is part of the program.
std::string_view script_text();

}  // namespace plenary::server::demo
