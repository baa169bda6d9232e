// The demo's script keeps what the demo promises. Every text in it was checked as one that a person posts when it was read.

#include "server/demo/script.hpp"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace plenary::server::demo {
namespace {

const Script& script() {
  static const Script read = read_script(script_text());
  return read;
}

TEST(demo_script, has_120_people_each_with_a_name_of_their_own) {
  std::set<std::string> names;
  for (const auto& person : script().people) names.insert(protocol::folded_for_search(person.name.str()));
  EXPECT_EQ(script().people.size(), 120U);
  EXPECT_EQ(names.size(), 120U);
}

TEST(demo_script, speaks_both_languages_and_some_others) {
  std::map<std::string, int> lines;
  for (const auto& scene : script().scenes) {
    for (const auto& line : scene.lines) ++lines[line.language.str()];
  }
  int all = 0;
  for (const auto& [language, count] : lines) all += count;
  EXPECT_GE(all, 120);
  EXPECT_GE(lines["en"], all * 2 / 5);
  EXPECT_GE(lines["fr"], all * 2 / 5);
  for (const auto* language : {"ar", "ti", "uk", "es"}) EXPECT_GE(lines[language], 2) << language;
}

TEST(demo_script, has_questions_in_every_state_that_a_newcomer_should_see) {
  std::map<protocol::QuestionState, int> states;
  std::map<std::string, int> languages;
  int translated = 0;
  for (const auto& question : script().questions) {
    ++states[question.state];
    ++languages[question.language.str()];
    translated += question.translation ? 1 : 0;
  }
  using protocol::QuestionState;
  EXPECT_EQ(states[QuestionState::staged], 1) << "one is on stage";
  for (const auto state : {QuestionState::pending, QuestionState::published, QuestionState::answered}) {
    EXPECT_GE(states[state], 2);
  }
  EXPECT_GE(states[QuestionState::dismissed], 1);
  EXPECT_GE(languages["en"], 3);
  EXPECT_GE(languages["fr"], 3);
  EXPECT_GE(translated, 4);
}

TEST(demo_script, has_replies_edits_and_reactions) {
  int replies = 0;
  int edits = 0;
  int reactions = 0;
  for (const auto& scene : script().scenes) {
    for (const auto& line : scene.lines) {
      replies += line.reply_to ? 1 : 0;
      edits += line.edited ? 1 : 0;
      reactions += line.reactions.empty() ? 0 : 1;
      if (line.edited) {
        EXPECT_NE(line.edited->str(), line.text.str());
      }
    }
  }
  EXPECT_GE(replies, 30);
  EXPECT_GE(edits, 5);
  EXPECT_GE(reactions, 100);
}

TEST(demo_script, every_role_of_a_scene_can_be_cast_even_right_after_the_scene_before) {
  std::map<std::string, std::size_t> speakers;
  for (std::size_t i = 0; i < script().people.size(); ++i) {
    if (i != script().phone) ++speakers[script().people[i].language.str()];
  }
  for (const auto& scene : script().scenes) {
    std::map<std::string, std::set<std::string>> roles;
    std::set<std::string> known;
    for (const auto& line : scene.lines) {
      if (line.role != host_role && known.insert(line.role).second) roles[line.language.str()].insert(line.role);
    }
    for (const auto& [language, cast] : roles) {
      EXPECT_GE(speakers[language], 2 * cast.size()) << language << ": " << scene.lines.front().text.str();
    }
  }
}

TEST(demo_script, does_not_say_the_same_thing_twice) {
  std::set<std::string> texts;
  for (const auto& scene : script().scenes) {
    for (const auto& line : scene.lines) EXPECT_TRUE(texts.insert(line.text.str()).second) << line.text.str();
  }
}

std::string what_is_wrong_with(const std::string& from, const std::string& to) {
  std::string text{script_text()};
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    read_script(text);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "nothing";
}

TEST(demo_script, a_mistake_is_named_with_its_line) {
  EXPECT_NE(what_is_wrong_with("reply = 5", "reply = 6").find("script.toml:"), std::string::npos);
  EXPECT_NE(what_is_wrong_with("react = [\"", "react = [\"no emoji").find("not allowed"), std::string::npos);
  EXPECT_NE(what_is_wrong_with("phone = \"", "phone = \"Not ").find("nobody"), std::string::npos);
  EXPECT_NE(what_is_wrong_with("text = \"", "said = \"").find("text is missing"), std::string::npos);
}

}  // namespace
}  // namespace plenary::server::demo
