#pragma once
// One administrative command (server/administration.hpp): asked of the server that uses the data folder, or, when none
// runs, carried out here under the folder's lock.

#include <filesystem>
#include <string>

#include "protocol/json.hpp"

namespace plenary::server::cli {

/// What the command needs of a database that no server has opened.
enum class Schema {
  as_it_is,
  newest  ///< brought to this program's schema first
};

/// Throws OperatorError.
protocol::Json administer(const std::filesystem::path& data, const std::string& command, const protocol::Json& args,
                          Schema schema);

}  // namespace plenary::server::cli
