// Prints web-client/src/protocol/generated.ts: the described types as TypeScript. A test fails when the committed file
// is not what this prints. The layout is Prettier's (2 spaces, single quotes, 100 columns).

#include <algorithm>
#include <boost/core/type_name.hpp>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/frames.hpp"
#include "protocol/json.hpp"
#include "protocol/limits.hpp"
#include "protocol/operations.hpp"

namespace plenary::protocol {
namespace {

constexpr std::size_t line_width = 100;

template <class T>
std::string type_name() {
  const std::string qualified = boost::core::type_name<T>();
  return qualified.substr(qualified.rfind(':') + 1);
}

std::string literal(std::string_view text) { return "'" + std::string{text} + "'"; }

/// What the C++ type does not say: "Struct.member" to the TypeScript type of the member, or of its elements.
std::string_view exact_type(const std::string& member) {
  static const std::map<std::string, std::string_view> types{
      {"SubscriptionAnswer.records", "AnyRecord"},
      {"SubscriptionAnswer.signals", "AnySignal"},
      {"HistoryOk.records", "AnyRecord"},
      {"ThreadListOk.threads", "ThreadRecord"},
      {"HelloOk.subscriptions", "(SubscriptionAnswer | SubscriptionRefused)"},
      {"Push.put", "AnyRecord"},
      {"SignalFrame.signal", "AnySignal"},
      {"GoneRecord.type", "RecordType"},
      {"GoneRecord.gone", "true"},
      {"GoneFrame.gone", "true"},
      {"StaleFrame.stale", "true"},
  };
  const auto found = types.find(member);
  return found == types.end() ? std::string_view{} : found->second;
}

template <class T>
std::string typescript_type(const std::string& member) {
  if constexpr (detail::is_optional<T>) {
    return typescript_type<typename T::value_type>(member);
  } else if constexpr (detail::is_vector<T>) {
    return typescript_type<typename T::value_type>(member) + "[]";
  } else if (const auto exact = exact_type(member); !exact.empty()) {
    return std::string{exact};
  } else if constexpr (std::is_same_v<T, bool>) {
    return "boolean";
  } else if constexpr (std::is_integral_v<T> || detail::is_id<T>) {
    return "number";
  } else if constexpr (std::is_same_v<T, std::string> || detail::Checked<T>) {
    return "string";
  } else if constexpr (std::is_same_v<T, std::map<std::string, std::int64_t>>) {
    return "Record<string, number>";
  } else if constexpr (std::is_same_v<T, RawJson>) {
    throw std::logic_error{"exact_type() must say what " + member + " holds"};
  } else {
    static_assert(detail::DescribedStruct<T> || detail::DescribedEnum<T>);
    return type_name<T>();
  }
}

std::string union_type(std::string_view name, const std::vector<std::string>& alternatives) {
  const std::string head = "export type " + std::string{name} + " =";
  std::string flat = head;
  std::string tall = head;
  for (const auto& alternative : alternatives) {
    flat += (&alternative == &alternatives.front() ? " " : " | ") + alternative;
    tall += "\n  | " + alternative;
  }
  return (flat.size() < line_width ? flat : tall) + ";\n\n";
}

template <class Struct>
std::string members() {
  std::string out;
  boost::mp11::mp_for_each<boost::describe::describe_members<Struct, boost::describe::mod_public>>(
      [&](auto descriptor) {
        using Member = std::remove_cvref_t<decltype(std::declval<Struct>().*descriptor.pointer)>;
        const std::string& name = detail::member_name<decltype(descriptor)>();
        out += "  " + name + (detail::is_optional<Member> ? "?: " : ": ");
        out += typescript_type<Member>(type_name<Struct>() + "." + name) + ";\n";
      });
  return out;
}

std::string interface(std::string_view name, const std::string& body) {
  if (body.empty()) return "export type " + std::string{name} + " = Record<string, never>;\n\n";
  return "export interface " + std::string{name} + " {\n" + body + "}\n\n";
}

/// Prints each type once, after the types it is made of.
class Declarations {
 public:
  template <class T>
  void declare() {
    if constexpr (detail::is_optional<T> || detail::is_vector<T>) {
      declare<typename T::value_type>();
    } else if constexpr (detail::DescribedEnum<T>) {
      if (!is_new<T>()) return;
      std::vector<std::string> names;
      boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>(
          [&](auto descriptor) { names.push_back(literal(wire_enum_name(descriptor.name))); });
      std::cout << union_type(type_name<T>(), names);
    } else if constexpr (detail::DescribedStruct<T>) {
      declare_struct<T>("");
    }
  }

  template <class Fields>
  void declare_record() {
    declare_struct<Fields>("  type: " + literal(Fields::record_type) +
                           ";\n  id: number;\n  rev: number;\n  pos?: number;\n");
  }

  template <class Fields>
  void declare_signal() {
    declare_struct<Fields>("  type: " + literal(Fields::signal_type) + ";\n");
  }

 private:
  template <class T>
  bool is_new() {
    return declared_.insert(type_name<T>()).second;
  }

  template <class Struct>
  void declare_struct(const std::string& head) {
    if (!is_new<Struct>()) return;
    boost::mp11::mp_for_each<boost::describe::describe_members<Struct, boost::describe::mod_public>>(
        [&](auto descriptor) { declare<std::remove_cvref_t<decltype(std::declval<Struct>().*descriptor.pointer)>>(); });
    std::cout << interface(type_name<Struct>(), head + members<Struct>());
  }

  std::set<std::string> declared_;
};

template <class List>
std::vector<std::string> names_of() {
  std::vector<std::string> names;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, List>>(
      [&](auto type) { names.push_back(type_name<typename decltype(type)::type>()); });
  return names;
}

void print_records(Declarations& declarations) {
  std::vector<std::string> types;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Records>>([&](auto type) {
    using Fields = typename decltype(type)::type;
    declarations.declare_record<Fields>();
    const std::string name = literal(Fields::record_type);
    if (std::find(types.begin(), types.end(), name) == types.end()) types.push_back(name);
  });
  std::cout << union_type("RecordType", types);
  declarations.declare<GoneRecord>();
  auto records = names_of<Records>();
  records.push_back(type_name<GoneRecord>());
  std::cout << union_type("AnyRecord", records);
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Signals>>(
      [&](auto type) { declarations.declare_signal<typename decltype(type)::type>(); });
  std::cout << union_type("AnySignal", names_of<Signals>());
}

template <class Function>
void for_each_operation(Function function) {
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Operation>>([&](auto descriptor) {
    using Traits = OperationTraits<decltype(descriptor)::value>;
    function(std::string{wire_name(descriptor.value)}, Traits{});
  });
}

void print_list(std::string_view head, const std::vector<std::string>& items, std::string_view tail) {
  std::string flat{head};
  std::string tall{head};
  for (const auto& item : items) {
    flat += (&item == &items.front() ? "" : ", ") + item;
    tall += "\n  " + item + ',';
  }
  const bool fits = flat.size() + tail.size() <= line_width;
  std::cout << (fits ? flat : tall + '\n') << tail << "\n\n";
}

void print_operations(Declarations& declarations) {
  std::string table;
  std::vector<std::string> socket_only;
  std::vector<std::string> changing;
  for_each_operation([&](const std::string& name, auto traits) {
    using Traits = decltype(traits);
    declarations.declare<typename Traits::Args>();
    declarations.declare<typename Traits::Ok>();
    const std::string key = name.find('.') == std::string::npos ? name : literal(name);
    table += "  " + key + ": { args: " + type_name<typename Traits::Args>() +
             "; ok: " + type_name<typename Traits::Ok>() + " };\n";
    if (Traits::door == Door::socket_only) socket_only.push_back(literal(name));
    if (Traits::changes) changing.push_back(literal(name));
  });
  std::cout << interface("Operations", table) << "export type OperationName = keyof Operations;\n\n";
  print_list("export const socketOnly: readonly OperationName[] = [", socket_only, "];");
  print_list("export const changingOperations: readonly OperationName[] = [", changing, "];");
}

void print_frames(Declarations& declarations) {
  std::cout << R"(export interface Request<Name extends OperationName = OperationName> {
  id: number;
  op: Name;
  key?: string;
  args: Operations[Name]['args'];
}

export type Reply<Name extends OperationName = OperationName> =
  { id: number; ok: Operations[Name]['ok'] } | { id: number | null; error: Error };

)";
  using Frames = boost::mp11::mp_list<Push, SignalFrame, GoneFrame, StaleFrame, ClosingFrame>;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, Frames>>(
      [&](auto type) { declarations.declare<typename decltype(type)::type>(); });
  auto frames = names_of<Frames>();
  frames.insert(frames.begin(), "Reply");
  std::cout << union_type("ServerFrame", frames);
}

void print_constants() {
  std::vector<std::string> retryable;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<ErrorCode>>([&](auto descriptor) {
    if (is_retryable(descriptor.value)) retryable.push_back(literal(wire_enum_name(descriptor.name)));
  });
  print_list("export const retryableErrors: ReadonlySet<ErrorCode> = new Set<ErrorCode>([", retryable, "]);");
  std::cout << "export const defaultLimits: Limits = {";
  boost::mp11::mp_for_each<boost::describe::describe_members<Limits, boost::describe::mod_public>>(
      [&](auto descriptor) {
        std::cout << "\n  " << detail::member_name<decltype(descriptor)>() << ": " << default_limits.*descriptor.pointer
                  << ',';
      });
  std::cout << "\n};\n";
}

void print_typescript() {
  std::cout << "// Generated from the C++ types in protocol/ by bin/generate. Do not edit.\n\n";
  Declarations declarations;
  declarations.declare<Error>();
  print_records(declarations);
  declarations.declare<SubscriptionRefused>();
  print_operations(declarations);
  print_frames(declarations);
  print_constants();
}

}  // namespace
}  // namespace plenary::protocol

int main() { plenary::protocol::print_typescript(); }
