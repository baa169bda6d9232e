# plenary_assets: the web client inside the program (server/net/assets.hpp). It is made anew whenever web-client/dist
# changed; without one, a page says in both languages that the client was not built.
set(assets_source ${CMAKE_BINARY_DIR}/assets.cpp)
add_custom_target(embed_assets
  COMMAND ${CMAKE_COMMAND}
    -D DIST=${CMAKE_SOURCE_DIR}/web-client/dist
    -D FALLBACK=${CMAKE_SOURCE_DIR}/cmake/no-client
    -D OUTPUT=${assets_source}
    -P ${CMAKE_SOURCE_DIR}/cmake/embed_assets.cmake
  BYPRODUCTS ${assets_source}
  VERBATIM)

add_library(plenary_assets STATIC ${assets_source})
add_dependencies(plenary_assets embed_assets)
