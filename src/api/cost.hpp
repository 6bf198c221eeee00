#pragma once

#include "api/terms.hpp"
#include "fleetmeter/question.hpp"
#include "fleetmeter/table.hpp"
#include "rate/rater.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// What was used in a window, and what it costs, one line a row.
[[nodiscard]] Table ask_cost(const Question& question, const Terms& terms, store::Reader& reader);

}  // namespace fleetmeter::api
