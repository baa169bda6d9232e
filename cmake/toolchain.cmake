# How everything here is compiled: warnings, ccache, mold, hardening, sanitizers.
find_program(CCACHE ccache)
if(CCACHE)
  # Checkouts in different folders share one cache: paths are hashed relative to the checkout, and debug information names
  # no folder. The sloppiness is what precompiled headers need (ccache manual, "Precompiled headers"); with the inode cache
  # a precompiled header of 100 MB is hashed once and not for every source.
  set(CMAKE_CXX_COMPILER_LAUNCHER
    ${CMAKE_COMMAND} -E env
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 CCACHE_INODECACHE=1
    CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
    ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -fno-omit-frame-pointer
  -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
option(PLENARY_WERROR "Warnings are errors" ON)
if(PLENARY_WERROR)
  add_compile_options(-Werror)
endif()
# ccache reads precompiled headers only with -fpch-preprocess (ccache manual, "Precompiled headers"). -fPIE is said here,
# the same for libraries and programs, because a precompiled header serves only those compiled like itself.
add_compile_options(-fpch-preprocess -fPIE)

# -g1 keeps function names and lines in a backtrace at a fraction of -g's linking time.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-Og -g -D_GLIBCXX_ASSERTIONS")

if(PLENARY_SANITIZER STREQUAL "address")
  set(sanitizer -fsanitize=address,undefined -fno-sanitize-recover=undefined)
elseif(PLENARY_SANITIZER STREQUAL "thread")
  # GCC warns of each std::atomic_thread_fence, which its thread sanitizer does not model; Asio has some beside its locks.
  set(sanitizer -fsanitize=thread -Wno-tsan)
elseif(PLENARY_SANITIZER)
  message(FATAL_ERROR "PLENARY_SANITIZER is address or thread")
endif()
if(PLENARY_SANITIZER)
  set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O1 -g1 -D_GLIBCXX_ASSERTIONS")
  # What the sanitizers add makes GCC 12 see uninitialised members in the standard library's regex (GCC bug 105562).
  add_compile_options(${sanitizer} -Wno-maybe-uninitialized)
  add_link_options(${sanitizer})
else()
  add_compile_options(-fstack-protector-strong $<$<CONFIG:RelWithDebInfo>:-D_FORTIFY_SOURCE=2>)
  add_link_options(-pie -Wl,-z,relro,-z,now)
endif()

add_compile_definitions(
  JSON_USE_IMPLICIT_CONVERSIONS=0
  BOOST_ASIO_SEPARATE_COMPILATION
  BOOST_BEAST_SEPARATE_COMPILATION
  BOOST_ASIO_NO_DEPRECATED
  SPDLOG_COMPILED_LIB SPDLOG_FMT_EXTERNAL)
include_directories(${CMAKE_SOURCE_DIR})
