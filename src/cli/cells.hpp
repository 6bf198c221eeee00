#pragma once

#include <optional>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

/// The number of a cell with all its digits, whatever kind of number it is. Absent of a text, and
/// of a double, which is not exact.
[[nodiscard]] std::optional<Decimal> exact_number(const Cell& cell);

/// Whether `a` comes before `b` where rows are sorted: numbers, then texts, then bytes.
[[nodiscard]] bool is_before(const Cell& a, const Cell& b);

}  // namespace fleetmeter::cli
