#pragma once

#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The report as a workbook. It has a summary, and one sheet per CSV file, with typed cells and a
/// header that stays in sight. Numbers that a spreadsheet's doubles cannot hold are texts. Throws
/// Error(usage) when a sheet would be too long, and Error(io) when it cannot be written on the way.
[[nodiscard]] std::string workbook(const Facts& facts);

}  // namespace fleetmeter::report
