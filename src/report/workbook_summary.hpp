#pragma once

#include "report/facts.hpp"
#include "workbook/sheet.hpp"

namespace fleetmeter::report {

/// The first sheet of a workbook: what the report is about, its totals in units for people, and the
/// largest regions and apps. The other sheets have the exact numbers.
void add_summary(const Facts& facts, const fleetmeter::workbook::WorkbookFormats& formats);

}  // namespace fleetmeter::report
