#include "server/demo/boards.hpp"

#include "server/domain/boards.hpp"
#include "server/domain/posts.hpp"
#include "server/domain/threads.hpp"

namespace plenary::server::demo {

using namespace std::chrono_literals;
using domain::CommandContext;
using protocol::BoardId;
using protocol::PostId;
using protocol::ThreadId;
using protocol::Timestamp;

namespace {

constexpr std::chrono::hours told_over{24 * 21};
constexpr auto between_posts = 7h;

std::int64_t number_in(const protocol::Json& ok, const char* name) { return ok.at(name).get<std::int64_t>(); }

class Writing {
 public:
  Writing(Scribe& scribe, storage::Connection& connection, Timestamp began)
      : scribe_{scribe}, connection_{connection}, began_{began} {}

  BoardId make(const ScriptedBoard& board) {
    BoardId made;
    scribe_.command(
        person("admin"), began_,
        [&](CommandContext& context) {
          return domain::create_board(context, {board.name, board.purpose, board.visibility, std::nullopt});
        },
        [&](const protocol::Json& ok) { made.value = number_in(ok, "board"); });
    scribe_.commit();
    return made;
  }

  void tell(BoardId board, const ScriptedThread& thread, Timestamp at) {
    const ScriptedPost& first = thread.posts.front();
    ThreadId made;
    scribe_.command(
        person(first.role), at,
        [&](CommandContext& context) {
          return domain::start_thread(context, {board, thread.title, first.text, first.language, thread.kind},
                                      protocol::parse_markdown(first.text.str()));
        },
        [&](const protocol::Json& ok) { made.value = number_in(ok, "thread"); });
    scribe_.commit();
    for (std::size_t i = 1; i < thread.posts.size(); ++i) {
      const PostId post = answer(made, thread.posts[i], at + between_posts * static_cast<int>(i));
      if (thread.answer != i) continue;
      scribe_.command(
          person(first.role), at + between_posts * static_cast<int>(i) + 1h,
          [&](CommandContext& context) {
            return domain::answer_thread(context, {made, post});
          },
          not_needed);
      scribe_.commit();
    }
  }

 private:
  sync::Identity person(const std::string& who) { return ensure_identity(scribe_, connection_, who, began_); }

  PostId answer(ThreadId thread, const ScriptedPost& post, Timestamp at) {
    PostId made;
    scribe_.command(
        person(post.role), at,
        [&](CommandContext& context) {
          return domain::write_post(context, {thread, post.text, post.language, std::nullopt},
                                    protocol::parse_markdown(post.text.str()));
        },
        [&](const protocol::Json& ok) { made.value = number_in(ok, "post"); });
    scribe_.commit();
    return made;
  }

  Scribe& scribe_;
  storage::Connection& connection_;
  Timestamp began_;
};

}  // namespace

void ensure_boards(Scribe& scribe, storage::Connection& connection, const Script& script, Timestamp now) {
  if (!storage::list_boards(connection, true).empty()) return;
  const Timestamp began = now - told_over;
  Writing writing{scribe, connection, began};
  std::size_t threads = 0;
  for (const auto& board : script.boards) threads += board.threads.size();
  const auto apart = std::chrono::duration_cast<std::chrono::minutes>(told_over) / static_cast<int>(threads + 2);
  int told = 0;
  for (const auto& board : script.boards) {
    const BoardId made = writing.make(board);
    for (const auto& thread : board.threads) writing.tell(made, thread, began + apart * ++told);
  }
}

}  // namespace plenary::server::demo
