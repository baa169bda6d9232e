#pragma once
// A database for one test, on a real file, with the newest schema; and ways to look into it.

#include <string>
#include <vector>

#include "storage/connection.hpp"
#include "storage/messages.hpp"
#include "storage/migrations.hpp"
#include "storage/people.hpp"
#include "storage/transaction.hpp"
#include "storage/webinars.hpp"
#include "tests/support/temporary_folder.hpp"

namespace plenary::storage::test {

/// Every row of any query, its columns joined by `|`, NULL as `∅`.
std::vector<std::string> rows(Connection& connection, const std::string& sql);
/// Every table with every row, and the schema: two databases are equal when these are.
std::vector<std::string> contents(Connection& connection);

struct TestDatabase {
  TestDatabase() {
    // No test cuts the power; waiting for the disk is most of what a test would do.
    writer.execute("PRAGMA synchronous=OFF");
    migrate(writer);
  }

  plenary::test::TemporaryFolder folder;
  std::filesystem::path file = folder / "plenary.db";
  Connection writer{file, Connection::Role::writer};

  /// One transaction, committed; what it changed in channels.
  template <class Work>
  Changes change(Work work) {
    Transaction transaction{writer};
    work(transaction);
    Changes changes = transaction.finish();
    transaction.commit();
    return changes;
  }
};

inline constexpr protocol::Timestamp noon{1'780'000'000'000};

protocol::PersonId add_guest(TestDatabase& database, std::string_view name);
protocol::PersonId add_member(TestDatabase& database, const NewMember& member);
protocol::WebinarId add_webinar(TestDatabase& database,
                                protocol::Visibility visibility = protocol::Visibility::public_);
protocol::MessageId add_message(TestDatabase& database, protocol::WebinarId webinar, protocol::PersonId author,
                                const std::string& text);

}  // namespace plenary::storage::test
