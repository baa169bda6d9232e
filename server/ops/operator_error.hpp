#pragma once
// What the operator asked for cannot be done. what() is for them: a sentence that says what happened and what to do.
// Thrown while the program starts and by the command line's parts, caught in main, which prints it.

#include <stdexcept>
#include <string>

namespace plenary::server::ops {

class OperatorError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace plenary::server::ops
