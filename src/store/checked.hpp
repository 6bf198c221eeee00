#pragma once

#include <cstdint>
#include <string>

namespace fleetmeter::store {

/// What came of comparing something kept with what it was made from.
struct Checked {
  std::int64_t count = 0;  ///< rows compared
  std::string first;       ///< the first that differs, and how; empty: none
};

}  // namespace fleetmeter::store
