#pragma once
// An HTTP answer as a value, so that what makes answers needs no HTTP library.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/json.hpp"

namespace plenary::server::net {

struct HttpReply {
  unsigned status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body{};
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// 4xx for what the client can mend, 5xx for what it cannot.
constexpr unsigned http_status(protocol::ErrorCode code) {
  using protocol::ErrorCode;
  switch (code) {
    case ErrorCode::not_found: return 404;
    case ErrorCode::unknown_operation: return 404;
    case ErrorCode::bad_token:
    case ErrorCode::sign_in_required: return 401;
    case ErrorCode::forbidden:
    case ErrorCode::bad_origin: return 403;
    case ErrorCode::key_reused:
    case ErrorCode::not_live:
    case ErrorCode::already_removed: return 409;
    case ErrorCode::too_large: return 413;
    case ErrorCode::rate_limited:
    case ErrorCode::too_many_requests: return 429;
    case ErrorCode::overloaded:
    case ErrorCode::unavailable:
    case ErrorCode::stopping: return 503;
    case ErrorCode::storage_full: return 507;
    default: return 400;
  }
}

inline HttpReply error_reply(const protocol::Error& error) {
  HttpReply reply{http_status(error.code), "application/json", "{\"error\":" + protocol::to_json(error) + "}", {}};
  if (error.retry_after_ms) {
    reply.headers.emplace_back("Retry-After", std::to_string((*error.retry_after_ms + 999) / 1'000));
  }
  return reply;
}

}  // namespace plenary::server::net
