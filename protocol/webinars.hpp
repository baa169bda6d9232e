#pragma once
// Webinars: made, opened, closed, listed; who is there and who is typing.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/local_text.hpp"
#include "protocol/people.hpp"
#include "protocol/questions.hpp"
#include "protocol/text.hpp"

namespace plenary::protocol {

enum class Visibility { public_, members };
BOOST_DESCRIBE_ENUM(Visibility, public_, members)

enum class WebinarState { scheduled, live, ended };
BOOST_DESCRIBE_ENUM(WebinarState, scheduled, live, ended)

enum class PeopleVisible { count, names };
BOOST_DESCRIBE_ENUM(PeopleVisible, count, names)

struct WebinarRecord {
  static constexpr std::string_view record_type = "webinar";
  LocalText title;
  WebinarState state{};
  Visibility visibility{};
  PeopleVisible people_visible{};
  std::optional<std::string> language;
  std::vector<PersonRef> hosts;
  QuestionRules questions;
  std::int64_t created_at = 0;
  std::optional<std::int64_t> opened_at;
  std::optional<std::int64_t> closed_at;
};
BOOST_DESCRIBE_STRUCT(WebinarRecord, (),
                      (title, state, visibility, people_visible, language, hosts, questions, created_at, opened_at,
                       closed_at))

struct PeopleSignal {
  static constexpr std::string_view signal_type = "people";
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(PeopleSignal, (), (count))

struct TypingSignal {
  static constexpr std::string_view signal_type = "typing";
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(TypingSignal, (), (count))

struct WebinarCreateArgs {
  TitleArgs title;
  Visibility visibility{};
  std::optional<PeopleVisible> people_visible;
  std::optional<LanguageTag> language;
};
BOOST_DESCRIBE_STRUCT(WebinarCreateArgs, (), (title, visibility, people_visible, language))

struct WebinarArgs {
  WebinarId webinar;
};
BOOST_DESCRIBE_STRUCT(WebinarArgs, (), (webinar))

struct WebinarChanged {
  WebinarId webinar;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(WebinarChanged, (), (webinar, channel, rev))

struct WebinarSummary {
  WebinarId id;
  LocalText title;
  WebinarState state{};
  Visibility visibility{};
  PeopleVisible people_visible{};
  std::int64_t created_at = 0;
};
BOOST_DESCRIBE_STRUCT(WebinarSummary, (), (id, title, state, visibility, people_visible, created_at))

struct WebinarListOk {
  std::vector<WebinarSummary> webinars;
};
BOOST_DESCRIBE_STRUCT(WebinarListOk, (), (webinars))

}  // namespace plenary::protocol
