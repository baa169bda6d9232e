#include "storage/boards.hpp"

#include "storage/enumerations.hpp"

namespace plenary::storage {

using protocol::BoardId;

constexpr const char* insert_board_sql =
    "INSERT INTO board (name_en, name_fr, purpose_en, purpose_fr, visibility, posting, created_at) "
    "VALUES ($name_en, $name_fr, $purpose_en, $purpose_fr, $visibility, $posting, $created)";
BoardId insert_board(Transaction& transaction, const BoardRow& row) {
  Query{transaction.connection(), insert_board_sql}
      .bind("$name_en", row.name.en)
      .bind("$name_fr", row.name.fr)
      .bind("$purpose_en", row.purpose.en)
      .bind("$purpose_fr", row.purpose.fr)
      .bind("$visibility", word_of(row.visibility))
      .bind("$posting", word_of(row.posting))
      .bind("$created", row.created_at)
      .run();
  return BoardId{transaction.connection().last_insert_id()};
}

constexpr const char* select_board =
    "SELECT id, name_en, name_fr, purpose_en, purpose_fr, visibility, posting, created_at FROM board WHERE id = $id";
std::optional<BoardRow> find_board(Connection& connection, BoardId id) {
  Query query{connection, select_board};
  query.bind("$id", id.value);
  if (!query.step()) return std::nullopt;
  return BoardRow{BoardId{query.integer(0)},
                  {query.text(1), query.text(2)},
                  {query.text(3), query.text(4)},
                  from_word<protocol::Visibility>(query.text(5)),
                  from_word<protocol::BoardPosting>(query.text(6)),
                  query.integer(7)};
}

constexpr const char* select_boards =
    "SELECT id, name_en, name_fr, purpose_en, purpose_fr, visibility, posting, "
    "  (SELECT count(*) FROM thread WHERE thread.board = board.id AND removed_as IS NULL), "
    "  (SELECT max(last_at) FROM thread WHERE thread.board = board.id AND removed_as IS NULL) "
    "FROM board WHERE visibility = 'public' OR $members ORDER BY id";
std::vector<protocol::BoardSummary> list_boards(Connection& connection, bool members_too) {
  Query query{connection, select_boards};
  query.bind("$members", std::int64_t{members_too});
  std::vector<protocol::BoardSummary> boards;
  while (query.step()) {
    boards.push_back({BoardId{query.integer(0)},
                      {query.text(1), query.text(2)},
                      {query.text(3), query.text(4)},
                      from_word<protocol::Visibility>(query.text(5)),
                      from_word<protocol::BoardPosting>(query.text(6)),
                      query.integer(7),
                      query.optional_integer(8)});
  }
  return boards;
}

}  // namespace plenary::storage
