#pragma once
// What most tests of the server stand on: a running one, its demo host, and a live public webinar.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/running_server.hpp"
#include "tests/support/view.hpp"

namespace plenary::test {

struct Guest {
  std::int64_t person = 0;
  std::string token;

  [[nodiscard]] Who who() const { return {token}; }
};

/// The `ok` of a reply; an error fails the test and is thrown.
Json ok_of(const Json& reply);
inline Json ok_of(const HttpReply& reply) { return ok_of(reply.json()); }
/// The error's code; empty when it went well.
std::string code_of(const Json& reply);
inline std::string code_of(const HttpReply& reply) { return code_of(reply.json()); }
std::string field_of(const Json& reply);

/// A number of a reply or a record: its id, its rev.
std::int64_t number_in(const Json& object, const char* member);
std::string text_in(const Json& object, const char* member);

/// Wanted by Socket::next.
std::function<bool(const Json&)> push_of(const std::string& channel, const Json& rev_at_least = 0);
std::function<bool(const Json&)> signal_of(const std::string& channel, const Json& value);
std::function<bool(const Json&)> gone_of(const std::string& channel);

/// {channel} with what else a subscription names.
Json subscription(const std::string& channel, Json more = Json::object());

class Room : public ::testing::Test {
 protected:
  explicit Room(const server::Config& config = unlimited());

  Json webinar_args(const std::string& visibility = "public", const std::string& people_visible = "count") const;
  /// Created by the host, and opened.
  std::int64_t live_webinar(const std::string& visibility = "public", const std::string& people_visible = "count");
  Guest guest(const std::string& name, std::int64_t webinar);
  Guest guest(const std::string& name) { return guest(name, webinar); }
  /// Said hello, subscribed to these.
  Socket greeted(const Who& who, const std::vector<std::string>& channels = {}) const;
  /// Over HTTP; the message's id.
  std::int64_t post(const Who& who, const std::string& text) const;
  /// `count` messages "1", "2", … in this order, over a socket of their own; their ids.
  std::vector<std::int64_t> post_many(const Who& who, int count, const std::string& padding = {}) const;
  /// One catch-up read over HTTP.
  Json snapshot(const Who& who, const std::string& channel) const;
  /// A client that just came: its view of the channel.
  View fresh_view(const Who& who, const std::string& channel) const;

  RunningServer server;
  Who host;
  std::int64_t webinar = 0;
  std::string channel;
};

std::string webinar_channel(std::int64_t webinar);
std::string own_channel(std::int64_t webinar, const Guest& guest);

}  // namespace plenary::test
