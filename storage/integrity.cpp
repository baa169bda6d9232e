#include "storage/integrity.hpp"

namespace plenary::storage {

constexpr const char* quick_check = "PRAGMA quick_check(20)";
constexpr const char* integrity_check = "PRAGMA integrity_check(20)";
constexpr const char* foreign_key_check = "PRAGMA foreign_key_check";

std::vector<std::string> check_integrity(Connection& connection, IntegrityCheck depth) {
  std::vector<std::string> findings;
  Query check{connection, depth == IntegrityCheck::quick ? quick_check : integrity_check};
  while (check.step()) {
    if (check.text(0) != "ok") findings.push_back(check.text(0));
  }
  if (depth == IntegrityCheck::quick) return findings;
  Query references{connection, foreign_key_check};
  while (findings.size() < 20 && references.step()) {
    findings.push_back("a row of " + references.text(0) + " refers to a missing row of " + references.text(2));
  }
  return findings;
}

}  // namespace plenary::storage
