#pragma once
// Boards.

#include <optional>
#include <vector>

#include "protocol/boards.hpp"
#include "storage/transaction.hpp"

namespace plenary::storage {

struct BoardRow {
  protocol::BoardId id;
  protocol::LocalText name;
  protocol::LocalText purpose;
  protocol::Visibility visibility{};
  protocol::BoardPosting posting{};
  std::int64_t created_at = 0;
};

/// `row.id` is given by the database.
protocol::BoardId insert_board(Transaction& transaction, const BoardRow& row);
std::optional<BoardRow> find_board(Connection& connection, protocol::BoardId id);
/// In the order they were made, with what is in them; only public ones for who is not a member.
std::vector<protocol::BoardSummary> list_boards(Connection& connection, bool members_too);

}  // namespace plenary::storage
