#pragma once

#include <map>
#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// What changed between two versions of one report, as Markdown: the rows of its answers that are
/// new, gone or other. Both are files by their names.
[[nodiscard]] std::string restated(const Period& period,
                                   const std::map<std::string, std::string>& before,
                                   const std::map<std::string, std::string>& now);

}  // namespace fleetmeter::report
