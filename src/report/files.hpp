#pragma once

#include <map>
#include <set>
#include <string>

#include "fleetmeter/report.hpp"
#include "report/facts.hpp"

namespace fleetmeter::report {

/// The files of one report by their names, manifest.json among them, which has the digest of each
/// other. The same facts give the same bytes. The request says whether there is a report.xlsx, and
/// whether cells of CSV are guarded.
[[nodiscard]] std::map<std::string, std::string> files_of(const Facts& facts,
                                                          const ReportRequest& request);

/// The reports that a page leads to, as its report.json says it: their labels, apart by spaces.
[[nodiscard]] std::string linked_text(const Linked& linked);

/// What a report's files can be called; restated.md, which comes beside them, is not among them.
[[nodiscard]] const std::set<std::string>& file_names();

}  // namespace fleetmeter::report
