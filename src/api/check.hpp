#pragma once

#include "fleetmeter/evidence.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// Compares a store with itself: what it keeps for speed with what was observed, one check a row.
[[nodiscard]] std::vector<Finding> check(SQLite::Database& db, store::Reader& reader);

}  // namespace fleetmeter::api
