#include "tests/storage/database.hpp"

#include <algorithm>
#include <stdexcept>

namespace plenary::storage::test {

std::vector<std::string> rows(Connection& connection, const std::string& sql) {
  std::vector<std::string> found;
  const auto take = [](void* to, int count, char** values, char**) {
    std::string row;
    for (int i = 0; i < count; ++i) row += (i == 0 ? "" : "|") + std::string{values[i] == nullptr ? "∅" : values[i]};
    static_cast<std::vector<std::string>*>(to)->push_back(std::move(row));
    return 0;
  };
  if (sqlite3_exec(connection.handle(), sql.c_str(), take, &found, nullptr) != SQLITE_OK) {
    throw std::runtime_error{sql + ": " + sqlite3_errmsg(connection.handle())};
  }
  return found;
}

std::vector<std::string> contents(Connection& connection) {
  auto all = rows(connection, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
  for (const auto& table : rows(connection, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    auto found = rows(connection, "SELECT * FROM \"" + table + '"');
    std::sort(found.begin(), found.end());
    for (auto& row : found) all.push_back(table + ": " + std::move(row));
  }
  return all;
}

protocol::PersonId add_guest(TestDatabase& database, std::string_view name) {
  protocol::PersonId id;
  database.change([&](Transaction& transaction) { id = insert_guest(transaction, name, noon); });
  return id;
}

protocol::PersonId add_member(TestDatabase& database, const NewMember& member) {
  protocol::PersonId id;
  database.change([&](Transaction& transaction) { id = insert_member(transaction, member, noon); });
  return id;
}

protocol::WebinarId add_webinar(TestDatabase& database, protocol::Visibility visibility) {
  WebinarRow row;
  row.title = {"Finding a home", "Trouver un logement"};
  row.visibility = visibility;
  row.created_at = noon.milliseconds;
  protocol::WebinarId id;
  database.change([&](Transaction& transaction) { id = insert_webinar(transaction, row); });
  return id;
}

protocol::MessageId add_message(TestDatabase& database, protocol::WebinarId webinar, protocol::PersonId author,
                                const std::string& text) {
  MessageRow row;
  row.webinar = webinar;
  row.author = author;
  row.text = text;
  row.lang = "en";
  row.at = noon.milliseconds;
  protocol::MessageId id;
  database.change([&](Transaction& transaction) { id = insert_message(transaction, row); });
  return id;
}

}  // namespace plenary::storage::test
