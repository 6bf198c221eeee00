#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ask/several_stores.hpp"
#include "fleetmeter/evidence.hpp"
#include "fleetmeter/stores_status.hpp"

namespace fleetmeter::ask {

/// What is in each of several stores, and in all of them. To be asked once.
[[nodiscard]] std::vector<StoresStatus> status(SeveralStores& stores);

/// Takes a store's first and last document into those of several.
void include_observed(const StoreStatus& one, std::optional<std::int64_t>& first_ms,
                      std::optional<std::int64_t>& last_ms);

}  // namespace fleetmeter::ask
