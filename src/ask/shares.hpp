#pragma once

#include <vector>

#include "fleetmeter/evidence.hpp"
#include "fleetmeter/question.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// The processes that make up the one row which a question without groupings answers, the largest
/// first. Point, lower and upper bound sum exactly to those of the row. Throws Error(usage) when
/// the question has groupings: then there are several rows.
[[nodiscard]] std::vector<BillingShare> billing_shares(const Question& question,
                                                       store::Reader& reader);
[[nodiscard]] std::vector<EgressShare> egress_shares(const Question& question,
                                                     store::Reader& reader);

}  // namespace fleetmeter::ask
