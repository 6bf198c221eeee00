#pragma once

#include <vector>

#include "fleetmeter/question.hpp"
#include "fleetmeter/reconciliation.hpp"
#include "settle/comparison.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// The facts that would settle a comparison if the vendor disclosed them, the one that decides most
/// first, until nothing more hangs on any. The question is about the invoice's month.
[[nodiscard]] std::vector<ReconciliationFactAsked> facts_to_ask(const Comparison& comparison,
                                                                const ReconcileGiven& given,
                                                                const Question& month,
                                                                store::Reader& reader);

}  // namespace fleetmeter::settle
