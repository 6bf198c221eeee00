#pragma once

#include <string>

#include "fleetmeter/compared_table.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// Compares a CSV file with what was metered. Its columns are groups (month, day, hour, app,
/// deployment, region, process) and quantities (time or bytes, in the unit that their names say).
/// Without a window of its own the question is about the days or months that the file names.
/// Throws Error(data) with the line of a mistake, Error(no_input) when the file cannot be opened.
[[nodiscard]] ComparedTable compare(const std::string& path, const Question& question,
                                    store::Reader& reader);

}  // namespace fleetmeter::settle
