#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "model/record.hpp"

namespace fleetmeter::decode {

/// What a JSON number says when it is read as an integer.
struct ParsedInteger {
  std::optional<std::int64_t> value;
  const char* problem = nullptr;  ///< set exactly when `value` is absent
};

/// Whether a text is a number by JSON's grammar (no leading zeros, digits around the point).
[[nodiscard]] bool is_json_number(std::string_view token);

/// Reads an int64. It may also be written with a fraction or an exponent (`1.0`, `1e3`), when it is
/// integral and at most 2^53: up to there the double that wrote it was exact. Nothing is rounded.
[[nodiscard]] ParsedInteger parse_integer(std::string_view token);

/// Reads a number so that it can be written again as it came. When only the text says it exactly,
/// that is kept, as a view of `token`.
[[nodiscard]] model::LooseNumber parse_loose(std::string_view token);

}  // namespace fleetmeter::decode
