#pragma once
// Identities. Strong integers: a MessageId does not convert to a WebinarId. On the wire they are JSON numbers in
// [1, 2^53), so that a JavaScript client reads them exactly (ECMA-262, Number.MAX_SAFE_INTEGER).

#include <compare>
#include <cstdint>
#include <functional>
#include <string>

namespace plenary::protocol {

template <class Tag>
struct Id {
  std::int64_t value = 0;

  constexpr auto operator<=>(const Id&) const = default;
  /// 0 is nobody and nothing: never stored, never sent.
  constexpr explicit operator bool() const { return value != 0; }
};

using PersonId = Id<struct PersonTag>;
using WebinarId = Id<struct WebinarTag>;
using MessageId = Id<struct MessageTag>;
using QuestionId = Id<struct QuestionTag>;
using AppealId = Id<struct AppealTag>;
using BoardId = Id<struct BoardTag>;
using ThreadId = Id<struct ThreadTag>;
using PostId = Id<struct PostTag>;
using SessionId = Id<struct SessionTag>;

/// The largest integer a JavaScript client reads exactly.
inline constexpr std::int64_t largest_integer = (std::int64_t{1} << 53) - 1;

/// A channel's revision: the count of changes of its records.
using Rev = std::int64_t;
/// A timeline record's place in its channel, from 1, without a gap.
using Pos = std::int64_t;
/// The server's commit counter over all its runs.
using Commit = std::int64_t;

}  // namespace plenary::protocol

template <class Tag>
struct std::hash<plenary::protocol::Id<Tag>> {
  std::size_t operator()(plenary::protocol::Id<Tag> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
