#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/record.hpp"

namespace fleetmeter::decode {

/// What a JSON number says as an integer.
struct ParsedInteger {
  std::optional<std::int64_t> value;
  const char* problem = nullptr;  ///< set exactly when `value` is absent
};

/// Whether a text is a number by JSON's grammar (no leading zeros, digits around the point).
[[nodiscard]] bool is_json_number(std::string_view token);

/// An int64, written as one; or written with a fraction or an exponent (`1.0`, `1e3`) when that is
/// exactly integral and at most 2^53, up to where a double held it exactly. Never rounded.
[[nodiscard]] ParsedInteger parse_integer(std::string_view token);

/// A number kept as it came. A text stays a view of `token`.
[[nodiscard]] model::LooseNumber parse_loose(std::string_view token);

}  // namespace fleetmeter::decode
