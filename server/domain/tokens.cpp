#include "server/domain/tokens.hpp"

#include <algorithm>
#include <charconv>

#include "protocol/text.hpp"
#include "server/access/token.hpp"
#include "server/domain/people.hpp"
#include "storage/sessions.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;

namespace {

constexpr std::int64_t label_characters = 60;
constexpr std::chrono::days setup_link_lifetime{7};

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}

std::optional<storage::PersonRow> find_member(storage::Connection& connection, const std::string& text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool is_number = error == std::errc{} && end == text.data() + text.size();
  auto person = is_number ? storage::find_person(connection, protocol::PersonId{id})
                          : storage::find_person_by_email(connection, lower_case(text));
  if (!person || person->kind != protocol::PersonKind::member) return std::nullopt;
  return person;
}

}  // namespace

protocol::Result<std::string> create_token(storage::Transaction& transaction, const TokenRequest& request,
                                           protocol::Timestamp now) {
  const auto label = protocol::checked_text(request.label, protocol::TextKind::line, label_characters);
  if (!label) return Error{label.error().code, "label"};
  const auto person = find_member(transaction.connection(), request.person);
  if (!person) return Error{ErrorCode::not_found, "person"};
  return begin_session(transaction, person->id, *label, now, now + request.lifetime);
}

std::optional<std::string> create_setup_token(storage::Transaction& transaction, protocol::Timestamp now) {
  if (storage::any_admin(transaction.connection())) return std::nullopt;
  storage::forget_entry_tokens(transaction);
  std::string token = access::new_token();
  storage::insert_entry_token(transaction, access::token_hash(token), protocol::SiteRole::admin,
                              now + setup_link_lifetime);
  return token;
}

}  // namespace plenary::server::domain
