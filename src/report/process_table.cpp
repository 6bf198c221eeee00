#include "report/process_table.hpp"

#include <algorithm>
#include <tuple>

namespace fleetmeter::report {

std::size_t ProcessTable::number_of(const std::string& text) {
  const auto [known, is_new] = numbers_.try_emplace(text, texts_.size());
  if (is_new) {
    texts_.push_back(text);
  }
  return known->second;
}

void ProcessTable::sort() {
  std::sort(rows_.begin(), rows_.end(),
            [](const Row& a, const Row& b) { return a.process_id < b.process_id; });
}

std::vector<ProcessTable::Row> ProcessTable::largest(std::size_t most) const {
  std::vector<Row> found(std::min(most, rows_.size()));
  std::partial_sort_copy(
      rows_.begin(), rows_.end(), found.begin(), found.end(), [](const Row& a, const Row& b) {
        return std::tie(b.billable_ms.point, b.egress_bytes.point, a.process_id) <
               std::tie(a.billable_ms.point, a.egress_bytes.point, b.process_id);
      });
  return found;
}

void ProcessTable::give_to(RowSink& sink) const {
  sink.columns({"process_id", "app_id", "deployment_id", "region", "billable_ms", "billable_ms_lo",
                "billable_ms_hi", "egress_bytes", "egress_bytes_lo", "egress_bytes_hi", "open",
                "unmetered", "start_at_ms", "end_at_ms", "rule"});
  for (const Row& row : rows_) {
    sink.row({row.process_id, texts_[row.app_id], texts_[row.deployment_id], texts_[row.region],
              row.billable_ms.point, row.billable_ms.lo, row.billable_ms.hi, row.egress_bytes.point,
              row.egress_bytes.lo, row.egress_bytes.hi, std::int64_t{row.open},
              std::int64_t{row.unmetered}, row.is_started ? Cell(row.start_at_ms) : Cell(nullptr),
              row.is_started ? Cell(row.end_at_ms) : Cell(nullptr), std::string(row.rule)});
  }
  sink.end();
}

}  // namespace fleetmeter::report
