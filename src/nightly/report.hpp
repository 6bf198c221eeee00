#pragma once

#include <vector>

#include "fleetmeter/question.hpp"
#include "fleetmeter/report.hpp"
#include "settle/report_money.hpp"
#include "store/reader.hpp"

namespace fleetmeter::nightly {

/// Makes the reports that were asked for, each whole or not at all, and the page that lists all
/// reports. A report that is there and says what is known is left as it is. Without `prices` they
/// say nothing of money. `seals`: all months that were sealed.
[[nodiscard]] std::vector<ReportOutcome> make_reports(const ReportRequest& request,
                                                      const Question& question,
                                                      store::Reader& reader,
                                                      settle::ReportMoney* prices,
                                                      const std::vector<report::Sealed>& seals);

}  // namespace fleetmeter::nightly
