#pragma once

#include <span>
#include <unordered_set>
#include <vector>

#include "model/life.hpp"
#include "store/labels_between.hpp"
#include "store/part.hpp"
#include "store/shared_processes.hpp"

namespace fleetmeter::store {

// What running lists prove of processes that another store observed.

/// The first list of all stores that proves a process gone, which was seen in these places, by
/// common keys.
[[nodiscard]] model::Instant gone_by_lists(const Parts& parts, LabelsBetween& labels,
                                           const meter::Life& life, std::span<const Place> places);

/// Adds to what stands `instead` in each store the processes of that store alone which a list of
/// another store proves gone, and its own lists do not, or later: as they are with that list.
void add_gone_elsewhere(const Parts& parts, LabelsBetween& labels,
                        std::vector<Reader::Instead>& instead);

}  // namespace fleetmeter::store
