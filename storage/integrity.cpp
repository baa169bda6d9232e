#include "storage/integrity.hpp"

namespace plenary::storage {

namespace {

constexpr std::size_t most_findings = 20;

constexpr const char* quick_check = "PRAGMA quick_check(20)";
constexpr const char* integrity_check = "PRAGMA integrity_check(20)";
constexpr const char* foreign_key_check = "PRAGMA foreign_key_check";

void append_findings(std::vector<std::string>& findings, Connection& connection, IntegrityCheck depth) {
  Query check{connection, depth == IntegrityCheck::quick ? quick_check : integrity_check};
  while (check.step()) {
    if (check.text(0) != "ok") findings.push_back(check.text(0));
  }
  if (depth == IntegrityCheck::quick) return;
  Query references{connection, foreign_key_check};
  while (findings.size() < most_findings && references.step()) {
    findings.push_back("a row of " + references.text(0) + " refers to a missing row of " + references.text(2));
  }
}

}  // namespace

std::vector<std::string> check_integrity(Connection& connection, IntegrityCheck depth) {
  std::vector<std::string> findings;
  try {
    append_findings(findings, connection, depth);
  } catch (const StorageError& error) {
    const int kind = error.code() & 0xff;
    if (kind != SQLITE_CORRUPT && kind != SQLITE_NOTADB) throw;
    findings.emplace_back(error.code_words());
  }
  return findings;
}

}  // namespace plenary::storage
