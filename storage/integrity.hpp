#pragma once
// Is this file a database, whole and consistent? Reads all of it: not for a thread that others wait for.

#include <string>
#include <vector>

#include "storage/connection.hpp"

namespace plenary::storage {

enum class IntegrityCheck {
  quick,  ///< the pages and rows
  full    ///< and that indexes hold exactly the rows, and references lead somewhere
};

/// What is wrong, in SQLite's words; empty when all is well. At most 20 findings.
std::vector<std::string> check_integrity(Connection& connection, IntegrityCheck depth);

}  // namespace plenary::storage
