#pragma once
// Enumerations in the database are the wire's words.

#include <boost/describe.hpp>
#include <boost/mp11.hpp>
#include <string>
#include <string_view>

#include "protocol/json.hpp"
#include "storage/connection.hpp"

namespace plenary::storage {

template <class Enumeration>
std::string_view word_of(Enumeration value) {
  return protocol::wire_enum_name(boost::describe::enum_to_string(value, "unknown"));
}

/// Throws StorageError for a word this program does not know: the file is not ours or is damaged.
template <class Enumeration>
Enumeration from_word(std::string_view word) {
  std::optional<Enumeration> found;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enumeration>>([&](auto descriptor) {
    if (protocol::wire_enum_name(descriptor.name) == word) found = descriptor.value;
  });
  if (!found) throw StorageError{SQLITE_CORRUPT, "unknown word in the database: " + std::string{word}};
  return *found;
}

}  // namespace plenary::storage
