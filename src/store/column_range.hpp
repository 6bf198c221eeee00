#pragma once

#include <cstdint>
#include <string_view>

namespace fleetmeter::store {

/// The integers that a column of a query may give. Only a damaged store gives others, and what is
/// worked out from them could overflow: differences of times, shifts by extents, hours as times.
struct ColumnRange {
  std::string_view ending;  ///< of the names of such columns
  std::int64_t least;
  std::int64_t greatest;
  std::string_view nature;  ///< what a number that is outside is: "no time that …"
};

/// The range of a column by its name; a null pointer when any integer is fine.
[[nodiscard]] const ColumnRange* range_of(std::string_view column);

}  // namespace fleetmeter::store
