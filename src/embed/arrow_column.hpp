#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter.h"
#include "fleetmeter/table.hpp"

namespace fleetmeter::embed {

/// What a column is in Arrow: by what is known of it, and by what its cells hold. Throws
/// Error(internal) when a sum has more than 38 digits.
[[nodiscard]] CellKind kind_of_column(const Table& answer, std::size_t column);

/// The format string of a kind, as the Arrow C data interface spells it.
[[nodiscard]] const char* format_of(CellKind kind);

/// A cell as text, with all its digits.
[[nodiscard]] std::string text_of(const Cell& cell);

/// Fills an array with rows [begin, end) of a column. It owns what it holds.
void give_column(const Table& answer, std::size_t column, CellKind kind, std::size_t begin,
                 std::size_t end, ArrowArray& out);

}  // namespace fleetmeter::embed
