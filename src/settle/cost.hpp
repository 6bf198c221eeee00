#pragma once

#include "fleetmeter/question.hpp"
#include "fleetmeter/table.hpp"
#include "rate/rater.hpp"
#include "settle/terms.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What was used in a window, and what it costs, one line a row.
[[nodiscard]] Table cost(const Question& question, const Terms& terms, store::Reader& reader);

}  // namespace fleetmeter::settle
