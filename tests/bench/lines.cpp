#include "tests/bench/lines.hpp"

#include <charconv>
#include <chrono>
#include <cstdio>
#include <random>

namespace plenary::bench {

namespace {

/// What follows the first `"name":` of `text`; empty when there is none.
std::string_view after(std::string_view text, std::string_view name) {
  for (auto at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const auto rest = text.substr(at + name.size());
    if (at > 0 && text[at - 1] == '"' && rest.substr(0, 2) == "\":") return rest.substr(2);
  }
  return {};
}

}  // namespace

std::optional<std::int64_t> number_of(std::string_view text, std::string_view name) {
  const auto value = after(text, name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number;
}

std::optional<std::string_view> string_of(std::string_view text, std::string_view name) {
  const auto value = after(text, name);
  if (value.empty() || value.front() != '"') return std::nullopt;
  return value.substr(1, value.find('"', 1) - 1);
}

std::optional<PushRange> push_of(std::string_view line) {
  constexpr std::string_view channel = R"({"ch":")";
  if (line.substr(0, channel.size()) != channel) return std::nullopt;
  const auto head = line.substr(0, 160);
  const auto from = number_of(head, "from");
  const auto rev = number_of(head, "rev");
  if (!from || !rev) return std::nullopt;
  return PushRange{*from, *rev};
}

std::string numbered_text(std::size_t number) {
  return "Message " + std::to_string(number) + " of the load client, as long as people write in a chat.";
}

std::string new_key() {
  static std::mt19937_64 random{std::random_device{}()};
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto milliseconds =
      static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
  const std::uint64_t low = random();
  char key[37];
  std::snprintf(key, sizeof key, "%08x-%04x-7%03x-%04x-%012llx", static_cast<unsigned>(milliseconds >> 16),
                static_cast<unsigned>(milliseconds & 0xffff), static_cast<unsigned>(random() & 0xfff),
                static_cast<unsigned>(0x8000 | (low >> 50)), static_cast<unsigned long long>(low & 0xffffffffffffULL));
  return key;
}

std::string post_request(std::int64_t id, std::int64_t webinar, std::size_t number) {
  return R"({"id":)" + std::to_string(id) + R"(,"op":"message.post","key":")" + new_key() + R"(","args":{"webinar":)" +
         std::to_string(webinar) + R"(,"text":")" + numbered_text(number) + R"("}})";
}

}  // namespace plenary::bench
