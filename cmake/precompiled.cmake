# Three sets of headers, each parsed once: `core` (standard library, JSON, Describe), `net` (core and Asio, Beast),
# `tests` (net and GoogleTest). Targets borrow a set; their sources still include what they use. A header that asks for a
# macro which only some of the borrowers define cannot be in a set.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")

set(core_headers
  <algorithm> <array> <chrono> <compare> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
  <unordered_map> <utility> <variant> <vector>
  <boost/describe.hpp> <boost/mp11.hpp> <boost/system/result.hpp> <nlohmann/json.hpp>)
set(net_headers ${core_headers}
  <atomic> <condition_variable> <mutex> <thread>
  <boost/asio.hpp> <boost/beast/core.hpp> <boost/beast/http.hpp> <boost/beast/websocket.hpp>)
set(tests_headers ${net_headers} <gmock/gmock.h> <gtest/gtest.h>)

foreach(kind core net tests)
  add_library(precompiled_${kind} OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_precompile_headers(precompiled_${kind} PRIVATE ${${kind}_headers})
endforeach()
# GTest's own targets say it to whoever links them, and a precompiled header serves only those that say the same.
target_compile_definitions(precompiled_tests PRIVATE GTEST_HAS_PTHREAD=1)

# plenary_precompile(core|net|tests target…)
function(plenary_precompile set)
  foreach(target IN LISTS ARGN)
    target_precompile_headers(${target} REUSE_FROM precompiled_${set})
  endforeach()
endfunction()
