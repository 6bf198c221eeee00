#pragma once

#include <SQLiteCpp/Database.h>

#include "store/reader.hpp"
#include "store/rollup_check.hpp"

namespace fleetmeter::store {

/// Compares what running lists are kept to prove, and for whom, with what their snapshots say and
/// with their elements. Of a list that repeats what was known, some elements have no observation of
/// their own: of it only what its snapshot says is compared.
[[nodiscard]] Checked check_lists(SQLite::Database& db, Reader& reader);

}  // namespace fleetmeter::store
