#pragma once
// What a measurement needs of the server's lines, found in the text without parsing it: a load client that parsed ten
// thousand copies of a push would measure itself. The members stand in the order of protocol/frames.hpp.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plenary::bench {

/// The number after the first `"name":` of `text`.
std::optional<std::int64_t> number_of(std::string_view text, std::string_view name);
/// The string after the first `"name":` of `text`, as it is written.
std::optional<std::string_view> string_of(std::string_view text, std::string_view name);

struct PushRange {
  std::int64_t from;
  std::int64_t rev;
};

/// Nothing when `line` is not a durable push.
std::optional<PushRange> push_of(std::string_view line);

/// What this client posts: a text that carries a number.
std::string numbered_text(std::size_t number);

/// Calls `found` with the number of each message in `text` that was posted with numbered_text, in their order.
template <class Found>
void for_each_number(std::string_view text, Found found) {
  // The `}` ends the author: in `body` the same words follow a "kind".
  constexpr std::string_view start = R"(},"text":"Message )";
  for (auto at = text.find(start); at != std::string_view::npos; at = text.find(start, at)) {
    at += start.size();
    std::size_t number = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      number = number * 10 + static_cast<std::size_t>(text[at] - '0');
    }
    found(number);
  }
}

/// A new idempotency key: a UUIDv7 (RFC 9562, 5.7).
std::string new_key();

std::string post_request(std::int64_t id, std::int64_t webinar, std::size_t number);

}  // namespace plenary::bench
