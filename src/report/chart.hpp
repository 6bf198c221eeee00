#pragma once

#include <string>
#include <vector>

#include "report/facts.hpp"

namespace fleetmeter::report {

// Charts as inline SVG. Whole numbers only, so that the same facts give the same bytes. Each has a
// title and a description for those who do not see it, and every mark its own title with the exact
// number. Colours come from the page's style sheet; nothing is told apart by colour alone.

/// One small panel per region, the same scales in all: what left it over time, the bounds as a
/// band, gaps in coverage shaded.
[[nodiscard]] std::string egress_by_region_chart(const Facts& facts);

/// One bar per region: billable hours, with the span of their bounds.
[[nodiscard]] std::string billable_by_region_chart(const Facts& facts);

/// Processes at once over time, with what is possible as a band, gaps in coverage shaded.
[[nodiscard]] std::string concurrency_chart(const Facts& facts);

/// Billable hours in each slot, with their bounds.
[[nodiscard]] std::string billable_by_slot_chart(const Facts& facts);

}  // namespace fleetmeter::report
