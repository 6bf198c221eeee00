#pragma once

#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "report/facts.hpp"
#include "store/reader.hpp"

namespace fleetmeter::nightly {

/// The days and months that reports are made of when all that is missing is asked for.
struct CatchUp {
  std::vector<report::Period> periods;  ///< those that hold something, days first
  std::string left_out;                 ///< what is not among them, a sentence; empty: nothing
};

/// With `current`, the day and the month that are not over at the as-of are among them as well.
///
/// A period holds something when a process was observed in it, or when there is billable time or
/// egress in it, or a bound of them that is not 0. Only periods near an observation are looked at,
/// as near as a process is believed to live. So one document of 1970, or a start in the year 1,
/// does not fill the decades between with reports.
[[nodiscard]] CatchUp catch_up(const Question& question, bool current, store::Reader& reader);

}  // namespace fleetmeter::nightly
