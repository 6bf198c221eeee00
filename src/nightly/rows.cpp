// What became of reports, for a writer.

#include "fleetmeter/report.hpp"

namespace fleetmeter {

void give(const std::vector<ReportOutcome>& outcomes, RowSink& sink) {
  sink.columns({"period", "status", "anomalies", "gaps", "rejects"});
  for (const ReportOutcome& one : outcomes) {
    using Status = ReportOutcome::Status;
    const char* const status = one.status == Status::made        ? "made"
                               : one.status == Status::unchanged ? "unchanged"
                               : one.status == Status::remade    ? "remade"
                                                                 : "restated";
    sink.row({one.label, std::string(status), static_cast<std::int64_t>(one.anomalies),
              static_cast<std::int64_t>(one.gaps), one.rejects});
  }
  sink.end();
}

}  // namespace fleetmeter
