#include "server/net/session.hpp"

namespace plenary::server::net {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Json;
using protocol::Operation;
using protocol::Result;
using sync::Answer;

namespace {

constexpr std::chrono::seconds longest_without_reading{30};
/// After so many refusals in a row nobody is listening to them (P8).
constexpr std::int64_t flood_refusals = 500;

std::string reply_head(const std::optional<std::int64_t>& id) {
  return "{\"id\":" + (id ? std::to_string(*id) : std::string{"null"});
}

sync::Frame reply_frame(const std::optional<std::int64_t>& id, const Result<Answer>& answer) {
  std::string text = reply_head(id);
  if (!answer) {
    text += ",\"error\":" + protocol::to_json(answer.error()) + "}";
  } else if (answer->secret) {
    // The token is the last member of what was made: {"person":7} → {"person":7,"token":"…"}.
    text += ",\"ok\":" + answer->ok.substr(0, answer->ok.size() - 1) + ",\"token\":\"" + *answer->secret + "\"}}";
  } else {
    text += ",\"ok\":" + answer->ok + "}";
  }
  return sync::make_frame(std::move(text));
}

/// {"id":7,"op":"…","key":"…","args":{…}}
struct Envelope {
  std::optional<std::int64_t> id;
  std::optional<Operation> operation;
  std::optional<std::string> key;
  Json args = Json::object();
  std::optional<Error> error;
};

Envelope open_envelope(Json json) {
  Envelope envelope;
  const auto fail = [&](ErrorCode code, const char* field) {
    if (!envelope.error) envelope.error = Error{code, std::string{field}};
  };
  if (!json.is_object()) {
    envelope.error = Error{ErrorCode::bad_frame};
    return envelope;
  }
  if (const auto id = json.find("id"); id != json.end()) {
    if (auto number = protocol::from_json<std::int64_t>(*id)) envelope.id = *number;
  }
  if (!envelope.id) fail(ErrorCode::bad_frame, "id");
  for (auto& [name, value] : json.items()) {
    if (name == "id") continue;
    if (name == "op") {
      if (!value.is_string()) fail(ErrorCode::wrong_type, "op");
      if (value.is_string()) envelope.operation = protocol::operation_from_wire(value.get_ref<const std::string&>());
      if (value.is_string() && !envelope.operation) fail(ErrorCode::unknown_operation, "op");
    } else if (name == "key") {
      if (!value.is_string()) fail(ErrorCode::wrong_type, "key");
      if (value.is_string()) envelope.key = value.get<std::string>();
    } else if (name == "args") {
      if (!value.is_object()) fail(ErrorCode::wrong_type, "args");
      envelope.args = std::move(value);
    } else {
      fail(ErrorCode::unknown_field, name.substr(0, 64).c_str());
    }
  }
  if (!envelope.error && !envelope.operation) fail(ErrorCode::missing_field, "op");
  return envelope;
}

}  // namespace

Session::Session(SessionTools& tools, SessionPeer peer, std::shared_ptr<Socket> socket)
    : tools_{tools},
      peer_{std::move(peer)},
      socket_{std::move(socket)},
      subscriber_{std::make_shared<sync::Subscriber>(tools.subscriber_tools, peer_.identity, *this)},
      operations_bucket_{static_cast<double>(tools.limits.operations_per_second),
                         static_cast<double>(tools.limits.operations_per_second) * 2} {}

void Session::start() {
  tools_.opened(shared_from_this());
  socket_->start(shared_from_this());
}

void Session::stop(std::int64_t reconnect_after_ms) {
  if (closed_) return;
  subscriber_->reply(
      sync::make_frame("{\"closing\":{\"reconnectAfterMs\":" + std::to_string(reconnect_after_ms) + "}}"));
  closing_ = true;
  if (!writing_) socket_->close(close_code::stopping);
}

void Session::check_progress(protocol::Timestamp now) {
  if (closed_ || !writing_) {
    stuck_since_.reset();
    return;
  }
  const std::uint64_t acknowledged = socket_->acknowledged_bytes();
  if (!stuck_since_ || acknowledged != acknowledged_then_) {
    stuck_since_ = now;
    acknowledged_then_ = acknowledged;
  } else if (now - *stuck_since_ >= longest_without_reading) {
    socket_->close(close_code::reads_nothing);
  }
}

void Session::on_text(std::string_view text) {
  while (!text.empty() && !closed_) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty()) handle(line);
  }
  feel_pressure();
}

void Session::on_written() {
  writing_ = false;
  subscriber_->written();
  if (closing_ && !writing_ && !closed_) return socket_->close(close_code::stopping);
  feel_pressure();
}

void Session::on_closed() {
  if (closed_) return;
  closed_ = true;
  // Session and socket hold each other while the connection lives.
  const auto socket = std::exchange(socket_, nullptr);
  subscriber_->close();
  tools_.ended(shared_from_this());
}

void Session::write(std::vector<sync::Frame> frames) {
  writing_ = true;
  std::size_t bytes = 0;
  for (const auto& frame : frames) bytes += frame->size();
  tools_.wrote(frames.size(), bytes);
  socket_->write(std::move(frames));
}

/// Who does not read what it asks for is not asked for more: replies are never dropped, so requests must wait.
void Session::feel_pressure() {
  if (!closed_) socket_->pause_reading(subscriber_->queued_bytes() > tools_.subscriber_tools.queue_bytes);
}

void Session::handle(std::string_view line) {
  auto json = protocol::parse_json(line, tools_.limits.json_depth);
  if (!json) return answer(std::nullopt, json.error());
  Envelope envelope = open_envelope(std::move(*json));
  if (envelope.error) return answer(envelope.id, *envelope.error);
  dispatch(envelope.id, *envelope.operation, std::move(envelope.args), std::move(envelope.key));
}

std::optional<Error> Session::refusal(Operation operation) {
  if (const auto wait = operations_bucket_.take(tools_.clock.now())) {
    if (++refused_in_a_row_ > flood_refusals) socket_->close(close_code::flooding);
    return Error{ErrorCode::rate_limited, std::nullopt, wait->count()};
  }
  refused_in_a_row_ = 0;
  if (!greeted_ && operation != Operation::hello) return Error{ErrorCode::hello_required};
  if (greeted_ && operation == Operation::hello) return Error{ErrorCode::hello_repeated};
  if (outstanding_ >= tools_.limits.requests_outstanding) {
    return Error{ErrorCode::too_many_requests, std::nullopt, 1'000};
  }
  return std::nullopt;
}

void Session::dispatch(RequestId id, Operation operation, Json args, std::optional<std::string> key) {
  if (const auto refused = refusal(operation)) return answer(id, *refused);
  switch (operation) {
    case Operation::hello: return hello(id, args);
    case Operation::subscribe: return subscribe(id, args);
    case Operation::unsubscribe: return unsubscribe(id, args);
    case Operation::ping: return ping(id, args);
    default: return perform(id, operation, std::move(args), std::move(key));
  }
}

void Session::hello(RequestId id, const Json& json) {
  auto args = protocol::from_json<protocol::HelloArgs>(json);
  if (!args) return answer(id, args.error());
  auto asked = std::move(args->subscriptions).value_or(std::vector<protocol::SubscribeArgs>{});
  if (static_cast<std::int64_t>(asked.size()) > tools_.limits.channels_per_connection) {
    return answer(id, Error{ErrorCode::too_many_channels, "subscriptions"});
  }
  greeted_ = true;
  ++outstanding_;
  auto me = std::make_shared<std::optional<protocol::Me>>();
  const auto then = [self = shared_from_this(), id, asked, me] {
    --self->outstanding_;
    if (self->closed_) return;
    self->subscriber_->subscribe(asked, [self, id, asked, me](sync::Subscriber::Answers answers) {
      protocol::HelloOk ok{self->tools_.version,
                           self->tools_.release,
                           self->tools_.subscriber_tools.epochs.current(),
                           self->tools_.clock.now().milliseconds,
                           *me,
                           self->tools_.limits,
                           {}};
      for (std::size_t i = 0; i < answers.size(); ++i) {
        ok.subscriptions.push_back(
            {answers[i] ? protocol::to_json(*answers[i])
                        : protocol::to_json(protocol::SubscriptionRefused{asked[i].channel, answers[i].error()})});
      }
      return reply_frame(id, Answer{protocol::to_json(ok), std::nullopt});
    });
  };
  auto& core = tools_.subscriber_tools.core;
  tools_.subscriber_tools.reads.submit(
      [&tools = tools_, session = peer_.identity.session, me, then, &core](storage::Connection& connection) {
        const storage::ReadTransaction transaction{connection};
        *me = tools.describe(connection, session);
        core.post(then);
      },
      [&core, then] { core.post(then); });
}

void Session::subscribe(RequestId id, const Json& json) {
  auto args = protocol::from_json<protocol::SubscribeArgs>(json);
  if (!args) return answer(id, args.error());
  const bool is_new = !subscriber_->is_subscribed(args->channel);
  if (is_new && static_cast<std::int64_t>(subscriber_->subscription_count()) >= tools_.limits.channels_per_connection) {
    return answer(id, Error{ErrorCode::too_many_channels, "channel"});
  }
  std::vector<protocol::SubscribeArgs> asked{std::move(*args)};
  subscriber_->subscribe(std::move(asked), [id](sync::Subscriber::Answers answers) {
    const auto& only = answers.front();
    return reply_frame(
        id, only ? Result<Answer>{Answer{protocol::to_json(*only), std::nullopt}} : Result<Answer>{only.error()});
  });
}

void Session::unsubscribe(RequestId id, const Json& json) {
  auto args = protocol::from_json<protocol::UnsubscribeArgs>(json);
  if (!args) return answer(id, args.error());
  if (!subscriber_->is_subscribed(args->channel)) return answer(id, Error{ErrorCode::not_subscribed, "channel"});
  subscriber_->unsubscribe(args->channel);
  answer(id, Answer{protocol::to_json(*args), std::nullopt});
}

void Session::ping(RequestId id, const Json& json) {
  auto args = protocol::from_json<protocol::PingArgs>(json);
  if (!args) return answer(id, args.error());
  if (args->heads) subscriber_->compare(*args->heads);
  answer(id, Answer{protocol::to_json(protocol::PingOk{tools_.clock.now().milliseconds}), std::nullopt});
}

void Session::perform(RequestId id, Operation operation, Json args, std::optional<std::string> key) {
  ++outstanding_;
  Request request{operation,   std::move(args),  std::move(key), peer_.identity,
                  Via::socket, peer_.is_browser, peer_.address};
  auto& tools = tools_.subscriber_tools;
  tools_.operations.perform(std::move(request), {tools.core, tools.hub},
                            [self = shared_from_this(), id](const Result<Answer>& answer) {
                              --self->outstanding_;
                              self->answer(id, answer);
                            });
}

void Session::answer(RequestId id, const Result<Answer>& answer) {
  if (!closed_) subscriber_->reply(reply_frame(id, answer));
}

}  // namespace plenary::server::net
