#pragma once

#include <cstdint>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/evidence.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What is in one of several stores; in the last row, what is in all of them. There, counts of
/// documents and of what they say are sums, in which a document of two stores counts twice, but
/// processes count once, and one is gone also when a list of another store proves it. What is no
/// sum counts nothing there, and its cell is empty: rooms and ports, because one may lie in several
/// stores, and gaps, because another store may have polled meanwhile.
struct StoresStatus : StoreStatus {
  /// Of the processes, those that were observed in another store, too.
  std::int64_t shared_processes = 0;
  bool is_all = false;  ///< the last row, whose `store` is `all` and how many they are
  /// Whether `gone` counts: of all it may need observations that were moved to files.
  bool is_gone_known = true;

  static const std::vector<Column<StoresStatus>>& columns();
};

}  // namespace fleetmeter
