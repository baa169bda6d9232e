#include "server/demo/script.hpp"

// Compiled anew whenever the file changed (server/CMakeLists.txt).
asm(".pushsection .rodata\n"
    "demo_script: .incbin \"" PLENARY_DEMO_SCRIPT
    "\"\n"
    "demo_script_end: .byte 0\n"
    ".popsection\n");

extern const char demo_script_begin[] asm("demo_script");
extern const char demo_script_end[] asm("demo_script_end");

namespace plenary::server::demo {

std::string_view script_text() {
  return {demo_script_begin, static_cast<std::size_t>(demo_script_end - demo_script_begin)};
}

}  // namespace plenary::server::demo
