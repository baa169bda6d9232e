#pragma once
// Ids that may be absent, as the database has them: NULL.

#include <cstdint>
#include <optional>

#include "storage/connection.hpp"

namespace plenary::storage {

template <class Id>
std::optional<std::int64_t> value_of(const std::optional<Id>& id) {
  return id ? std::optional{id->value} : std::nullopt;
}

template <class Id>
std::optional<Id> optional_id(const Query& query, int column) {
  const auto value = query.optional_integer(column);
  return value ? std::optional{Id{*value}} : std::nullopt;
}

}  // namespace plenary::storage
