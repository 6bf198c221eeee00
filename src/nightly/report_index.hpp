#pragma once

#include "nightly/report_folder.hpp"

namespace fleetmeter::nightly {

/// Writes the page over all reports of a folder, from what their report.json say.
void put_index(ReportFolder& folder);

}  // namespace fleetmeter::nightly
