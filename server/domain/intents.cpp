#include "server/domain/intents.hpp"

#include "server/access/token.hpp"

namespace plenary::server::domain {

using protocol::Error;
using protocol::ErrorCode;
using protocol::Result;

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

Result<storage::Blob> parse_key(std::string_view text) {
  constexpr std::size_t length = 36;
  constexpr std::size_t version_at = 14;
  constexpr std::size_t variant_at = 19;
  const Error bad{ErrorCode::bad_key, "key"};
  if (text.size() != length || text[version_at] != '7') return bad;
  storage::Blob key;
  for (std::size_t i = 0; i < length;) {
    if (i == 8 || i == 13 || i == 18 || i == 23) {
      if (text[i++] != '-') return bad;
      continue;
    }
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return bad;
    key.push_back(static_cast<std::uint8_t>(high * 16 + low));
    i += 2;
  }
  const int variant = hex_value(text[variant_at]);
  if (variant < 8 || variant > 11) return bad;
  return key;
}

storage::Blob hash_of(protocol::Operation operation, const protocol::Json& args) {
  // nlohmann's objects are ordered by key, so equal arguments have one text.
  return access::token_hash(std::string{protocol::wire_name(operation)} + '\n' + args.dump());
}

Result<sync::Made> once(
    CommandContext& context, const Intent& intent, bool repeats_itself,
    const std::function<Result<sync::Made>(CommandContext&, const std::optional<std::string>&)>& command) {
  const storage::IntentKey key{context.caller.id().value, intent.key};
  const auto stored = storage::find_outcome(context.connection(), key);
  if (stored && stored->hash != intent.hash) return Error{ErrorCode::key_reused, "key"};
  if (stored && stored->reply && repeats_itself) return command(context, stored->reply);
  if (stored && stored->reply) {
    return sync::Made{[reply = *stored->reply](storage::Transaction&) { return reply; }};
  }
  if (stored) {
    sync::Made made{};
    made.same_as = key;
    return made;
  }
  storage::reserve_outcome(context.transaction, key, intent.hash, context.now);
  auto made = command(context, std::nullopt);
  if (made) made->intent = key;
  return made;
}

}  // namespace plenary::server::domain
