#pragma once

#include <variant>

#include "model/record.hpp"
#include "sql/value.hpp"

namespace fleetmeter::store {

/// A value of a column that may hold any, as a number as it came. Its text is that of the value.
[[nodiscard]] inline model::LooseNumber loose_number(const sql::Value& value) {
  model::LooseNumber number;
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    number.kind = model::LooseNumber::Kind::integer;
    number.integer = *integer;
  } else if (const auto* real = std::get_if<double>(&value)) {
    number.kind = model::LooseNumber::Kind::real;
    number.real = *real;
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    number.kind = model::LooseNumber::Kind::text;
    number.text = *text;
  }
  return number;
}

}  // namespace fleetmeter::store
