#pragma once

#include <vector>

#include "fleetmeter/reconciliation.hpp"
#include "settle/scoped_usage.hpp"
#include "settle/weighing.hpp"

namespace fleetmeter::settle {

/// Adds rows for what single lines of a product are about, where they are not about all of it: an
/// app, a deployment, a region, or one of several prices.
void give_scopes(const Compared& one, const Weighing& weighing, const ScopedUsage& scoped,
                 std::vector<ReconciliationLine>& rows);

}  // namespace fleetmeter::settle
