#pragma once
// The log: one line an event, a name and a few values. Text for people ("… info session_opened session=12 took_ms=3.5") or
// one JSON object a line.
//
// What people write, and what lets somebody in, cannot be logged: a value is a number, a duration, an enumerator, a string
// literal, a path, or one of the vetted types below. Nothing here takes a std::string.
//
// Thread-safe. A line is written whole.

#include <boost/describe.hpp>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <variant>

#include "protocol/ids.hpp"

namespace boost::system {
class error_code;
}

namespace plenary::server::ops {

enum class Level { debug, info, warning, error };
BOOST_DESCRIBE_ENUM(Level, debug, info, warning, error)

enum class LogFormat { text, json };
BOOST_DESCRIBE_ENUM(LogFormat, text, json)

/// Words that stand in the source.
class Word {
 public:
  template <std::size_t Size>
  consteval Word(const char (&literal)[Size]) : text_{literal, Size - 1} {}  // NOLINT(google-explicit-constructor)
  [[nodiscard]] constexpr std::string_view str() const { return text_; }

 private:
  std::string_view text_;
};

/// A name this program made itself: a channel, an epoch. Lower case letters, digits and `/_.-`, at most 64; anything else
/// is logged as "(unfit)".
struct Identifier {
  explicit Identifier(std::string_view name);
  std::string text;
};

/// An address of a socket: an IP address in digits; anything else is logged as "(unfit)".
struct SocketAddress {
  std::string_view address;
  std::uint16_t port = 0;
};

/// Why something failed: a code and the system's words for it. Of an exception that may quote its input, only the type.
struct Reason {
  explicit Reason(const std::exception& failure);
  explicit Reason(const boost::system::error_code& failure);
  explicit Reason(const std::error_code& failure);
  std::string text;
};

namespace detail {
template <class T>
concept Number = std::integral<T> && !std::same_as<T, char>;
template <class T>
concept Enumeration = std::is_enum_v<T> && boost::describe::has_describe_enumerators<T>::value;
}  // namespace detail

class Value {
 public:
  // NOLINTBEGIN(google-explicit-constructor)
  template <detail::Number T>
  Value(T number) : held_{convert(number)} {}
  template <detail::Enumeration T>
  Value(T enumerator) : held_{std::string_view{boost::describe::enum_to_string(enumerator, "unknown")}} {}
  template <class Tag>
  Value(protocol::Id<Tag> id) : held_{id.value} {}
  /// Written as milliseconds; the name gets the ending `_ms`.
  template <class Rep, class Period>
  Value(std::chrono::duration<Rep, Period> duration)
      : held_{Milliseconds{std::chrono::duration<double, std::milli>{duration}.count()}} {}
  template <std::size_t Size>
  consteval Value(const char (&literal)[Size]) : held_{std::string_view{literal, Size - 1}} {}
  Value(Word word) : held_{word.str()} {}
  Value(Identifier identifier) : held_{std::move(identifier.text)} {}
  Value(const SocketAddress& address);
  Value(Reason reason) : held_{std::move(reason.text)} {}
  template <std::same_as<std::filesystem::path> Path>
  Value(const Path& path) : held_{path.string()} {}
  // NOLINTEND(google-explicit-constructor)

 private:
  friend class Line;
  struct Milliseconds {
    double count;
  };
  using Held = std::variant<std::int64_t, bool, Milliseconds, std::string_view, std::string>;
  template <class T>
  static constexpr Held convert(T number) {
    if constexpr (std::same_as<T, bool>) {
      return number;
    } else {
      return static_cast<std::int64_t>(number);
    }
  }

  Held held_;
};

struct Field {
  Word name;
  Value value;
};

class Log {
 public:
  /// Writes to standard error.
  Log(Level least, LogFormat format);
  /// Writes to `out`, which outlives the log.
  Log(Level least, LogFormat format, std::ostream& out);
  ~Log();
  Log(const Log&) = delete;
  Log& operator=(const Log&) = delete;

  /// `name` is what happened, in snake_case and the past: "session_opened".
  void event(Level level, Word name, std::initializer_list<Field> fields = {});

 private:
  struct Writer;
  std::unique_ptr<Writer> writer_;
};

}  // namespace plenary::server::ops
