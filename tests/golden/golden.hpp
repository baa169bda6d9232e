#pragma once
// Reads tests/golden/*.json (see the README there). PLENARY_GOLDEN is that folder.

#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace plenary::golden {

struct Entry {
  std::string language;
  std::string kind;
  std::string frame;  ///< the bytes as they stand on the wire
};

inline Entry read_entry(std::string line) {
  static constexpr std::string_view before_frame = ",\"frame\":";
  if (line.ends_with(',')) line.pop_back();
  const auto cut = line.find(before_frame);
  if (cut == std::string::npos || !line.ends_with('}')) throw std::runtime_error{"not a golden entry: " + line};
  const auto head = nlohmann::json::parse(line.substr(0, cut) + "}");
  const auto from = cut + before_frame.size();
  return {head.at("language").get<std::string>(), head.at("kind").get<std::string>(),
          line.substr(from, line.size() - 1 - from)};
}

/// By file name without its ending.
inline std::map<std::string, std::vector<Entry>> read_all() {
  std::map<std::string, std::vector<Entry>> files;
  for (const auto& file : std::filesystem::directory_iterator{PLENARY_GOLDEN}) {
    if (file.path().extension() != ".json") continue;
    std::ifstream in{file.path()};
    auto& entries = files[file.path().stem().string()];
    for (std::string line; std::getline(in, line);) {
      if (line != "[" && line != "]") entries.push_back(read_entry(line));
    }
  }
  return files;
}

}  // namespace plenary::golden
