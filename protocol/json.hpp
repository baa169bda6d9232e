#pragma once
// The mapping between the described types and JSON (RFC 8259). Strict: an unknown, missing or mistyped field is an Error
// with its dotted path. Encoding appends to a string; decoding reads a parsed document. Any thread.

#include <array>
#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "protocol/error.hpp"
#include "protocol/ids.hpp"
#include "protocol/limits.hpp"
#include "protocol/raw_json.hpp"
#include "protocol/text.hpp"
#include "protocol/utf8.hpp"

namespace plenary::protocol {

using Json = nlohmann::json;

/// Parses one document. Errors: too_deep (counted before anything is allocated), bad_json (bad UTF-8 too).
Result<Json> parse_json(std::string_view text, std::int64_t max_depth = default_limits.json_depth);

/// Appends `text` as a JSON string; `text` is UTF-8.
void append_json_string(std::string& out, std::string_view text);

/// reply_to → replyTo; public_ → public.
std::string wire_member_name(std::string_view name);
constexpr std::string_view wire_enum_name(std::string_view name) {
  if (!name.empty() && name.back() == '_') name.remove_suffix(1);
  return name;
}

namespace detail {

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_vector = false;
template <class T>
inline constexpr bool is_vector<std::vector<T>> = true;
template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;
template <class T>
concept Checked = requires(std::string_view text, const T& value) {
  {T::make(text)};
  {value.str()};
};
template <class T>
concept DescribedStruct = boost::describe::has_describe_members<T>::value && !std::is_enum_v<T>;
template <class T>
concept DescribedEnum = boost::describe::has_describe_enumerators<T>::value;

/// The wire name of a described member, made once.
template <class Descriptor>
const std::string& member_name() {
  static const std::string name = wire_member_name(Descriptor::name);
  return name;
}

/// Of an error's field that the sender named himself, so that an answer stays small. Bytes.
inline constexpr std::size_t longest_field = 64;

inline Error within(Error error, std::string_view outer) {
  error.field = error.field && !error.field->empty() ? std::string{outer} + "." + *error.field : std::string{outer};
  return error;
}

}  // namespace detail

// ---- encoding ------------------------------------------------------------------------------------------------------

template <class T>
void append_json(std::string& out, const T& value);

/// Appends `"a":1,"b":2` for a described struct, without braces; absent optionals are left out. Says whether it wrote.
template <detail::DescribedStruct T>
bool append_members(std::string& out, const T& value, bool comma_first = false) {
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  bool wrote = comma_first;
  boost::mp11::mp_for_each<Members>([&](auto descriptor) {
    const auto& member = value.*descriptor.pointer;
    using Member = std::remove_cvref_t<decltype(member)>;
    if constexpr (detail::is_optional<Member>) {
      if (!member) return;
    }
    if (wrote) out += ',';
    wrote = true;
    out += '"';
    out += detail::member_name<decltype(descriptor)>();
    out += "\":";
    if constexpr (detail::is_optional<Member>) {
      append_json(out, *member);
    } else {
      append_json(out, member);
    }
  });
  return wrote;
}

template <class T>
void append_json(std::string& out, const T& value) {
  if constexpr (std::is_same_v<T, bool>) {
    out += value ? "true" : "false";
  } else if constexpr (std::is_same_v<T, RawJson>) {
    out += value.text;
  } else if constexpr (std::is_integral_v<T>) {
    out += std::to_string(value);
  } else if constexpr (detail::is_id<T>) {
    out += std::to_string(value.value);
  } else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    append_json_string(out, value);
  } else if constexpr (detail::DescribedEnum<T>) {
    out += '"';
    out += wire_enum_name(boost::describe::enum_to_string(value, "unknown"));
    out += '"';
  } else if constexpr (detail::Checked<T>) {
    append_json_string(out, value.str());
  } else if constexpr (detail::is_vector<T>) {
    out += '[';
    bool first = true;
    for (const auto& element : value) {
      if (!first) out += ',';
      first = false;
      append_json(out, element);
    }
    out += ']';
  } else if constexpr (std::is_same_v<T, std::map<std::string, std::int64_t>>) {
    out += '{';
    bool first = true;
    for (const auto& [key, element] : value) {
      if (!first) out += ',';
      first = false;
      append_json_string(out, key);
      out += ':';
      append_json(out, element);
    }
    out += '}';
  } else {
    static_assert(detail::DescribedStruct<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
    out += '{';
    append_members(out, value);
    out += '}';
  }
}

template <class T>
std::string to_json(const T& value) {
  std::string out;
  append_json(out, value);
  return out;
}

// ---- decoding ------------------------------------------------------------------------------------------------------

template <class T>
Result<T> from_json(const Json& json);

namespace detail {

template <DescribedStruct T>
Result<T> struct_from_json(const Json& json) {
  if (!json.is_object()) return Error{ErrorCode::wrong_type};
  T value{};
  std::optional<Error> error;
  std::size_t known = 0;
  using Members = boost::describe::describe_members<T, boost::describe::mod_public>;
  boost::mp11::mp_for_each<Members>([&](auto descriptor) {
    if (error) return;
    auto& member = value.*descriptor.pointer;
    using Member = std::remove_cvref_t<decltype(member)>;
    const std::string& name = member_name<decltype(descriptor)>();
    const auto found = json.find(name);
    if constexpr (is_optional<Member>) {
      if (found == json.end()) return;
      ++known;
      auto decoded = from_json<typename Member::value_type>(*found);
      if (!decoded) {
        error = within(decoded.error(), name);
      } else {
        member = std::move(*decoded);
      }
    } else {
      if (found == json.end()) {
        error = Error{ErrorCode::missing_field, name};
        return;
      }
      ++known;
      auto decoded = from_json<Member>(*found);
      if (!decoded) {
        error = within(decoded.error(), name);
      } else {
        member = std::move(*decoded);
      }
    }
  });
  if (error) return *error;
  if (known != json.size()) {
    for (auto entry = json.begin(); entry != json.end(); ++entry) {
      const std::string& key = entry.key();
      bool is_member = false;
      boost::mp11::mp_for_each<Members>([&](auto d) { is_member = is_member || member_name<decltype(d)>() == key; });
      if (!is_member) return Error{ErrorCode::unknown_field, std::string{shortened(key, longest_field)}};
    }
  }
  return value;
}

}  // namespace detail

template <class T>
Result<T> from_json(const Json& json) {
  if constexpr (std::is_same_v<T, bool>) {
    if (!json.is_boolean()) return Error{ErrorCode::wrong_type};
    return json.get<bool>();
  } else if constexpr (std::is_integral_v<T>) {
    if (!json.is_number_integer()) return Error{ErrorCode::wrong_type};
    if (json.is_number_unsigned() && json.get<std::uint64_t>() > static_cast<std::uint64_t>(largest_integer)) {
      return Error{ErrorCode::out_of_range};
    }
    const auto number = json.get<std::int64_t>();
    if (number < 0) return Error{ErrorCode::out_of_range};
    return number;
  } else if constexpr (detail::is_id<T>) {
    auto number = from_json<std::int64_t>(json);
    if (!number) return number.error();
    if (*number == 0) return Error{ErrorCode::out_of_range};
    return T{*number};
  } else if constexpr (std::is_same_v<T, std::string>) {
    if (!json.is_string()) return Error{ErrorCode::wrong_type};
    return json.get_ref<const std::string&>();
  } else if constexpr (detail::DescribedEnum<T>) {
    if (!json.is_string()) return Error{ErrorCode::wrong_type};
    const auto& name = json.get_ref<const std::string&>();
    std::optional<T> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto descriptor) {
      if (wire_enum_name(descriptor.name) == name) found = descriptor.value;
    });
    if (!found) return Error{ErrorCode::out_of_range};
    return *found;
  } else if constexpr (detail::Checked<T>) {
    if (!json.is_string()) return Error{ErrorCode::wrong_type};
    return T::make(json.get_ref<const std::string&>());
  } else if constexpr (detail::is_vector<T>) {
    if (!json.is_array()) return Error{ErrorCode::wrong_type};
    T values;
    values.reserve(json.size());
    for (std::size_t i = 0; i < json.size(); ++i) {
      auto decoded = from_json<typename T::value_type>(json[i]);
      if (!decoded) return detail::within(decoded.error(), std::to_string(i));
      values.push_back(std::move(*decoded));
    }
    return values;
  } else if constexpr (std::is_same_v<T, RawJson>) {
    return RawJson{json.dump()};
  } else if constexpr (std::is_same_v<T, std::map<std::string, std::int64_t>>) {
    if (!json.is_object()) return Error{ErrorCode::wrong_type};
    T values;
    for (const auto& [key, element] : json.items()) {
      auto decoded = from_json<std::int64_t>(element);
      if (!decoded) return detail::within(decoded.error(), shortened(key, detail::longest_field));
      values.emplace(key, *decoded);
    }
    return values;
  } else {
    return detail::struct_from_json<T>(json);
  }
}

}  // namespace plenary::protocol
