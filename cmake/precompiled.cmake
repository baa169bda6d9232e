# Two sets of headers, each parsed once: `core` (standard library, JSON, Describe) and `tests` (core and GoogleTest). Targets
# borrow a set; their sources still include what they use. Asio and Beast are in neither: GCC instantiates what a
# precompiled header leaves pending in every source that borrows it, and for those two that is more work than most sources
# are, while one in ten includes them. A header that asks for a macro which only some of the borrowers define cannot be in
# a set.
file(WRITE ${CMAKE_BINARY_DIR}/precompiled.cpp "")

set(core_headers
  <algorithm> <array> <chrono> <compare> <cstdint> <functional> <map> <memory> <optional> <span> <string> <string_view>
  <unordered_map> <utility> <variant> <vector>
  <boost/describe.hpp> <boost/mp11.hpp> <boost/system/result.hpp> <nlohmann/json.hpp>)
set(tests_headers ${core_headers} <gmock/gmock.h> <gtest/gtest.h>)

# A precompiled header serves only what is compiled with its own optimization. Under a sanitizer everything has the same.
function(plenary_unoptimized target)
  if(NOT PLENARY_SANITIZER)
    target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE)
  endif()
endfunction()

foreach(kind core tests)
  add_library(precompiled_${kind} OBJECT EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_precompile_headers(precompiled_${kind} PRIVATE ${${kind}_headers})
endforeach()
# GTest's own targets say it to whoever links them, and a precompiled header serves only those that say the same.
target_compile_definitions(precompiled_tests PRIVATE GTEST_HAS_PTHREAD=1)
plenary_unoptimized(precompiled_tests)

# plenary_precompile(core|tests target…)
function(plenary_precompile set)
  foreach(target IN LISTS ARGN)
    target_precompile_headers(${target} REUSE_FROM precompiled_${set})
  endforeach()
endfunction()
