#pragma once

#include <map>
#include <set>
#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// The files of one report by their names, manifest.json among them, which has the digest of each
/// other. The same facts give the same bytes. `with_workbook`: report.xlsx too.
[[nodiscard]] std::map<std::string, std::string> files_of(const Facts& facts, bool with_workbook);

/// What a report's files can be called; restated.md, which comes beside them, is not among them.
[[nodiscard]] const std::set<std::string>& file_names();

}  // namespace fleetmeter::report
