#pragma once

#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The report as a workbook: one sheet per CSV, typed cells, the header frozen. Numbers that a
/// spreadsheet's doubles cannot hold are text. Throws Error(usage) when a sheet would be too long,
/// Error(io) when it cannot be written on the way.
[[nodiscard]] std::string workbook(const Facts& facts);

}  // namespace fleetmeter::report
