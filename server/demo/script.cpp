#include "server/demo/script.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <boost/describe.hpp>
#include <sstream>
#include <stdexcept>

namespace plenary::server::demo {

namespace {

[[noreturn]] void refuse(const toml::node& node, std::string_view what) {
  std::ostringstream message;
  message << "script.toml:" << node.source().begin.line << ": " << what;
  throw std::runtime_error{message.str()};
}

template <class Bounded>
Bounded checked(const toml::node& node) {
  const auto* text = node.as_string();
  if (text == nullptr) refuse(node, "a text is expected");
  auto made = Bounded::make(text->get());
  if (!made) refuse(node, "this text is not allowed here");
  return *made;
}

const toml::node& member(const toml::table& table, std::string_view name) {
  const toml::node* node = table.get(name);
  if (node == nullptr) refuse(table, std::string{name} + " is missing");
  return *node;
}

const toml::table& table_in(const toml::table& table, std::string_view name) {
  const toml::node& node = member(table, name);
  if (!node.is_table()) refuse(node, "a table is expected");
  return *node.as_table();
}

const toml::array& array_in(const toml::table& table, std::string_view name) {
  const toml::node& node = member(table, name);
  if (!node.is_array()) refuse(node, "an array is expected");
  return *node.as_array();
}

protocol::TitleArgs title_in(const toml::table& table, std::string_view name) {
  const auto& title = table_in(table, name);
  return {checked<protocol::Title>(member(title, "en")), checked<protocol::Title>(member(title, "fr"))};
}

Line read_line(const toml::node& node, std::size_t place) {
  if (!node.is_table()) refuse(node, "a line is a table");
  const toml::table& table = *node.as_table();
  Line line;
  line.role = checked<protocol::DisplayName>(member(table, "who")).str();
  line.language = checked<protocol::LanguageTag>(member(table, "lang"));
  line.text = checked<protocol::MessageText>(member(table, "text"));
  if (const auto* edited = table.get("edited")) line.edited = checked<protocol::MessageText>(*edited);
  if (const auto* reply = table.get("reply")) {
    const auto number = reply->value<std::int64_t>().value_or(0);
    if (number < 1 || number > static_cast<std::int64_t>(place))
      refuse(*reply, "reply is the number of an earlier line");
    line.reply_to = static_cast<std::size_t>(number - 1);
  }
  if (table.contains("react")) {
    for (const auto& emoji : array_in(table, "react")) line.reactions.push_back(checked<protocol::Emoji>(emoji));
  }
  return line;
}

Scene read_scene(const toml::node& node) {
  if (!node.is_table()) refuse(node, "a scene is a table");
  Scene scene;
  for (const auto& line : array_in(*node.as_table(), "lines")) {
    scene.lines.push_back(read_line(line, scene.lines.size()));
  }
  if (scene.lines.empty()) refuse(node, "a scene has lines");
  return scene;
}

template <class Bounded>
std::optional<Bounded> optional_text(const toml::table& table, std::string_view name) {
  const toml::node* node = table.get(name);
  return node == nullptr ? std::nullopt : std::optional{checked<Bounded>(*node)};
}

ScriptedQuestion read_question(const toml::node& node) {
  if (!node.is_table()) refuse(node, "a question is a table");
  const toml::table& table = *node.as_table();
  ScriptedQuestion question;
  question.language = checked<protocol::LanguageTag>(member(table, "lang"));
  question.text = checked<protocol::QuestionText>(member(table, "text"));
  question.anonymous = table["anonymous"].value_or(false);
  const std::string state = member(table, "state").value_or(std::string{});
  if (!boost::describe::enum_from_string(state.c_str(), question.state)) refuse(node, "this is no state");
  question.votes =
      static_cast<std::size_t>(std::max<std::int64_t>(0, member(table, "votes").value_or(std::int64_t{0})));
  question.reason = optional_text<protocol::Reason>(table, "reason");
  question.answer = optional_text<protocol::MessageText>(table, "answer");
  question.translation_language = optional_text<protocol::LanguageTag>(table, "translation_lang");
  question.translation = optional_text<protocol::QuestionText>(table, "translation");
  if (question.translation.has_value() != question.translation_language.has_value()) {
    refuse(node, "translation and translation_lang go together");
  }
  if ((question.state == protocol::QuestionState::dismissed) != question.reason.has_value()) {
    refuse(node, "a dismissed question has a reason, and no other has");
  }
  return question;
}

ScriptedPost read_post(const toml::node& node) {
  if (!node.is_table()) refuse(node, "a post is a table");
  const toml::table& table = *node.as_table();
  return {checked<protocol::DisplayName>(member(table, "who")).str(),
          checked<protocol::LanguageTag>(member(table, "lang")), checked<protocol::PostText>(member(table, "text"))};
}

ScriptedThread read_thread(const toml::node& node) {
  if (!node.is_table()) refuse(node, "a thread is a table");
  const toml::table& table = *node.as_table();
  ScriptedThread thread;
  thread.title = checked<protocol::Title>(member(table, "title"));
  const std::string kind = member(table, "kind").value_or(std::string{});
  if (!boost::describe::enum_from_string(kind.c_str(), thread.kind)) refuse(node, "this is no kind of thread");
  for (const auto& post : array_in(table, "posts")) thread.posts.push_back(read_post(post));
  if (thread.posts.empty()) refuse(node, "a thread has a post");
  if (const auto* answer = table.get("answer")) {
    const auto number = answer->value<std::int64_t>().value_or(0);
    if (number < 2 || number > static_cast<std::int64_t>(thread.posts.size()) ||
        thread.kind != protocol::ThreadKind::question) {
      refuse(*answer, "answer is the number of a later post of a question");
    }
    thread.answer = static_cast<std::size_t>(number - 1);
  }
  return thread;
}

ScriptedBoard read_board(const toml::node& node) {
  if (!node.is_table()) refuse(node, "a board is a table");
  const toml::table& table = *node.as_table();
  ScriptedBoard board{title_in(table, "name"),
                      title_in(table, "purpose"),
                      table["members"].value_or(false) ? protocol::Visibility::members : protocol::Visibility::public_,
                      {}};
  if (!table.contains("thread")) return board;
  for (const auto& thread : array_in(table, "thread")) board.threads.push_back(read_thread(thread));
  return board;
}

void read_people(const toml::table& people, Script& script) {
  for (const auto& [language, names] : people) {
    const auto tag = protocol::LanguageTag::make(language.str());
    if (!tag || !names.is_array()) refuse(names, "people are listed by language");
    for (const auto& name : *names.as_array()) {
      script.people.push_back({checked<protocol::DisplayName>(name), *tag});
    }
  }
}

std::size_t place_of(const std::vector<ScriptedPerson>& people, const toml::node& name) {
  const auto wanted = checked<protocol::DisplayName>(name);
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (people[i].name == wanted) return i;
  }
  refuse(name, "nobody has this name");
}

}  // namespace

Script read_script(std::string_view text) {
  const toml::table table = toml::parse(text, std::string_view{"script.toml"});
  Script script;
  script.live_title = title_in(table, "live_title");
  script.members_title = title_in(table, "members_title");
  script.ended_title = title_in(table, "ended_title");
  read_people(table_in(table, "people"), script);
  script.phone = place_of(script.people, member(table, "phone"));
  for (const auto& scene : array_in(table, "scene")) script.scenes.push_back(read_scene(scene));
  for (const auto& question : array_in(table, "question")) script.questions.push_back(read_question(question));
  for (const auto& board : array_in(table, "board")) script.boards.push_back(read_board(board));
  script.ended_scene = read_scene(member(table, "ended"));
  if (script.scenes.empty()) refuse(table, "there are no scenes");
  return script;
}

}  // namespace plenary::server::demo
