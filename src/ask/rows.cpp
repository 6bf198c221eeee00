// The rows of the two main questions, for a writer.

#include "fleetmeter/question.hpp"

namespace fleetmeter {

void give(const Question& question, const std::vector<BillingRow>& rows, RowSink& sink) {
  std::vector<std::string> names;
  for (const GroupBy by : question.by) {
    names.emplace_back(column_name(by));
  }
  names.insert(names.end(), {"processes", "billable_ms", "billable_ms_lo", "billable_ms_hi"});
  sink.columns(names);
  for (const BillingRow& row : rows) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    cells.insert(cells.end(),
                 {row.processes, row.billable_ms, row.billable_ms_lo, row.billable_ms_hi});
    sink.row(cells);
  }
  sink.end();
}

void give(const Question& question, const std::vector<EgressRow>& rows, RowSink& sink) {
  std::vector<std::string> names;
  for (const GroupBy by : question.by) {
    names.emplace_back(column_name(by));
  }
  names.insert(names.end(), {"processes", "egress_bytes", "egress_bytes_lo", "egress_bytes_hi",
                             "open_processes", "unmetered_processes"});
  sink.columns(names);
  for (const EgressRow& row : rows) {
    std::vector<Cell> cells(row.group.begin(), row.group.end());
    cells.insert(cells.end(), {row.processes, row.egress_bytes, row.egress_bytes_lo,
                               row.egress_bytes_hi, row.open_processes, row.unmetered_processes});
    sink.row(cells);
  }
  sink.end();
}

}  // namespace fleetmeter
