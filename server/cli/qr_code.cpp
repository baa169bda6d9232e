#include "server/cli/qr_code.hpp"

#include <qrencode.h>

#include <memory>

namespace plenary::server::cli {

namespace {

/// The standard asks for four modules; two are enough for every phone, and leave room on a small terminal.
constexpr int quiet_modules = 2;

}  // namespace

std::string qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
      QRcode_encodeString8bit(std::string{text}.c_str(), 0, QR_ECLEVEL_L), &QRcode_free};
  if (code == nullptr) return {};
  const int width = code->width;
  const auto is_light = [&](int row, int column) {
    if (row < 0 || column < 0 || row >= width || column >= width) return row < width + quiet_modules;
    return (code->data[row * width + column] & 1U) == 0;
  };
  std::string lines;
  for (int row = -quiet_modules; row < width + quiet_modules; row += 2) {
    for (int column = -quiet_modules; column < width + quiet_modules; ++column) {
      const bool upper = is_light(row, column);
      const bool lower = is_light(row + 1, column);
      lines += upper ? (lower ? "█" : "▀") : (lower ? "▄" : " ");
    }
    lines += '\n';
  }
  return lines;
}

}  // namespace plenary::server::cli
