#pragma once

#include <string>

#include "report/facts.hpp"

namespace fleetmeter::report {

// The tables of a report's page, each as a section with its heading; "" when there is nothing to
// say.

/// Billable time and egress in each slot, which the charts show. It is folded away.
[[nodiscard]] std::string slot_table(const Facts& facts);

/// The largest regions, and the largest apps.
[[nodiscard]] std::string region_table(const Facts& facts);
[[nodiscard]] std::string app_table(const Facts& facts);

/// The regions and apps that changed most against the period before.
[[nodiscard]] std::string mover_table(const Facts& facts);

/// The processes with the most billable time.
[[nodiscard]] std::string process_section(const Facts& facts);

/// Why the bounds lie apart, in words and by the rules behind it.
[[nodiscard]] std::string reason_section(const Facts& facts);

/// The flags that were raised.
[[nodiscard]] std::string anomaly_section(const Facts& facts);

}  // namespace fleetmeter::report
