// P44: whatever is written, the body is a closed tree. Aborts where it is not.

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "protocol/rich_text.hpp"
#include "protocol/text.hpp"
#include "tests/protocol/closed_tree.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace plenary::protocol;
  const auto text = MessageText::make({reinterpret_cast<const char*>(data), size});
  if (!text) return 0;
  const auto defect = closed_tree::defect_of(parse_markdown(text->str()));
  if (defect.empty()) return 0;
  std::fputs(defect.c_str(), stderr);
  std::abort();
}
