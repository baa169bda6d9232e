#pragma once
// Performs the demo on a running server: each cue is an operation of one of the scripted people, through the same door as
// everybody's, under the same limits. Lives on one core's thread; goes after that thread has ended.

#include <boost/asio/steady_timer.hpp>
#include <random>

#include "server/demo/stage.hpp"
#include "server/net/core.hpp"
#include "server/operations.hpp"

namespace plenary::server::demo {

class Player {
 public:
  /// `presence` is told who reads the webinar; all of it outlives the player.
  Player(Operations& operations, net::Core& core, sync::SubscriptionObserver& presence, const protocol::Clock& clock,
         Stage stage);
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  // Any thread.
  void start();
  void stop();

 private:
  void wait();
  void play();
  void perform(const Cue& cue);
  void say(const Cue& cue);
  void submit(protocol::Operation operation, const Cue& cue, protocol::Json args, Respond respond);
  std::string new_key();

  Operations& operations_;
  net::Core& core_;
  sync::SubscriptionObserver& presence_;
  const protocol::Clock& clock_;
  Stage stage_;
  std::string channel_;
  boost::asio::steady_timer timer_;
  std::chrono::milliseconds behind_{0};  ///< of the performance's plan
  std::mt19937_64 random_{std::random_device{}()};
  bool stopped_ = false;
};

}  // namespace plenary::server::demo
