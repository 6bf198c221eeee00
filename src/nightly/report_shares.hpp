#pragma once

#include "fleetmeter/question.hpp"
#include "report/facts.hpp"
#include "store/reader.hpp"

namespace fleetmeter::nightly {

/// Fills in what regions and apps add to a period. `question` has its window, and no groups;
/// `before` that of the period before, and is null when it is not compared. The slots are known.
void add_shares(const Question& question, const Question* before, store::Reader& reader,
                report::Facts& facts);

}  // namespace fleetmeter::nightly
