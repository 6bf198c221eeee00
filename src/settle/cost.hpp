#pragma once

#include "fleetmeter/cost.hpp"
#include "fleetmeter/question.hpp"
#include "rate/rater.hpp"
#include "settle/terms.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What was used in a window, and what it costs, one line a row.
[[nodiscard]] std::vector<CostRow> cost(const Question& question, const Terms& terms,
                                        store::Reader& reader);

}  // namespace fleetmeter::settle
