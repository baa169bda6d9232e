#pragma once
// Boards: what is talked about, for whom, and who may begin a thread there.

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/ids.hpp"
#include "protocol/local_text.hpp"
#include "protocol/webinars.hpp"

namespace plenary::protocol {

/// Who begins threads. Whoever has an account answers in them, on every board they may read.
enum class BoardPosting { members, moderators };
BOOST_DESCRIBE_ENUM(BoardPosting, members, moderators)

/// On the board's channel, beside the records of its threads.
struct BoardRecord {
  static constexpr std::string_view record_type = "board";
  LocalText name;
  LocalText purpose;
  Visibility visibility{};
  BoardPosting posting{};
  std::int64_t created_at = 0;
};
BOOST_DESCRIBE_STRUCT(BoardRecord, (), (name, purpose, visibility, posting, created_at))

struct BoardCreateArgs {
  TitleArgs name;
  TitleArgs purpose;
  Visibility visibility{};
  std::optional<BoardPosting> posting;
};
BOOST_DESCRIBE_STRUCT(BoardCreateArgs, (), (name, purpose, visibility, posting))

struct BoardChanged {
  BoardId board;
  std::string channel;
  Rev rev = 0;
};
BOOST_DESCRIBE_STRUCT(BoardChanged, (), (board, channel, rev))

struct BoardSummary {
  BoardId id;
  LocalText name;
  LocalText purpose;
  Visibility visibility{};
  BoardPosting posting{};
  std::int64_t threads = 0;
  std::optional<std::int64_t> last_at;  ///< of its newest post; absent while it has no thread
};
BOOST_DESCRIBE_STRUCT(BoardSummary, (), (id, name, purpose, visibility, posting, threads, last_at))

struct BoardListOk {
  std::vector<BoardSummary> boards;
};
BOOST_DESCRIBE_STRUCT(BoardListOk, (), (boards))

}  // namespace plenary::protocol
