#pragma once
// The summary of a webinar, written in the transaction that closes it.

#include "protocol/summaries.hpp"
#include "storage/transaction.hpp"
#include "storage/webinars.hpp"

namespace plenary::server::domain {

/// Counts and publishes it on the backstage. `webinar` is closed.
void publish_summary(storage::Transaction& transaction, const storage::WebinarRow& webinar, protocol::Timestamp now);

}  // namespace plenary::server::domain
