#pragma once

#include <string>
#include <string_view>

#include "decode/json_tree.hpp"
#include "fleetmeter/bounded.hpp"
#include "fleetmeter/int128.hpp"
#include "nightly/report_folder.hpp"

namespace fleetmeter::nightly {

// Reads what reports that are there say, from their report.json.

/// Null when it is not there, or is no JSON.
[[nodiscard]] decode::JsonTree read_report(const ReportFolder& folder, const std::string& label);

/// A member of the only row, or of the first, of a part of a report.json; "" when it is not there.
[[nodiscard]] std::string member(const decode::JsonTree& root, std::string_view part,
                                 std::string_view name);

/// A whole number; 0 of anything else.
[[nodiscard]] Int128 number(const std::string& text);

/// The members `name`, `name`_lo and `name`_hi of one row.
[[nodiscard]] Bounded<Int128> bounded_in(const decode::JsonTree& row, const std::string& name);

}  // namespace fleetmeter::nightly
