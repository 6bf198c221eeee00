// What became of sources and of documents about money, for a writer.

#include "fleetmeter/ingest.hpp"
#include "fleetmeter/money.hpp"

namespace fleetmeter {

SourceReport::Status SourceReport::status() const {
  const bool is_in_store = snapshots > 0 || known > 0 || duplicates > 0 || set_aside > 0;
  if (!error.empty() && !is_in_store) {
    return untimed > 0 ? Status::no_time : Status::unreadable;
  }
  if (!error.empty() || passed_over > 0 || (rejected > 0 && is_in_store)) {
    return Status::partly;
  }
  if (rejected > 0) {
    return Status::rejected;
  }
  return snapshots == 0 && (known > 0 || duplicates > 0) ? Status::known : Status::stored;
}

namespace {

const char* status_name(SourceReport::Status status) {
  switch (status) {
    case SourceReport::Status::stored:
      return "stored";
    case SourceReport::Status::known:
      return "known";
    case SourceReport::Status::partly:
      return "partly";
    case SourceReport::Status::no_time:
      return "no_time";
    case SourceReport::Status::unreadable:
      return "unreadable";
    case SourceReport::Status::rejected:
      break;
  }
  return "rejected";
}

}  // namespace

void give(const std::vector<SourceReport>& reports, RowSink& sink) {
  sink.columns({"source", "snapshots", "processes", "new", "duplicate", "restated", "rejected",
                "set_aside", "bytes", "mb_per_s", "passed_over", "shared_time", "placeholder_times",
                "made_good", "status", "error"});
  for (const SourceReport& report : reports) {
    const std::int64_t mb_per_s = report.elapsed_us > 0 ? report.bytes / report.elapsed_us : 0;
    sink.row({report.source, report.snapshots, report.processes, report.new_count,
              report.duplicates, report.restated, report.rejected, report.set_aside, report.bytes,
              mb_per_s, report.passed_over, report.shared_time, report.placeholder_times,
              report.made_good, std::string(status_name(report.status())), report.error});
  }
  sink.end();
}

void give(const std::vector<MoneyReport>& reports, RowSink& sink) {
  sink.columns({"source", "name", "items", "status", "problems"});
  for (const MoneyReport& report : reports) {
    const char* const status = report.is_new                              ? "new"
                               : report.name.empty() && report.items == 0 ? "refused"
                                                                          : "known";
    sink.row({report.source, report.name, static_cast<std::int64_t>(report.items),
              std::string(status), static_cast<std::int64_t>(report.problems.size())});
  }
  sink.end();
}

}  // namespace fleetmeter
