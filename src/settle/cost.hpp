#pragma once

#include "fleetmeter/cost.hpp"
#include "fleetmeter/question.hpp"
#include "rate/rater.hpp"
#include "settle/room_costs.hpp"
#include "settle/terms.hpp"
#include "settle/usage.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// What was used in a window, and what it costs, one line a row.
[[nodiscard]] std::vector<CostRow> cost(const Question& question, const Terms& terms,
                                        store::Reader& reader);

/// Gives the rater what was used in one billing month, and ends it. `rooms` may be null.
void rate_month(const BillingMonth& month, const Question& question, const Terms& terms,
                store::Reader& reader, rate::Rater& rater, RoomCosts* rooms);

}  // namespace fleetmeter::settle
