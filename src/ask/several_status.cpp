#include "ask/several_status.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "ask/evidence.hpp"

namespace fleetmeter::ask {

namespace {

/// What counts in each store, and adds up. Each is called alike in both.
constexpr std::array kSums{
    std::pair{&StoreStatus::store_bytes, &StoresStatus::store_bytes},
    std::pair{&StoreStatus::sources, &StoresStatus::sources},
    std::pair{&StoreStatus::snapshots, &StoresStatus::snapshots},
    std::pair{&StoreStatus::capped_snapshots, &StoresStatus::capped_snapshots},
    std::pair{&StoreStatus::processes, &StoresStatus::processes},
    std::pair{&StoreStatus::observations, &StoresStatus::observations},
    std::pair{&StoreStatus::duplicates, &StoresStatus::duplicates},
    std::pair{&StoreStatus::restated, &StoresStatus::restated},
    std::pair{&StoreStatus::rejects, &StoresStatus::rejects},
    std::pair{&StoreStatus::set_aside, &StoresStatus::set_aside},
    std::pair{&StoreStatus::made_good, &StoresStatus::made_good},
    std::pair{&StoreStatus::shared_time, &StoresStatus::shared_time},
    std::pair{&StoreStatus::running_lists, &StoresStatus::running_lists},
    std::pair{&StoreStatus::proving_lists, &StoresStatus::proving_lists},
    std::pair{&StoreStatus::scope_contradicted, &StoresStatus::scope_contradicted},
    std::pair{&StoreStatus::pruned_observations, &StoresStatus::pruned_observations}};

/// Adds a store to a row.
void include(const StoreStatus& one, StoresStatus& row) {
  row.schema_version = one.schema_version;
  include_observed(one, row.first_observed_at_ms, row.last_observed_at_ms);
  for (const auto& [of_one, of_row] : kSums) {
    row.*of_row += one.*of_one;
  }
  if (one.pruned_before_ms) {
    row.pruned_before_ms =
        std::max(row.pruned_before_ms.value_or(*one.pruned_before_ms), *one.pruned_before_ms);
  }
}

StoresStatus row_of(const StoreStatus& one) {
  StoresStatus row;
  row.store = one.store;
  row.rooms = one.rooms;
  row.ports = one.ports;
  row.gaps = one.gaps;
  row.gone = one.gone;
  include(one, row);
  return row;
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
  std::int64_t gone = 0;
  for (const store::Part& part : stores.parts()) {
    const StoreStatus one = store::with_part(
        part, [&](store::Reader& reader) { return status(part.path, reader, true); });
    rows.push_back(row_of(one));
    include(one, all);
    gone += one.gone;
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
    all.gone = gone + stores.more_gone();
  } catch (const store::ObservationsPruned&) {
    all.gone.reset();
  }
  rows.push_back(std::move(all));
  return rows;
}

}  // namespace fleetmeter::ask
