# Writes OUTPUT, a C++ source that holds every file of DIST (or of FALLBACK where DIST has no index.html) as it is, and
# its .br and .gz beside it. Run by the target embed_assets; OUTPUT is touched only when something changed, which the hash of
# each file in it makes sure of.
cmake_minimum_required(VERSION 3.25)

set(folder ${FALLBACK})
if(EXISTS ${DIST}/index.html)
  set(folder ${DIST})
endif()
set(release unbuilt)
if(EXISTS ${folder}/release.txt)
  file(STRINGS ${folder}/release.txt release LIMIT_COUNT 1)
endif()

set(type_html "text/html; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_css "text/css; charset=utf-8")
set(type_json "application/json")
set(type_webmanifest "application/manifest+json")
set(type_svg "image/svg+xml")
set(type_png "image/png")
set(type_ico "image/x-icon")
set(type_woff2 "font/woff2")
set(type_txt "text/plain; charset=utf-8")

set(blobs "")
set(declarations "")
set(rows "")
set(count 0)

# Appends the blob of `file` and leaves its std::string_view in `out`.
macro(embed file out)
  file(SHA256 ${file} hash)
  string(APPEND blobs
    "  \"asset_${count}: .incbin \\\"${file}\\\" /* ${hash} */\\n\"\n  \"asset_${count}_end: .byte 0\\n\"\n")
  string(APPEND declarations
    "extern const char asset_${count}[] asm(\"asset_${count}\");\nextern const char asset_${count}_end[] asm(\"asset_${count}_end\");\n")
  set(${out} "bytes(asset_${count}, asset_${count}_end)")
  math(EXPR count "${count} + 1")
endmacro()

file(GLOB_RECURSE files RELATIVE ${folder} ${folder}/*)
list(SORT files)
foreach(file IN LISTS files)
  if(file MATCHES "\\.(br|gz|map)$" OR file MATCHES "(^|/)\\." OR file STREQUAL "release.txt")
    continue()
  endif()
  string(REGEX MATCH "[^.]+$" extension ${file})
  if(NOT DEFINED type_${extension})
    message(FATAL_ERROR "cmake/embed_assets.cmake knows no content type for ${file}")
  endif()
  embed(${folder}/${file} identity)
  set(gzip "{}")
  if(EXISTS ${folder}/${file}.gz)
    embed(${folder}/${file}.gz gzip)
  endif()
  set(brotli "{}")
  if(EXISTS ${folder}/${file}.br)
    embed(${folder}/${file}.br brotli)
  endif()
  set(hashed false)
  if(file MATCHES "^assets/")
    set(hashed true)
  endif()
  string(APPEND rows "    {\"/${file}\", \"${type_${extension}}\", ${identity}, ${brotli}, ${gzip}, ${hashed}},\n")
endforeach()

file(WRITE ${OUTPUT}.new
"#include \"server/net/assets.hpp\"

#include <array>

asm(
  \".pushsection .rodata\\n\"
${blobs}  \".popsection\\n\");

namespace plenary::server::net {
namespace {
${declarations}
std::string_view bytes(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}
}  // namespace

std::span<const Asset> embedded_assets() {
  static const auto assets = std::to_array<Asset>({
${rows}  });
  return assets;
}

std::string_view embedded_release() { return \"${release}\"; }
}  // namespace plenary::server::net
")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)
