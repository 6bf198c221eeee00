#pragma once

#include "fleetmeter/table.hpp"
#include "store/reader.hpp"

namespace fleetmeter::api {

/// Compares a store with itself: what it keeps for speed with what was observed, one check a row.
[[nodiscard]] Table check(SQLite::Database& db, store::Reader& reader);

}  // namespace fleetmeter::api
