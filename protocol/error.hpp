#pragma once
// What can go wrong because of input, as values. Exceptions mean a bug, the disk, or corruption.

#include <boost/describe.hpp>
#include <boost/system/result.hpp>
#include <cstdint>
#include <optional>
#include <string>

namespace plenary::protocol {

enum class ErrorCode {
  // the frame
  bad_json,
  too_deep,
  bad_frame,
  too_large,
  unknown_operation,
  missing_field,
  unknown_field,
  wrong_type,
  out_of_range,
  // the value
  empty,
  too_long,
  forbidden_character,
  bad_emoji,
  too_many_emojis,
  too_many_questions,
  // the connection
  hello_required,
  hello_repeated,
  socket_only,
  http_only,
  too_many_channels,
  too_many_requests,
  not_subscribed,
  // who
  bad_token,
  bad_origin,
  sign_in_required,
  forbidden,
  not_found,
  // the intent
  key_required,
  bad_key,
  key_reused,
  reason_required,
  // the state
  not_live,
  already_removed,
  questions_closed,
  already_appealed,
  appeal_closed,
  not_eligible,
  state_changed,
  // not now
  rate_limited,
  overloaded,
  storage_full,
  unavailable,
  stopping,
};
BOOST_DESCRIBE_ENUM(ErrorCode, bad_json, too_deep, bad_frame, too_large, unknown_operation, missing_field,
                    unknown_field, wrong_type, out_of_range, empty, too_long, forbidden_character, bad_emoji,
                    too_many_emojis, too_many_questions, hello_required, hello_repeated, socket_only, http_only,
                    too_many_channels, too_many_requests, not_subscribed, bad_token, bad_origin, sign_in_required,
                    forbidden, not_found, key_required, bad_key, key_reused, reason_required, not_live, already_removed,
                    questions_closed, already_appealed, appeal_closed, not_eligible, state_changed, rate_limited,
                    overloaded, storage_full, unavailable, stopping)

/// Whether the same intent, unchanged, may succeed later: the outbox keeps it. Decided here and nowhere else.
constexpr bool is_retryable(ErrorCode code) {
  switch (code) {
    case ErrorCode::rate_limited:
    case ErrorCode::overloaded:
    case ErrorCode::storage_full:
    case ErrorCode::unavailable:
    case ErrorCode::stopping:
    case ErrorCode::too_many_requests:
    case ErrorCode::hello_required: return true;
    default: return false;
  }
}

/// `field` is the dotted path of the argument at fault.
struct Error {
  ErrorCode code{};
  std::optional<std::string> field{};
  std::optional<std::int64_t> retry_after_ms{};

  bool operator==(const Error&) const = default;
};
BOOST_DESCRIBE_STRUCT(Error, (), (code, field, retry_after_ms))

template <class T>
using Result = boost::system::result<T, Error>;

}  // namespace plenary::protocol

/// boost::system::result calls this when value() is taken of an error: that is a bug of the caller.
namespace plenary::protocol {
[[noreturn]] void throw_exception_from_error(const Error& error, const boost::source_location& where);
}
