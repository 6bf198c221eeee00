#pragma once

#include <string>

#include "fleetmeter/table.hpp"

namespace fleetmeter::format {

/// What a column holds, told by the unit in its name.
enum class Unit { none, instant, duration, bytes };

[[nodiscard]] Unit unit_of(const std::string& column);

/// Whether a column is a lower or upper bound beside a point value.
[[nodiscard]] bool is_bound(const std::string& column);

/// A value as text that loses nothing; "" for NULL, a BLOB as X'hex'.
[[nodiscard]] std::string exact_text(const Cell& cell);

/// A value for people: times, hours, gigabytes; text without control characters.
[[nodiscard]] std::string people_text(const Cell& cell, Unit unit);

[[nodiscard]] bool is_number(const Cell& cell);

/// The shortest decimal that reads back as this double, always with a point or an exponent.
[[nodiscard]] std::string double_text(double value);

}  // namespace fleetmeter::format
