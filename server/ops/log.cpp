#include "server/ops/log.hpp"

#include <arpa/inet.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <boost/core/demangle.hpp>
#include <boost/system/error_code.hpp>
#include <boost/system/system_error.hpp>
#include <typeinfo>

#include "protocol/json.hpp"
#include "storage/connection.hpp"

namespace plenary::server::ops {

namespace {

constexpr std::size_t longest_identifier = 64;
constexpr std::string_view unfit = "(unfit)";

bool fits(char c, std::string_view others) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || others.find(c) != std::string_view::npos;
}

bool fits(std::string_view text, std::string_view others) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char c) { return fits(c, others); });
}

std::string describe(std::string_view kind, long code, std::string_view words) {
  return std::string{kind} + ' ' + std::to_string(code) + ": " + std::string{words};
}

spdlog::level::level_enum spdlog_level(Level level) {
  switch (level) {
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
  }
  return spdlog::level::err;
}

}  // namespace

Identifier::Identifier(std::string_view name)
    : text{name.size() <= longest_identifier && fits(name, "/_.-") ? name : unfit} {}

// SQLite's own message may quote what somebody searched for, so only the words of its code are used.
Reason::Reason(const std::exception& failure) {
  if (const auto* storage = dynamic_cast<const storage::StorageError*>(&failure)) {
    text = describe("sqlite", storage->code(), storage->code_words());
  } else if (const auto* system = dynamic_cast<const boost::system::system_error*>(&failure)) {
    text = Reason{system->code()}.text;
  } else if (const auto* standard = dynamic_cast<const std::system_error*>(&failure)) {
    text = Reason{standard->code()}.text;
  } else {
    text = boost::core::demangle(typeid(failure).name());
  }
}

Reason::Reason(const boost::system::error_code& failure)
    : text{describe(failure.category().name(), failure.value(), failure.message())} {}

Reason::Reason(const std::error_code& failure)
    : text{describe(failure.category().name(), failure.value(), failure.message())} {}

Value::Value(const SocketAddress& address) {
  const std::string text{address.address};
  std::array<unsigned char, sizeof(in6_addr)> parsed{};
  if (inet_pton(AF_INET6, text.c_str(), parsed.data()) == 1) {
    held_ = '[' + text + "]:" + std::to_string(address.port);
  } else if (inet_pton(AF_INET, text.c_str(), parsed.data()) == 1) {
    held_ = text + ':' + std::to_string(address.port);
  } else {
    held_ = std::string{unfit};
  }
}

/// The fields of one event, behind its name.
class Line {
 public:
  Line(LogFormat format, Word event) : format_{format} {
    if (format_ == LogFormat::json) {
      text_ = "\"event\":\"";
      text_ += event.str();
      text_ += '"';
    } else {
      text_ = event.str();
    }
  }

  void append(const Field& field) {
    name(field.name, std::holds_alternative<Value::Milliseconds>(field.value.held_));
    std::visit([this](const auto& held) { value(held); }, field.value.held_);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void name(Word name, bool is_duration) {
    const bool json = format_ == LogFormat::json;
    text_ += json ? ",\"" : " ";
    text_ += name.str();
    if (is_duration) text_ += "_ms";
    text_ += json ? "\":" : "=";
  }

  void value(std::int64_t number) { text_ += std::to_string(number); }
  void value(bool is_true) { text_ += is_true ? "true" : "false"; }
  void value(Value::Milliseconds duration) { text_ += fmt::format("{:.3f}", duration.count); }
  void value(std::string_view words) {
    if (format_ == LogFormat::text && fits(words, "ABCDEFGHIJKLMNOPQRSTUVWXYZ/_.-:[]@+~")) {
      text_ += words;
    } else {
      protocol::append_json_string(text_, words);
    }
  }

  LogFormat format_;
  std::string text_;
};

struct Log::Writer {
  Writer(Level least, LogFormat chosen, spdlog::sink_ptr sink) : format{chosen}, logger{"plenary", std::move(sink)} {
    logger.set_formatter(std::make_unique<spdlog::pattern_formatter>(
        format == LogFormat::json ? R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})" : "%Y-%m-%dT%H:%M:%S.%eZ %l %v",
        spdlog::pattern_time_type::utc));
    logger.set_level(spdlog_level(least));
    logger.flush_on(spdlog::level::debug);
  }

  LogFormat format;
  spdlog::logger logger;
};

Log::Log(Level least, LogFormat format)
    : writer_{std::make_unique<Writer>(least, format, std::make_shared<spdlog::sinks::stderr_sink_mt>())} {}

Log::Log(Level least, LogFormat format, std::ostream& out)
    : writer_{std::make_unique<Writer>(least, format, std::make_shared<spdlog::sinks::ostream_sink_mt>(out))} {}

Log::~Log() = default;

void Log::event(Level level, Word name, std::initializer_list<Field> fields) {
  if (!writer_->logger.should_log(spdlog_level(level))) return;
  Line line{writer_->format, name};
  for (const Field& field : fields) line.append(field);
  writer_->logger.log(spdlog_level(level), spdlog::string_view_t{line.text()});
}

}  // namespace plenary::server::ops
