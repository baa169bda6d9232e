// Every golden frame is decoded into the described types and encoded again by what the server encodes with.

#include "tests/golden/golden.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <type_traits>

#include "protocol/frames.hpp"
#include "protocol/json.hpp"
#include "protocol/operations.hpp"
#include "protocol/rich_text.hpp"
#include "server/sync/frame.hpp"
#include "storage/channels.hpp"

namespace plenary::golden {
namespace {

using namespace protocol;

/// Result<Error> would not know a success from a failure, so errors are read into this.
struct ErrorShape {
  std::string code;
  std::optional<std::string> field;
  std::optional<std::int64_t> retry_after_ms;
};
BOOST_DESCRIBE_STRUCT(ErrorShape, (), (code, field, retry_after_ms))

template <class T>
T decoded(const Json& json) {
  auto value = from_json<T>(json);
  if (!value) throw std::runtime_error{to_json(value.error()) + " in " + json.dump()};
  return *value;
}

Error decoded_error(const Json& json) {
  const auto shape = decoded<ErrorShape>(json);
  ErrorCode code{};
  if (!boost::describe::enum_from_string(shape.code.c_str(), code)) throw std::runtime_error{"no error " + shape.code};
  return {code, shape.field, shape.retry_after_ms};
}

template <class List, class Function>
void for_each_type(Function function) {
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, List>>(function);
}

/// The fields of the one described record they fit.
std::string encoded_fields(const std::string& type, const Json& fields) {
  std::optional<std::string> members;
  for_each_type<Records>([&](auto described) {
    using Fields = typename decltype(described)::type;
    if (Fields::record_type != type) return;
    const auto record = from_json<Fields>(fields);
    if (!record) return;
    if constexpr (std::is_same_v<Fields, MessageRecord> || std::is_same_v<Fields, PostRecord>) {
      EXPECT_EQ(to_json(record->body), to_json(parse_markdown(record->text)));
    }
    append_members(members.emplace(), *record);
  });
  if (!members) throw std::runtime_error{"no record of type " + type + " has " + fields.dump()};
  return *members;
}

RawJson encoded_record(const RawJson& raw) {
  Json json = Json::parse(raw.text);
  storage::StoredRecord record{decoded<std::string>(json.at("type")),
                               decoded<std::int64_t>(json.at("id")),
                               decoded<Rev>(json.at("rev")),
                               std::nullopt,
                               json.contains("gone"),
                               {}};
  if (json.contains("pos")) record.pos = decoded<Pos>(json.at("pos"));
  for (const char* head : {"type", "id", "rev", "pos"}) json.erase(head);
  if (!record.gone) record.fields = encoded_fields(record.type, json);
  std::string out;
  storage::append_record(out, record);
  return {std::move(out)};
}

RawJson encoded_signal(const RawJson& raw) {
  Json json = Json::parse(raw.text);
  const auto type = decoded<std::string>(json.at("type"));
  json.erase("type");
  std::string out;
  for_each_type<Signals>([&](auto described) {
    using Fields = typename decltype(described)::type;
    if (Fields::signal_type != type) return;
    out = "{\"type\":" + to_json(type);
    append_members(out, decoded<Fields>(json), true);
    out += '}';
  });
  return {std::move(out)};
}

template <class Function>
void encode_each(std::vector<RawJson>& all, Function encoded) {
  for (auto& one : all) one = encoded(one);
}

template <class T>
T with_records_encoded(T value) {
  if constexpr (requires { value.records; }) encode_each(value.records, encoded_record);
  if constexpr (std::is_same_v<T, ThreadListOk>) encode_each(value.threads, encoded_record);
  if constexpr (requires { value.signals; }) encode_each(value.signals, encoded_signal);
  if constexpr (requires { value.subscriptions; }) {
    encode_each(value.subscriptions, [](const RawJson& raw) -> RawJson {
      const Json json = Json::parse(raw.text);
      if (json.contains("error")) {
        return {to_json(SubscriptionRefused{json.at("channel").get<std::string>(), decoded_error(json.at("error"))})};
      }
      return {to_json(with_records_encoded(decoded<SubscriptionAnswer>(json)))};
    });
  }
  return value;
}

template <class Function>
void with_traits(const std::string& name, Function function) {
  const auto operation = operation_from_wire(name);
  if (!operation) throw std::runtime_error{"no operation " + name};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto descriptor) {
    if (descriptor.value == *operation) function(OperationTraits<decltype(descriptor)::value>{});
  });
}

std::string encoded_request(const Json& json) {
  const auto name = decoded<std::string>(json.at("op"));
  std::string out = "{\"id\":" + to_json(decoded<std::int64_t>(json.at("id"))) + ",\"op\":" + to_json(name);
  with_traits(name, [&](auto traits) {
    EXPECT_EQ(json.contains("key"), decltype(traits)::changes) << name;
    if (json.contains("key")) out += ",\"key\":" + to_json(decoded<std::string>(json.at("key")));
    out += ",\"args\":" + to_json(decoded<typename decltype(traits)::Args>(json.at("args"))) + "}";
  });
  return out;
}

std::string encoded_reply(const std::string& name, const Json& json) {
  const Json& id = json.at("id");
  const std::string head = "{\"id\":" + (id.is_null() ? "null" : to_json(decoded<std::int64_t>(id)));
  if (json.contains("error")) return head + ",\"error\":" + to_json(decoded_error(json.at("error"))) + "}";
  std::string out;
  with_traits(name, [&](auto traits) {
    using Ok = typename decltype(traits)::Ok;
    out = head + ",\"ok\":" + to_json(with_records_encoded(decoded<Ok>(json.at("ok")))) + "}";
  });
  return out;
}

std::string encoded_push(const Json& json) {
  const auto push = decoded<Push>(json);
  std::vector<RawJson> put = push.put;
  encode_each(put, encoded_record);
  return *server::sync::encode_push({push.ch, push.from, push.rev, to_json(put)}, push.c).frame;
}

std::string encoded_again(const std::string& file, const Entry& entry) {
  const Json json = Json::parse(entry.frame);
  if (entry.kind == "request") return encoded_request(json);
  if (entry.kind == "reply") return encoded_reply(file, json);
  if (entry.kind == "push") return encoded_push(json);
  if (entry.kind == "gone") return to_json(decoded<GoneFrame>(json));
  if (entry.kind == "stale") return to_json(decoded<StaleFrame>(json));
  if (entry.kind == "closing") return to_json(decoded<ClosingFrame>(json));
  if (entry.kind != "signal") throw std::runtime_error{"unknown kind " + entry.kind};
  auto frame = decoded<SignalFrame>(json);
  frame.signal = encoded_signal(frame.signal);
  return to_json(frame);
}

TEST(Golden, every_frame_is_decoded_and_encoded_to_the_same_bytes) {
  for (const auto& [file, entries] : read_all()) {
    for (const auto& entry : entries) {
      SCOPED_TRACE(file + ": " + entry.frame.substr(0, 80));
      EXPECT_EQ(encoded_again(file, entry), entry.frame);
    }
  }
}

TEST(Golden, every_operation_record_signal_and_frame_has_its_file_in_both_languages) {
  const auto files = read_all();
  std::map<std::string, std::set<std::string>> wanted{
      {"record.message.removed", {"push"}}, {"record.gone", {"push"}},      {"frame.gone", {"gone"}},
      {"frame.stale", {"stale"}},           {"frame.closing", {"closing"}}, {"frame.error", {"reply"}}};
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto descriptor) {
    wanted[std::string{wire_name(descriptor.value)}] = {"request", "reply"};
  });
  for_each_type<Records>(
      [&](auto type) { wanted["record." + std::string{decltype(type)::type::record_type}] = {"push"}; });
  for_each_type<Signals>(
      [&](auto type) { wanted["signal." + std::string{decltype(type)::type::signal_type}] = {"signal"}; });
  for (const auto& [file, kinds] : wanted) {
    ASSERT_TRUE(files.contains(file)) << file;
    for (const std::string language : {"en", "fr"}) {
      std::set<std::string> found;
      for (const auto& entry : files.at(file)) {
        if (entry.language == language) found.insert(entry.kind);
      }
      EXPECT_EQ(found, kinds) << file << " in " << language;
    }
  }
  EXPECT_EQ(files.size(), wanted.size()) << "a file that nothing wants";
}

TEST(P5, a_reply_follows_its_request_and_has_its_id) {
  for (const auto& [file, entries] : read_all()) {
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].kind != "request") continue;
      ASSERT_LT(i + 1, entries.size()) << file;
      EXPECT_EQ(entries[i + 1].kind, "reply") << file;
      EXPECT_EQ(Json::parse(entries[i].frame).at("id"), Json::parse(entries[i + 1].frame).at("id")) << file;
    }
  }
}

}  // namespace
}  // namespace plenary::golden
