// P7: whatever arrives is arguments or an error, and arguments that were read read the same when written.

#include <boost/mp11.hpp>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "protocol/json.hpp"
#include "protocol/operations.hpp"

namespace {

using namespace plenary::protocol;

template <class Args>
void read_and_write(const Json& json) {
  const auto args = from_json<Args>(json);
  if (!args) return;
  const auto written = to_json(*args);
  const auto again = from_json<Args>(Json::parse(written));
  if (!again || to_json(*again) != written) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = parse_json({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>(
      [&](auto descriptor) { read_and_write<typename OperationTraits<decltype(descriptor)::value>::Args>(*json); });
  return 0;
}
