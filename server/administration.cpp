#include "server/administration.hpp"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>

#include "server/domain/tokens.hpp"
#include "server/ops/operator_error.hpp"
#include "storage/copy.hpp"

namespace plenary::server {

using ops::OperatorError;
using protocol::Json;
using sync::JobStep;

namespace {

/// A megabyte: a few milliseconds of the writer's time.
constexpr int pages_of_a_step = 256;
constexpr std::int64_t longest_token_days = 3'650;

/// What a job hands from the writer's thread to the thread that waits for it. Outlives both: the waiting one may give up
/// while the job is still queued.
class Outcome {
 public:
  void succeed(Json value) {
    settle([&] { value_ = std::move(value); });
  }
  void fail(std::exception_ptr failure) {
    settle([&] { failure_ = std::move(failure); });
  }

  Json wait(std::stop_token stop) {
    std::unique_lock lock{mutex_};
    if (!settled_.wait(lock, std::move(stop), [this] { return value_ || failure_; })) {
      throw OperatorError{"The server is stopping. Try again when it runs."};
    }
    if (failure_) std::rethrow_exception(failure_);
    return std::move(*value_);
  }

 private:
  template <class Change>
  void settle(Change change) {
    const std::lock_guard lock{mutex_};
    change();
    settled_.notify_all();
  }

  std::mutex mutex_;
  std::condition_variable_any settled_;
  std::optional<Json> value_;
  std::exception_ptr failure_;
};

/// `step` answers nothing while it wants to be called again.
Json run_job(const SubmitJob& submit, std::stop_token stop,
             std::function<std::optional<Json>(storage::Connection&)> step) {
  const auto outcome = std::make_shared<Outcome>();
  submit([outcome, step = std::move(step)](storage::Connection& connection) {
    try {
      auto value = step(connection);
      if (!value) return JobStep::again;
      outcome->succeed(std::move(*value));
    } catch (...) {
      outcome->fail(std::current_exception());
    }
    return JobStep::done;
  });
  return outcome->wait(std::move(stop));
}

std::string text_argument(const Json& args, const char* name) {
  const auto found = args.find(name);
  if (found == args.end() || !found->is_string()) throw OperatorError{std::string{"The command needs "} + name + '.'};
  return found->get<std::string>();
}

std::int64_t days_argument(const Json& args) {
  const auto days = protocol::from_json<std::int64_t>(args.value("days", Json(365)));
  if (!days || *days < 1 || *days > longest_token_days) {
    throw OperatorError{"A token lasts from 1 to " + std::to_string(longest_token_days) + " days."};
  }
  return *days;
}

OperatorError token_refused(const protocol::Error& error, const domain::TokenRequest& request) {
  if (error.code == protocol::ErrorCode::not_found) {
    return OperatorError{"There is no member " + request.person +
                         " here. Give the e-mail address or the number of one."};
  }
  return OperatorError{"A label is 1 to 60 characters on one line: what the token is for."};
}

Json create_token(const SubmitJob& submit, const protocol::Clock& clock, const Json& args, std::stop_token stop) {
  const domain::TokenRequest request{text_argument(args, "person"), text_argument(args, "label"),
                                     std::chrono::days{days_argument(args)}};
  return run_job(submit, std::move(stop), [request, &clock](storage::Connection& connection) {
    storage::Transaction transaction{connection};
    auto token = domain::create_token(transaction, request, clock.now());
    if (!token) throw token_refused(token.error(), request);
    transaction.commit();
    return std::optional{Json{{"token", *token}}};
  });
}

void require_room(const AdministrationSettings& settings) {
  const auto needed = std::filesystem::file_size(settings.paths.database()) + settings.minimum_free_bytes;
  if (ops::free_bytes(settings.paths.root) >= needed) return;
  throw OperatorError{"There is no room for a copy of the database in " + settings.paths.root.string() + ": it needs " +
                      std::to_string(needed / 1'000'000 + 1) + " MB free."};
}

Json copy_database(const SubmitJob& submit, const AdministrationSettings& settings, std::stop_token stop) {
  require_room(settings);
  const auto target = settings.paths.backup_copy();
  // The copy is the job's alone: it must end on the writer's thread, before its connection does.
  auto step = [copy = std::make_shared<std::optional<storage::DatabaseCopy>>(),
               target](storage::Connection& connection) -> std::optional<Json> {
    if (!*copy) copy->emplace(connection, target);
    if (!(*copy)->step(pages_of_a_step)) return std::nullopt;
    copy->reset();
    return Json{{"database", target.string()}};
  };
  return run_job(submit, std::move(stop), std::move(step));
}

}  // namespace

SubmitJob run_at_once(storage::Connection& connection) {
  return [&connection](const Job& job) {
    while (job(connection) == JobStep::again) {
    }
  };
}

ops::AdminCommands administration(const SubmitJob& submit, AdministrationSettings settings,
                                  const protocol::Clock& clock) {
  return {
      {"token.create",
       [submit, &clock](const Json& args, std::stop_token stop) {
         return create_token(submit, clock, args, std::move(stop));
       }},
      {"backup.copy",
       [submit, settings = std::move(settings)](const Json&, std::stop_token stop) {
         return copy_database(submit, settings, std::move(stop));
       }},
  };
}

}  // namespace plenary::server
