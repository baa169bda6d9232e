#include "server/operations.hpp"

#include <boost/mp11.hpp>
#include <tuple>

#include "protocol/operations.hpp"
#include "protocol/rich_text.hpp"
#include "server/domain/activities.hpp"
#include "server/domain/appeals.hpp"
#include "server/domain/boards.hpp"
#include "server/domain/intents.hpp"
#include "server/domain/messages.hpp"
#include "server/domain/posts.hpp"
#include "server/domain/questions.hpp"
#include "server/domain/threads.hpp"
#include "server/domain/webinars.hpp"

namespace plenary::server {

using domain::CommandContext;
using protocol::Error;
using protocol::ErrorCode;
using protocol::Operation;
using protocol::OperationTraits;
using protocol::Result;
using protocol::SessionOk;
using sync::Answer;
using sync::Made;

namespace {

using Earlier = std::optional<std::string>;
using DomainCommand = std::function<Result<Made>(CommandContext&, const Earlier&)>;

/// A person writes in bursts: a greeting, then an afterthought.
constexpr double message_burst_seconds = 5;

std::optional<SessionOk> earlier_session(const Earlier& earlier) {
  if (!earlier) return std::nullopt;
  return protocol::from_json<SessionOk>(protocol::parse_json(*earlier).value()).value();
}

/// Reading Markdown is work for the core's thread, not for the writer's.
template <class Args>
DomainCommand with_body(const Args& args,
                        Result<Made> (*command)(CommandContext&, const Args&, const protocol::Body&)) {
  return [args, command, body = protocol::parse_markdown(args.text.str())](CommandContext& context, const Earlier&) {
    return command(context, args, body);
  };
}

template <class Args>
DomainCommand plain(const Args& args, Result<Made> (*command)(CommandContext&, const Args&)) {
  return [args, command](CommandContext& context, const Earlier&) { return command(context, args); };
}

/// The table of changes: each operation and the domain's function for it.
template <Operation operation>
DomainCommand command_for(const typename OperationTraits<operation>::Args& args,
                          const domain::SessionLengths& lengths) {
  if constexpr (operation == Operation::webinar_create) {
    return plain(args, domain::create_webinar);
  } else if constexpr (operation == Operation::webinar_open) {
    return plain(args, domain::open_webinar);
  } else if constexpr (operation == Operation::webinar_close) {
    return plain(args, domain::close_webinar);
  } else if constexpr (operation == Operation::webinar_questions) {
    return plain(args, domain::set_question_rules);
  } else if constexpr (operation == Operation::question_ask) {
    return plain(args, domain::ask_question);
  } else if constexpr (operation == Operation::question_withdraw) {
    return plain(args, domain::withdraw_question);
  } else if constexpr (operation == Operation::question_vote) {
    return plain(args, domain::vote_for_question);
  } else if constexpr (operation == Operation::question_publish) {
    return plain(args, domain::publish_question);
  } else if constexpr (operation == Operation::question_dismiss) {
    return plain(args, domain::dismiss_question);
  } else if constexpr (operation == Operation::question_stage) {
    return plain(args, domain::stage_question);
  } else if constexpr (operation == Operation::question_answer) {
    return plain(args, domain::answer_question);
  } else if constexpr (operation == Operation::question_reopen) {
    return plain(args, domain::reopen_question);
  } else if constexpr (operation == Operation::question_translate) {
    return plain(args, domain::translate_question);
  } else if constexpr (operation == Operation::question_merge) {
    return plain(args, domain::merge_question);
  } else if constexpr (operation == Operation::question_unmerge) {
    return plain(args, domain::unmerge_question);
  } else if constexpr (operation == Operation::question_star) {
    return plain(args, domain::star_question);
  } else if constexpr (operation == Operation::question_carry) {
    return plain(args, domain::carry_questions);
  } else if constexpr (operation == Operation::appeal_make) {
    return plain(args, domain::make_appeal);
  } else if constexpr (operation == Operation::appeal_decide) {
    return plain(args, domain::decide_appeal);
  } else if constexpr (operation == Operation::board_create) {
    return plain(args, domain::create_board);
  } else if constexpr (operation == Operation::thread_start) {
    return with_body(args, domain::start_thread);
  } else if constexpr (operation == Operation::thread_answer) {
    return plain(args, domain::answer_thread);
  } else if constexpr (operation == Operation::post_write) {
    return with_body(args, domain::write_post);
  } else if constexpr (operation == Operation::post_edit) {
    return with_body(args, domain::edit_post);
  } else if constexpr (operation == Operation::post_remove) {
    return plain(args, domain::remove_post);
  } else if constexpr (operation == Operation::post_react) {
    return plain(args, domain::react_to_post);
  } else if constexpr (operation == Operation::news_seen) {
    return plain(args, domain::see_news);
  } else if constexpr (operation == Operation::message_post) {
    return with_body(args, domain::post_message);
  } else if constexpr (operation == Operation::message_edit) {
    return with_body(args, domain::edit_message);
  } else if constexpr (operation == Operation::message_remove) {
    return plain(args, domain::remove_message);
  } else if constexpr (operation == Operation::message_react) {
    return plain(args, domain::react);
  } else if constexpr (operation == Operation::session_guest) {
    return [args, lengths](CommandContext& context, const Earlier& earlier) {
      return domain::join_as_guest(context, args, lengths, earlier_session(earlier));
    };
  } else if constexpr (operation == Operation::session_redeem) {
    return [args, lengths](CommandContext& context, const Earlier& earlier) {
      return domain::redeem_entry_token(context, args, lengths, earlier_session(earlier));
    };
  } else {
    static_assert(operation == Operation::session_end, "a changing operation needs its function");
    return [](CommandContext& context, const Earlier&) { return domain::end_session(context); };
  }
}

struct ReadContext {
  storage::Connection& connection;
  const access::Caller& caller;
  const sync::Epochs& epochs;
  const OperationSettings& settings;
};

/// The table of reads.
template <Operation operation>
Result<typename OperationTraits<operation>::Ok> read_for(const ReadContext& context,
                                                         const typename OperationTraits<operation>::Args& args) {
  if constexpr (operation == Operation::webinar_list) {
    return domain::list_webinars(context.connection, context.caller);
  } else if constexpr (operation == Operation::board_list) {
    return domain::list_boards(context.connection, context.caller);
  } else if constexpr (operation == Operation::thread_list) {
    return domain::list_threads(context.connection, context.caller, args);
  } else if constexpr (operation == Operation::people_list) {
    return domain::list_people(context.connection, context.caller, args);
  } else if constexpr (operation == Operation::typing) {
    const auto room = domain::enter(context.connection, context.caller, operation, args.webinar);
    if (!room) return room.error();
    context.settings.typing(args.webinar, context.caller.id());
    return protocol::NoArgs{};
  } else {
    if (const auto refused = access::refuse_channel(context.connection, context.caller, args.channel)) return *refused;
    if constexpr (operation == Operation::history) {
      return sync::read_history(context.connection, args);
    } else {
      static_assert(operation == Operation::subscribe, "a reading operation needs its function");
      return sync::read_subscription(context.connection, context.epochs, args, context.settings.catch_up);
    }
  }
}

constexpr bool belongs_to_the_socket(Operation operation) {
  return operation == Operation::hello || operation == Operation::unsubscribe || operation == Operation::ping;
}

/// What may go on when the disk is nearly full: it makes nothing longer.
constexpr bool makes_room(Operation operation) {
  return operation == Operation::message_remove || operation == Operation::post_remove ||
         operation == Operation::webinar_close || operation == Operation::session_end;
}

/// What people do many times a second is counted, and published by the clock.
constexpr bool dirties_tallies(Operation operation) {
  return operation == Operation::message_react || operation == Operation::post_react ||
         (operation >= Operation::question_ask && operation <= Operation::appeal_decide);
}

/// What a person writes for others, at the pace of a person.
constexpr bool is_written(Operation operation) {
  return operation == Operation::message_post || operation == Operation::question_ask ||
         operation == Operation::thread_start || operation == Operation::post_write;
}

constexpr bool hands_out_token(Operation operation) {
  return operation == Operation::session_guest || operation == Operation::session_redeem;
}

}  // namespace

Operations::Operations(sync::CommandSink& writer, sync::Reads& reads, const protocol::Clock& clock,
                       const sync::Epochs& epochs, OperationSettings settings)
    : writer_{writer},
      reads_{reads},
      clock_{clock},
      epochs_{epochs},
      settings_{std::move(settings)},
      messages_by_person_{static_cast<double>(settings_.limits.messages_per_second),
                          static_cast<double>(settings_.limits.messages_per_second) * message_burst_seconds},
      joins_by_address_{static_cast<double>(settings_.limits.joins_per_minute) / 60.0,
                        static_cast<double>(settings_.limits.joins_per_minute)} {}

std::optional<Error> Operations::refusal_of_change(const Request& request) const {
  if (!request.key) return Error{ErrorCode::key_required, "key"};
  if (request.via == Via::socket && request.from_browser && hands_out_token(request.operation)) {
    return Error{ErrorCode::http_only};
  }
  if (refuses_growth_ && !makes_room(request.operation)) return Error{ErrorCode::storage_full, std::nullopt, 60'000};
  return std::nullopt;
}

std::optional<Error> Operations::over_rate(const Request& request) {
  std::optional<std::chrono::milliseconds> wait;
  if (is_written(request.operation)) {
    wait = messages_by_person_.take(std::to_string(request.who.person.value), clock_.now());
  } else if (hands_out_token(request.operation)) {
    wait = joins_by_address_.take(request.address, clock_.now());
  }
  if (!wait) return std::nullopt;
  return Error{ErrorCode::rate_limited, std::nullopt, wait->count()};
}

template <Operation operation>
void Operations::perform_as(Request request, Home home, const Respond& respond) {
  using Traits = OperationTraits<operation>;
  if constexpr (belongs_to_the_socket(operation)) {
    respond(Error{ErrorCode::socket_only});
  } else {
    auto args = protocol::from_json<typename Traits::Args>(request.args);
    if (!args) return respond(args.error());
    if constexpr (Traits::changes) {
      if (const auto refused = refusal_of_change(request)) return respond(*refused);
      auto key = domain::parse_key(*request.key);
      if (!key) return respond(key.error());
      if (const auto refused = over_rate(request)) return respond(*refused);
      domain::Intent intent{std::move(*key), domain::hash_of(operation, request.args)};
      auto command = command_for<operation>(*args, settings_.session_lengths);
      writer_.submit(
          {[this, session = request.who.session, intent, command](storage::Transaction& transaction) {
             const auto now = clock_.now();
             CommandContext context{transaction, access::resolve(transaction.connection(), session, now), now};
             return domain::once(context, intent, hands_out_token(operation), command);
           },
           [this, core = &home.core, respond, args = *args, who = request.who.person](Result<Answer> answer) {
             std::ignore = who;  // of every operation but one
             if constexpr (operation == Operation::message_post) {
               if (answer) settings_.posted(args.webinar, who);
             }
             if (dirties_tallies(operation) && answer) settings_.tally_dirty();
             core->post([respond, answer = std::move(answer)] { respond(answer); });
           }});
    } else {
      if (Traits::door == protocol::Door::socket_only && request.via == Via::http) {
        return respond(Error{ErrorCode::socket_only});
      }
      reads_.submit(
          [this, home, respond, args = std::move(*args),
           session = request.who.session](storage::Connection& connection) {
            const storage::ReadTransaction transaction{connection};
            const auto caller = access::resolve(connection, session, clock_.now());
            auto ok = read_for<operation>({connection, caller, epochs_, settings_}, args);
            home.core.post([home, respond, ok = std::move(ok)]() mutable {
              if (!ok) return respond(ok.error());
              std::ignore = home;  // of every operation but one
              if constexpr (operation == Operation::subscribe) {
                for (auto& value : home.hub.last_signals(ok->channel)) ok->signals.push_back({std::move(value)});
              }
              respond(Answer{protocol::to_json(*ok), std::nullopt});
            });
          },
          [home, respond] {
            home.core.post([respond] { respond(Error{ErrorCode::unavailable, std::nullopt, 1'000}); });
          });
    }
  }
}

void Operations::perform(Request request, Home home, Respond respond) {
  const Operation asked = request.operation;
  Respond reported = [this, asked, respond = std::move(respond)](Result<Answer> answer) {
    settings_.report(asked, answer ? std::nullopt : std::optional{answer.error()});
    respond(std::move(answer));
  };
  boost::mp11::mp_with_index<boost::mp11::mp_size<boost::describe::describe_enumerators<Operation>>::value>(
      static_cast<std::size_t>(asked),
      [&](auto index) { perform_as<static_cast<Operation>(index.value)>(std::move(request), home, reported); });
}

}  // namespace plenary::server
