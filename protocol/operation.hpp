#pragma once
// The names of the operations. Their shapes are in the headers of the nouns, and operations.hpp puts them together: who only
// has to know which operation it is includes this.

#include <boost/describe.hpp>
#include <optional>
#include <string_view>

namespace plenary::protocol {

/// Every operation; the order is the order of the table in PROTOCOL.md.
enum class Operation {
  hello,
  subscribe,
  unsubscribe,
  history,
  ping,
  webinar_create,
  webinar_list,
  webinar_open,
  webinar_close,
  webinar_questions,
  message_post,
  message_edit,
  message_remove,
  message_react,
  question_ask,
  question_withdraw,
  question_vote,
  question_publish,
  question_dismiss,
  question_stage,
  question_answer,
  question_reopen,
  question_translate,
  question_merge,
  question_unmerge,
  question_star,
  question_carry,
  appeal_make,
  appeal_decide,
  board_create,
  board_list,
  thread_start,
  thread_list,
  thread_answer,
  post_write,
  post_edit,
  post_remove,
  post_react,
  news_seen,
  typing,
  people_list,
  session_guest,
  session_redeem,
  session_end,
};
BOOST_DESCRIBE_ENUM(Operation, hello, subscribe, unsubscribe, history, ping, webinar_create, webinar_list, webinar_open,
                    webinar_close, webinar_questions, message_post, message_edit, message_remove, message_react,
                    question_ask, question_withdraw, question_vote, question_publish, question_dismiss, question_stage,
                    question_answer, question_reopen, question_translate, question_merge, question_unmerge,
                    question_star, question_carry, appeal_make, appeal_decide, board_create, board_list, thread_start,
                    thread_list, thread_answer, post_write, post_edit, post_remove, post_react, news_seen, typing,
                    people_list, session_guest, session_redeem, session_end)

/// The wire name: `message_post` → "message.post".
std::string_view wire_name(Operation operation);
std::optional<Operation> operation_from_wire(std::string_view name);

}  // namespace plenary::protocol
