#pragma once
// What is said in both languages: in and out.

#include <boost/describe.hpp>
#include <string>

#include "protocol/text.hpp"

namespace plenary::protocol {

struct LocalText {
  std::string en;
  std::string fr;
};
BOOST_DESCRIBE_STRUCT(LocalText, (), (en, fr))

struct TitleArgs {
  Title en;
  Title fr;
};
BOOST_DESCRIBE_STRUCT(TitleArgs, (), (en, fr))

}  // namespace plenary::protocol
