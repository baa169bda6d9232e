#pragma once
// How a question is shown: on the channel of questions while it is public, on the backstage's while it is not, to its asker
// always. The only place that decides which of its facts goes where.

#include "protocol/questions.hpp"
#include "storage/questions.hpp"
#include "storage/transaction.hpp"

namespace plenary::server::domain {

/// Whether everyone in the webinar may read it.
bool is_public(protocol::QuestionState state);

/// Writes the row and everything that shows it.
void keep(storage::Transaction& transaction, const storage::QuestionRow& row);
/// The asker's own record as the tables have it now.
void tell_asker(storage::Transaction& transaction, const storage::QuestionRow& row);
/// Those whose question was merged into this one hear what becomes of it.
void tell_askers_of_group(storage::Transaction& transaction, const storage::QuestionRow& row);
void leave_shortlist(storage::Transaction& transaction, const storage::QuestionRow& row);

}  // namespace plenary::server::domain
