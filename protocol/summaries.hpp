#pragma once
// The summary of a webinar: written when it closes, for its hosts and for who funds it. Counts people, not connections.

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace plenary::protocol {

struct SummaryLanguage {
  std::string lang;
  std::int64_t messages = 0;
  std::int64_t people = 0;  ///< who wrote at least one message in it
};
BOOST_DESCRIBE_STRUCT(SummaryLanguage, (), (lang, messages, people))

/// A quarter of an hour on the clock (UTC), from `at`.
struct SummaryQuarter {
  std::int64_t at = 0;
  std::int64_t people = 0;  ///< who was there at some moment of it
  std::int64_t messages = 0;
};
BOOST_DESCRIBE_STRUCT(SummaryQuarter, (), (at, people, messages))

struct SummaryQuestions {
  std::int64_t asked = 0;  ///< without those their askers took back
  std::int64_t answered_aloud = 0;
  std::int64_t answered_in_writing = 0;
  std::int64_t open = 0;       ///< published, or still waiting for a host
  std::int64_t merged = 0;     ///< each counts with the one it was merged into
  std::int64_t dismissed = 0;  ///< each with a reason
  std::int64_t askers = 0;     ///< people
  std::int64_t voters = 0;     ///< people
};
BOOST_DESCRIBE_STRUCT(SummaryQuestions, (),
                      (asked, answered_aloud, answered_in_writing, open, merged, dismissed, askers, voters))

/// On the backstage's channel; its id is the webinar's. Written anew when a webinar that was opened again closes again.
struct SummaryRecord {
  static constexpr std::string_view record_type = "summary";
  std::int64_t made_at = 0;
  std::int64_t opened_at = 0;
  std::int64_t closed_at = 0;
  std::int64_t people = 0;          ///< who was there or wrote
  std::int64_t members = 0;         ///< of these, with an account
  std::int64_t minutes = 0;         ///< spent by all of them together, while it was open
  std::int64_t median_minutes = 0;  ///< spent by one
  std::int64_t writers = 0;         ///< people who wrote a message
  std::int64_t messages = 0;        ///< without removed ones
  std::int64_t removed = 0;         ///< by hosts and moderators
  std::int64_t reactions = 0;
  SummaryQuestions questions;
  std::vector<SummaryLanguage> languages;  ///< most messages first
  std::vector<SummaryQuarter> quarters;    ///< in order, without gaps, from the opening to the close
};
BOOST_DESCRIBE_STRUCT(SummaryRecord, (),
                      (made_at, opened_at, closed_at, people, members, minutes, median_minutes, writers, messages,
                       removed, reactions, questions, languages, quarters))

}  // namespace plenary::protocol
