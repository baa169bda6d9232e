#pragma once
// Every limit of the wire, once. Sent in `hello`; what a client may learn the hard way it can learn here first.
// The rates are the configuration's (`limits.*`); 0 is none.

#include <boost/describe.hpp>
#include <cstdint>
#include <string>
#include <vector>

namespace plenary::protocol {

struct Limits {
  std::int64_t frame_bytes = 64 * 1024;
  std::int64_t json_depth = 32;
  std::int64_t text_characters = 4'000;
  std::int64_t post_characters = 10'000;
  std::int64_t question_characters = 600;
  std::int64_t name_characters = 60;
  std::int64_t title_characters = 200;
  std::int64_t reason_characters = 1'000;
  std::int64_t search_characters = 60;
  std::int64_t emoji_bytes = 64;
  std::int64_t emojis_per_message = 20;
  std::int64_t channels_per_connection = 64;
  std::int64_t requests_outstanding = 128;
  std::int64_t page_records = 50;
  std::int64_t history_records = 100;
  std::int64_t people_per_page = 100;
  std::int64_t questions_per_webinar = 1'000;
  std::int64_t questions_waiting_per_person = 5;
  std::int64_t questions_merged = 100;  ///< into one
  std::int64_t questions_carried_at_once = 40;
  std::int64_t question_days_after_close = 7;
  std::int64_t threads_per_page = 50;
  std::int64_t activities_kept = 100;  ///< on each channel of What's New
  std::int64_t appeal_days = 30;
  std::int64_t operations_per_second = 30;
  std::int64_t messages_per_second = 2;
  std::int64_t joins_per_minute = 300;
};
BOOST_DESCRIBE_STRUCT(Limits, (),
                      (frame_bytes, json_depth, text_characters, post_characters, question_characters, name_characters,
                       title_characters, reason_characters, search_characters, emoji_bytes, emojis_per_message,
                       channels_per_connection, requests_outstanding, page_records, history_records, people_per_page,
                       questions_per_webinar, questions_waiting_per_person, questions_merged, questions_carried_at_once,
                       question_days_after_close, threads_per_page, activities_kept, appeal_days, operations_per_second,
                       messages_per_second, joins_per_minute))

/// What no configuration changes: the defaults above. Rates are read from the Limits that the program was given.
inline constexpr Limits default_limits{};

}  // namespace plenary::protocol
