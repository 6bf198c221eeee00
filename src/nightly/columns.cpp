// The columns of what nightly/ gives.

#include "fleetmeter/report.hpp"

namespace fleetmeter {

namespace {

const char* status_name(ReportOutcome::Status status) {
  using Status = ReportOutcome::Status;
  return status == Status::made        ? "made"
         : status == Status::unchanged ? "unchanged"
         : status == Status::remade    ? "remade"
                                       : "restated";
}

}  // namespace

const std::vector<Column<ReportOutcome>>& ReportOutcome::columns() {
  using Row = ReportOutcome;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::label>{"period", "the day or month"},
      {"status", "made, unchanged, remade or restated",
       [](const Row& row) -> Cell { return std::string(status_name(row.status)); }},
      {"anomalies", "flags raised",
       [](const Row& row) -> Cell { return static_cast<std::int64_t>(row.anomalies); }},
      {"gaps", "as coverage lists them",
       [](const Row& row) -> Cell { return static_cast<std::int64_t>(row.gaps); }},
      Field<&Row::rejects>{"rejects", "things wrong in the period's documents"},
  };
  return kColumns;
}

}  // namespace fleetmeter
