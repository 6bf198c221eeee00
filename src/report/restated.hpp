#pragma once

#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

/// What changed between two versions of one report, as Markdown: the rows of its two answers that
/// are new, gone or other. `old_billing` and `old_egress` are the CSV files that were there.
[[nodiscard]] std::string restated(const Facts& facts, const std::string& old_billing,
                                   const std::string& old_egress);

}  // namespace fleetmeter::report
