#include "report/process_table.hpp"

#include <algorithm>

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

void ProcessTable::give_to(RowSink& sink) const {
  sink.columns({"process_id", "app_id", "deployment_id", "region", "billable_ms", "billable_ms_lo",
                "billable_ms_hi", "egress_bytes", "egress_bytes_lo", "egress_bytes_hi", "open",
                "unmetered"});
  for (const Row& row : rows_) {
    sink.row({row.process_id, texts_[row.app_id], texts_[row.deployment_id], texts_[row.region],
              row.billable_ms.point, row.billable_ms.lo, row.billable_ms.hi, row.egress_bytes.point,
              row.egress_bytes.lo, row.egress_bytes.hi, std::int64_t{row.open},
              std::int64_t{row.unmetered}});
  }
  sink.end();
}

}  // namespace fleetmeter::report
