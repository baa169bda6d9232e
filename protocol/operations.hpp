#pragma once
// The table of the protocol: what each operation takes and gives. The shapes, one header a noun, are the single source:
// decoding, validation, encoding and the generated TypeScript come from them (Boost.Describe). Members in snake_case are
// camelCase on the wire. An optional member may be absent; `null` is a wrong type.

#include "protocol/activities.hpp"
#include "protocol/appeals.hpp"
#include "protocol/boards.hpp"
#include "protocol/connection.hpp"
#include "protocol/messages.hpp"
#include "protocol/operation.hpp"
#include "protocol/people.hpp"
#include "protocol/questions.hpp"
#include "protocol/threads.hpp"
#include "protocol/webinars.hpp"

namespace plenary::protocol {

/// Over which door an operation may come.
enum class Door { both, socket_only };

/// What an operation is made of. `Ok` of void-like operations is NoArgs: `{}`.
template <Operation>
struct OperationTraits;

#define PLENARY_OPERATION(name_, args_, ok_, door_, changes_) \
  template <>                                                 \
  struct OperationTraits<Operation::name_> {                  \
    using Args = args_;                                       \
    using Ok = ok_;                                           \
    static constexpr Door door = Door::door_;                 \
    static constexpr bool changes = changes_;                 \
  };

PLENARY_OPERATION(hello, HelloArgs, HelloOk, socket_only, false)
PLENARY_OPERATION(subscribe, SubscribeArgs, SubscriptionAnswer, both, false)
PLENARY_OPERATION(unsubscribe, UnsubscribeArgs, UnsubscribeArgs, socket_only, false)
PLENARY_OPERATION(history, HistoryArgs, HistoryOk, both, false)
PLENARY_OPERATION(ping, PingArgs, PingOk, socket_only, false)
PLENARY_OPERATION(webinar_create, WebinarCreateArgs, WebinarChanged, both, true)
PLENARY_OPERATION(webinar_list, NoArgs, WebinarListOk, both, false)
PLENARY_OPERATION(webinar_open, WebinarArgs, WebinarChanged, both, true)
PLENARY_OPERATION(webinar_close, WebinarArgs, WebinarChanged, both, true)
PLENARY_OPERATION(webinar_questions, WebinarQuestionsArgs, WebinarChanged, both, true)
PLENARY_OPERATION(message_post, MessagePostArgs, MessageChanged, both, true)
PLENARY_OPERATION(message_edit, MessageEditArgs, MessageChanged, both, true)
PLENARY_OPERATION(message_remove, MessageRemoveArgs, MessageChanged, both, true)
PLENARY_OPERATION(message_react, MessageReactArgs, MessageChanged, both, true)
PLENARY_OPERATION(question_ask, QuestionAskArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_withdraw, QuestionArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_vote, QuestionVoteArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_publish, QuestionArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_dismiss, QuestionDismissArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_stage, QuestionStageArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_answer, QuestionAnswerArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_reopen, QuestionArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_translate, QuestionTranslateArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_merge, QuestionMergeArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_unmerge, QuestionArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_star, QuestionStarArgs, QuestionChanged, both, true)
PLENARY_OPERATION(question_carry, QuestionCarryArgs, QuestionsCarried, both, true)
PLENARY_OPERATION(appeal_make, AppealMakeArgs, AppealChanged, both, true)
PLENARY_OPERATION(appeal_decide, AppealDecideArgs, AppealChanged, both, true)
PLENARY_OPERATION(board_create, BoardCreateArgs, BoardChanged, both, true)
PLENARY_OPERATION(board_list, NoArgs, BoardListOk, both, false)
PLENARY_OPERATION(thread_start, ThreadStartArgs, ThreadChanged, both, true)
PLENARY_OPERATION(thread_list, ThreadListArgs, ThreadListOk, both, false)
PLENARY_OPERATION(thread_answer, ThreadAnswerArgs, ThreadChanged, both, true)
PLENARY_OPERATION(post_write, PostWriteArgs, PostChanged, both, true)
PLENARY_OPERATION(post_edit, PostEditArgs, PostChanged, both, true)
PLENARY_OPERATION(post_remove, PostRemoveArgs, PostChanged, both, true)
PLENARY_OPERATION(post_react, PostReactArgs, PostChanged, both, true)
PLENARY_OPERATION(news_seen, NewsSeenArgs, NewsSeen, both, true)
PLENARY_OPERATION(typing, WebinarArgs, NoArgs, socket_only, false)
PLENARY_OPERATION(people_list, PeopleListArgs, PeopleListOk, both, false)
PLENARY_OPERATION(session_guest, SessionGuestArgs, SessionOk, both, true)
PLENARY_OPERATION(session_redeem, SessionRedeemArgs, SessionOk, both, true)
PLENARY_OPERATION(session_end, NoArgs, NoArgs, both, true)

#undef PLENARY_OPERATION

}  // namespace plenary::protocol
