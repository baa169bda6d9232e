#pragma once
// One table answers who may do what. Every operation and every kind of channel has a row; an operation or channel kind
// without one does not compile (static_assert in policy.cpp). Columns are where somebody stands towards the webinar or
// the board at hand; for what concerns neither, towards the site.
//
// What is not visible and what does not exist are refused alike: not_found (PROTOCOL.md P4). Any thread.

#include <boost/describe.hpp>
#include <optional>

#include "protocol/error.hpp"
#include "protocol/operation.hpp"

namespace plenary::server::access {

/// Ordered from outside in.
enum class Standing {
  outsider,   ///< may not see it: nobody, or a guest of elsewhere, before what only members may see
  anonymous,  ///< nobody, before what is public
  visitor,    ///< a guest of another webinar, or before a board, before what is public
  guest,      ///< a guest of this webinar
  member,     ///< a person with an account
  host,       ///< host of this webinar
  moderator,  ///< site moderator
  admin,      ///< site admin
};
BOOST_DESCRIBE_ENUM(Standing, outsider, anonymous, visitor, guest, member, host, moderator, admin)

enum class ChannelKind {
  webinar,
  webinar_questions,
  webinar_backstage,
  webinar_person,
  board,
  board_moderation,
  thread,
  thread_person,
  news,
  news_members,
  person,
};
BOOST_DESCRIBE_ENUM(ChannelKind, webinar, webinar_questions, webinar_backstage, webinar_person, board, board_moderation,
                    thread, thread_person, news, news_members, person)

enum class Verdict {
  yes,
  own,       ///< only what is one's own (the author's message, the person's channel); other people's: forbidden
  own_gone,  ///< only one's own; other people's: not_found
  sign_in,   ///< sign_in_required: somebody with a name may
  no,        ///< forbidden: may see it, may not do this
  hidden,    ///< not_found
};

Verdict verdict(protocol::Operation operation, Standing standing);
Verdict verdict(ChannelKind kind, Standing standing);

/// `is_own` answers for Verdict::own and own_gone. Nothing when allowed.
std::optional<protocol::Error> refusal(Verdict verdict, bool is_own);

}  // namespace plenary::server::access
