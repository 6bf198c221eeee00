#include "ask/several_status.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ask/evidence.hpp"

namespace fleetmeter::ask {

namespace {

/// What counts in each store, and adds up.
constexpr auto kSums = std::to_array<std::int64_t StoreStatus::*>(
    {&StoreStatus::store_bytes, &StoreStatus::sources, &StoreStatus::snapshots,
     &StoreStatus::capped_snapshots, &StoreStatus::processes, &StoreStatus::observations,
     &StoreStatus::duplicates, &StoreStatus::restated, &StoreStatus::rejects,
     &StoreStatus::set_aside, &StoreStatus::made_good, &StoreStatus::shared_time,
     &StoreStatus::running_lists, &StoreStatus::proving_lists, &StoreStatus::scope_contradicted,
     &StoreStatus::gone, &StoreStatus::pruned_observations});

/// Adds a store to the row of all.
void include(const StoreStatus& one, StoresStatus& all) {
  all.schema_version = one.schema_version;
  include_observed(one, all.first_observed_at_ms, all.last_observed_at_ms);
  for (const auto count : kSums) {
    all.*count += one.*count;
  }
  if (one.pruned_before_ms) {
    all.pruned_before_ms =
        std::max(all.pruned_before_ms.value_or(*one.pruned_before_ms), *one.pruned_before_ms);
  }
}

}  // namespace

void include_observed(const StoreStatus& one, std::optional<std::int64_t>& first_ms,
                      std::optional<std::int64_t>& last_ms) {
  if (one.first_observed_at_ms && one.last_observed_at_ms) {
    first_ms = std::min(first_ms.value_or(*one.first_observed_at_ms), *one.first_observed_at_ms);
    last_ms = std::max(last_ms.value_or(*one.last_observed_at_ms), *one.last_observed_at_ms);
  }
}

std::vector<StoresStatus> status(SeveralStores& stores) {
  std::vector<StoresStatus> rows;
  StoresStatus all;
  all.is_all = true;
  for (const store::Part& part : stores.parts()) {
    rows.push_back({store::with_part(
        part, [&](store::Reader& reader) { return status(part.path, reader, true); })});
    include(rows.back(), all);
  }
  for (const store::SharedProcess& process : stores.shared()) {
    for (const store::SharedProcess::In& in : process.in) {
      rows[in.part].shared_processes += 1;
    }
    all.processes -= static_cast<std::int64_t>(process.in.size()) - 1;
    all.shared_processes += 1;
  }
  all.store = "all " + std::to_string(rows.size());
  try {
    all.gone += stores.more_gone();
  } catch (const store::ObservationsPruned&) {
    all.is_gone_known = false;
  }
  rows.push_back(std::move(all));
  return rows;
}

}  // namespace fleetmeter::ask
