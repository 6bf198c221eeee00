#pragma once

#include <string>
#include <variant>

#include "base/uuid.hpp"
#include "sql/value.hpp"

namespace fleetmeter::store {

/// The id of an allocation as it came, of what is kept: one that is a UUID takes 16 bytes. "" of
/// none.
[[nodiscard]] inline std::string allocation_id_of(const sql::Value& kept) {
  if (const auto* packed = std::get_if<sql::BlobBytes>(&kept)) {
    return base::uuid_text(packed->bytes);
  }
  const auto* text = std::get_if<std::string>(&kept);
  return text == nullptr ? std::string() : *text;
}

}  // namespace fleetmeter::store
