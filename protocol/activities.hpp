#pragma once
// What's New: one activity for each thread, webinar and carrying-over, which comes to the front again when there is news of it.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/ids.hpp"
#include "protocol/local_text.hpp"
#include "protocol/threads.hpp"
#include "protocol/webinars.hpp"

namespace plenary::protocol {

/// A thread that began, was written in, or was answered.
struct ThreadActivity {
  ThreadId thread;
  BoardId board;
  LocalText board_name;
  std::string title;
  std::string lang;
  ThreadKind kind{};
  std::int64_t posts = 0;
  bool answered = false;
};
BOOST_DESCRIBE_STRUCT(ThreadActivity, (), (thread, board, board_name, title, lang, kind, posts, answered))

struct WebinarActivity {
  WebinarId webinar;
  LocalText title;
  WebinarState state{};
};
BOOST_DESCRIBE_STRUCT(WebinarActivity, (), (webinar, title, state))

/// Questions a webinar left open, as threads of a board.
struct CarriedActivity {
  WebinarId webinar;
  LocalText title;
  BoardId board;
  LocalText board_name;
  std::int64_t threads = 0;
};
BOOST_DESCRIBE_STRUCT(CarriedActivity, (), (webinar, title, board, board_name, threads))

/// Exactly one of the three. On `news` for everyone, on `news/members` for who has an account; each holds the newest
/// Limits::activities_kept.
struct ActivityRecord {
  static constexpr std::string_view record_type = "activity";
  std::int64_t seq = 0;  ///< the order of all activities; grows with each news of the same thing
  std::int64_t at = 0;
  std::optional<PersonRef> by;  ///< who made the news; absent: anonymous
  std::optional<ThreadActivity> thread;
  std::optional<WebinarActivity> webinar;
  std::optional<CarriedActivity> carried;
};
BOOST_DESCRIBE_STRUCT(ActivityRecord, (), (seq, at, by, thread, webinar, carried))

/// Up to where one has seen What's New; its id is one's own. On the person's channel.
struct SeenRecord {
  static constexpr std::string_view record_type = "seen";
  std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(SeenRecord, (), (seq))

struct NewsSeenArgs {
  std::int64_t seq = 0;
};
BOOST_DESCRIBE_STRUCT(NewsSeenArgs, (), (seq))

struct NewsSeen {
  std::int64_t seq = 0;  ///< never goes back
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(NewsSeen, (), (seq, channel, rev))

}  // namespace plenary::protocol
