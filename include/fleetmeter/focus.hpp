#pragma once

#include <string>
#include <vector>

#include "fleetmeter/public.hpp"
#include "fleetmeter/table.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What an export in the format of the FinOps Open Cost and Usage Specification (FOCUS) says beside
/// the store.
struct FocusGiven {
  std::string version = "1.3";      ///< 1.2, 1.3 or 1.4
  std::string account = "unknown";  ///< BillingAccountId
  bool rooms = false;  ///< a row per process and room in place of one per app and region
};

/// The dataset Cost and Usage: one row per day, app, region and price.
struct FocusExport {
  Table table;
  std::vector<std::string> remarks;  ///< what was used and is in no row, because it has no price
};

}  // namespace fleetmeter
