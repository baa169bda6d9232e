#pragma once
// The shapes of the frames a server sends unasked (PROTOCOL.md, "Frames"), for the generated types and for who reads
// them: scripts, tests. The server itself splices its frames from records it encoded before.

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/activities.hpp"
#include "protocol/appeals.hpp"
#include "protocol/boards.hpp"
#include "protocol/ids.hpp"
#include "protocol/messages.hpp"
#include "protocol/people.hpp"
#include "protocol/questions.hpp"
#include "protocol/raw_json.hpp"
#include "protocol/summaries.hpp"
#include "protocol/threads.hpp"
#include "protocol/webinars.hpp"

namespace plenary::protocol {

/// Every record and every signal there is; what is not listed here is not in the generated types.
using Records =
    boost::mp11::mp_list<WebinarRecord, MessageRecord, RemovedMessageRecord, TallyRecord, ReactionRecord,
                         ReturnedRecord, QuestionRecord, VotesRecord, ReviewRecord, StarRecord, AskedRecord, VoteRecord,
                         AppealRecord, SummaryRecord, PersonRecord, BoardRecord, ThreadRecord, RemovedThreadRecord,
                         PostRecord, RemovedPostRecord, PostTallyRecord, ActivityRecord, SeenRecord>;
using Signals = boost::mp11::mp_list<PeopleSignal, TypingSignal>;

/// A tombstone (P13): the record left its channel.
struct GoneRecord {
  std::string type;
  std::int64_t id = 0;
  Rev rev = 0;
  bool gone = true;
};
BOOST_DESCRIBE_STRUCT(GoneRecord, (), (type, id, rev, gone))

struct Push {
  std::string ch;
  Rev from = 0;
  Rev rev = 0;
  Commit c = 0;
  std::vector<RawJson> put;
};
BOOST_DESCRIBE_STRUCT(Push, (), (ch, from, rev, c, put))

struct SignalFrame {
  std::string ch;
  RawJson signal;
};
BOOST_DESCRIBE_STRUCT(SignalFrame, (), (ch, signal))

struct GoneFrame {
  std::string ch;
  bool gone = true;
};
BOOST_DESCRIBE_STRUCT(GoneFrame, (), (ch, gone))

struct StaleFrame {
  std::string ch;
  bool stale = true;
};
BOOST_DESCRIBE_STRUCT(StaleFrame, (), (ch, stale))

struct Closing {
  std::int64_t reconnect_after_ms = 0;
};
BOOST_DESCRIBE_STRUCT(Closing, (), (reconnect_after_ms))

struct ClosingFrame {
  Closing closing;
};
BOOST_DESCRIBE_STRUCT(ClosingFrame, (), (closing))

}  // namespace plenary::protocol
