#pragma once

#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

/// What a node exporter's textfile collector reads after a run that ended well.
[[nodiscard]] std::string metrics_of(const Store& store,
                                     const std::vector<ReportOutcome>& outcomes);

}  // namespace fleetmeter::cli
