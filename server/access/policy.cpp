#include "server/access/policy.hpp"

#include <array>
#include <boost/mp11.hpp>

namespace plenary::server::access {

namespace {

using protocol::Operation;
using enum Verdict;

inline constexpr std::size_t standings = boost::mp11::mp_size<boost::describe::describe_enumerators<Standing>>::value;

template <class Subject>
struct Row {
  Subject subject;
  std::array<Verdict, standings> verdicts;
};

// clang-format off
constexpr Row<Operation> operations[] = {
  //                               outsider anonymous visitor  guest  member host   moderator admin
  {Operation::hello,               {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},
  {Operation::subscribe,           {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},  // then its channel's row
  {Operation::unsubscribe,         {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},
  {Operation::history,             {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},  // then its channel's row
  {Operation::ping,                {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},
  {Operation::webinar_create,      {sign_in, sign_in,  no,      no,    yes,   yes,   yes,      yes}},
  {Operation::webinar_list,        {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},  // lists what each may see
  {Operation::webinar_open,        {hidden,  sign_in,  no,      no,    no,    yes,   no,       yes}},
  {Operation::webinar_close,       {hidden,  sign_in,  no,      no,    no,    yes,   no,       yes}},
  {Operation::webinar_questions,   {hidden,  sign_in,  no,      no,    no,    yes,   no,       yes}},
  {Operation::message_post,        {hidden,  sign_in,  sign_in, yes,   yes,   yes,   yes,      yes}},
  {Operation::message_edit,        {hidden,  sign_in,  sign_in, own,   own,   own,   own,      own}},
  {Operation::message_remove,      {hidden,  sign_in,  sign_in, own,   own,   yes,   yes,      yes}},
  {Operation::message_react,       {hidden,  sign_in,  sign_in, yes,   yes,   yes,   yes,      yes}},
  {Operation::question_ask,        {hidden,  sign_in,  sign_in, yes,   yes,   yes,   yes,      yes}},
  {Operation::question_withdraw,   {hidden,  sign_in,  sign_in, own,   own,   own,   own,      own}},
  {Operation::question_vote,       {hidden,  sign_in,  sign_in, yes,   yes,   yes,   yes,      yes}},
  {Operation::question_publish,    {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_dismiss,    {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_stage,      {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_answer,     {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_reopen,     {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_translate,  {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_merge,      {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_unmerge,    {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_star,       {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::question_carry,      {hidden,  sign_in,  sign_in, no,    no,    yes,   yes,      yes}},
  {Operation::appeal_make,         {own_gone, sign_in, own,     own,   own,   own,   own,      own}},
  {Operation::appeal_decide,       {hidden,  hidden,   hidden,  hidden, hidden, yes,  yes,      yes}},
  {Operation::board_create,        {sign_in, sign_in,  no,      no,    no,    no,    no,       yes}},
  {Operation::board_list,          {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},  // lists what each may see
  {Operation::thread_start,        {hidden,  sign_in,  sign_in, sign_in, yes, yes,   yes,      yes}},  // then the board's own rule
  {Operation::thread_list,         {hidden,  yes,      yes,     yes,   yes,   yes,   yes,      yes}},
  {Operation::thread_answer,       {hidden,  sign_in,  own,     own,   own,   own,   yes,      yes}},
  {Operation::post_write,          {hidden,  sign_in,  sign_in, sign_in, yes, yes,   yes,      yes}},
  {Operation::post_edit,           {own_gone, sign_in,  own,     own,   own,   own,   own,      own}},
  {Operation::post_remove,         {own_gone, sign_in,  own,     own,   own,   own,   yes,      yes}},
  {Operation::post_react,          {hidden,  sign_in,  sign_in, sign_in, yes, yes,   yes,      yes}},
  {Operation::news_seen,           {sign_in, sign_in,  yes,     yes,   yes,   yes,   yes,      yes}},
  {Operation::typing,              {hidden,  sign_in,  sign_in, yes,   yes,   yes,   yes,      yes}},
  {Operation::people_list,         {hidden,  sign_in,  sign_in, own,   own,   yes,   yes,      yes}},  // own: when names are visible
  {Operation::session_guest,       {hidden,  yes,      yes,     yes,   yes,   yes,   yes,      yes}},
  {Operation::session_redeem,      {yes,     yes,      yes,     yes,   yes,   yes,   yes,      yes}},  // the token decides
  {Operation::session_end,         {sign_in, sign_in,  yes,     yes,   yes,   yes,   yes,      yes}},
};

constexpr Row<ChannelKind> channels[] = {
  //                               outsider anonymous visitor   guest     member    host      moderator admin
  {ChannelKind::webinar,          {hidden,  yes,      yes,      yes,      yes,      yes,      yes,      yes}},
  {ChannelKind::webinar_questions, {hidden,  yes,      yes,      yes,      yes,      yes,      yes,      yes}},
  {ChannelKind::webinar_backstage, {hidden,  hidden,   hidden,   hidden,   hidden,   yes,      yes,      yes}},
  {ChannelKind::webinar_person,   {hidden,  hidden,   hidden,   own_gone, own_gone, own_gone, own_gone, own_gone}},
  {ChannelKind::board,            {hidden,  yes,      yes,      yes,      yes,      yes,      yes,      yes}},
  {ChannelKind::board_moderation, {hidden,  hidden,   hidden,   hidden,   hidden,   hidden,   yes,      yes}},
  {ChannelKind::thread,           {hidden,  yes,      yes,      yes,      yes,      yes,      yes,      yes}},
  {ChannelKind::thread_person,    {own_gone, hidden,   own_gone, own_gone, own_gone, own_gone, own_gone, own_gone}},
  {ChannelKind::news,             {yes,     yes,      yes,      yes,      yes,      yes,      yes,      yes}},
  {ChannelKind::news_members,     {hidden,  hidden,   hidden,   hidden,   yes,      yes,      yes,      yes}},
  {ChannelKind::person,           {hidden,  hidden,   own_gone, own_gone, own_gone, own_gone, own_gone, own_gone}},
};
// clang-format on

/// Each enumerator has exactly the row of its own place: so the table is complete, and a look-up is an index.
template <class Subject, std::size_t Rows>
consteval bool complete(const Row<Subject> (&rows)[Rows]) {
  if (Rows != boost::mp11::mp_size<boost::describe::describe_enumerators<Subject>>::value) return false;
  for (std::size_t i = 0; i < Rows; ++i) {
    if (static_cast<std::size_t>(rows[i].subject) != i) return false;
  }
  return true;
}
static_assert(complete(operations), "every operation has one row, in the order of protocol::Operation");
static_assert(complete(channels), "every kind of channel has one row, in the order of ChannelKind");

}  // namespace

Verdict verdict(Operation operation, Standing standing) {
  return operations[static_cast<std::size_t>(operation)].verdicts[static_cast<std::size_t>(standing)];
}

Verdict verdict(ChannelKind kind, Standing standing) {
  return channels[static_cast<std::size_t>(kind)].verdicts[static_cast<std::size_t>(standing)];
}

std::optional<protocol::Error> refusal(Verdict verdict, bool is_own) {
  using protocol::Error;
  using protocol::ErrorCode;
  switch (verdict) {
    case Verdict::yes: return std::nullopt;
    case Verdict::own: return is_own ? std::nullopt : std::optional{Error{ErrorCode::forbidden}};
    case Verdict::own_gone: return is_own ? std::nullopt : std::optional{Error{ErrorCode::not_found}};
    case Verdict::sign_in: return Error{ErrorCode::sign_in_required};
    case Verdict::no: return Error{ErrorCode::forbidden};
    case Verdict::hidden: return Error{ErrorCode::not_found};
  }
  return Error{ErrorCode::not_found};
}

}  // namespace plenary::server::access
