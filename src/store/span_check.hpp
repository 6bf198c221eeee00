#pragma once

#include <SQLiteCpp/Database.h>

#include "store/checked.hpp"

namespace fleetmeter::store {

/// Compares the spans in which processes had their attributes, and their last observations, with
/// what was observed. Reads the key of every observation.
[[nodiscard]] Checked check_spans(SQLite::Database& db);

/// Compares the snapshots that said each fact of a room first and last with what was said. Reads the
/// same.
[[nodiscard]] Checked check_room_spans(SQLite::Database& db);

}  // namespace fleetmeter::store
