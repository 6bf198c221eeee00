#pragma once

#include <string>

#include "fleetmeter/question.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "meter/life.hpp"
#include "settle/terms.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// The processes of a month whose own numbers are the least sure. First come those that could
/// change the bill the most, then the largest. Each has the command that shows its evidence.
[[nodiscard]] std::vector<ReconciliationContributor> contributors(const Question& question,
                                                                  const std::string& month,
                                                                  const meter::Window& window,
                                                                  const Terms& terms,
                                                                  store::Reader& reader);

}  // namespace fleetmeter::settle
