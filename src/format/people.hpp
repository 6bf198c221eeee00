#pragma once

#include <optional>
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

/// In what a column of durations is shown. One column has one scale, so that its values can be
/// compared at a glance.
enum class Scale { seconds, minutes, hours };

/// Hours where two decimals say enough, from a tenth of an hour on; else minutes, from one on; else
/// seconds. Of 0: hours.
[[nodiscard]] Scale scale_of(Int128 longest_ms);

/// A value for people: times, hours, gigabytes; text without control characters. Hours and minutes
/// have two decimals, rounded to the nearest (half to even); seconds have three, which is exact.
/// Bytes have two, and the rest is cut.
[[nodiscard]] std::string people_text(const Cell& cell, Unit unit, Scale scale = Scale::hours);

/// The name of a column without the unit in it, because its values show their units, and with
/// spaces between its words: `billable_ms_lo` is `billable lo`.
[[nodiscard]] std::string people_name(const std::string& column);

/// The value of a cell that holds a whole number.
[[nodiscard]] std::optional<Int128> whole_number(const Cell& cell);

[[nodiscard]] bool is_number(const Cell& cell);

/// The shortest decimal that reads back as this double, always with a point or an exponent.
[[nodiscard]] std::string double_text(double value);

}  // namespace fleetmeter::format
