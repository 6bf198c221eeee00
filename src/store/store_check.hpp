#pragma once

#include <SQLiteCpp/Database.h>

#include "store/checked.hpp"

namespace fleetmeter::store {

/// Compares the tables, views and indexes with what the migrations make. A trigger, or a view that
/// says something else, would change answers.
[[nodiscard]] Checked check_schema(SQLite::Database& db);

/// Compares the earliest time that is kept with what was said.
[[nodiscard]] Checked check_span(SQLite::Database& db);

/// Compares the snapshots that processes were named and touched by with the observations.
[[nodiscard]] Checked check_touches(SQLite::Database& db);

/// Compares what processes keep of their last observations, beside what is summed, with these.
[[nodiscard]] Checked check_last_said(SQLite::Database& db);

/// Compares when blocks of processes begin with the processes.
[[nodiscard]] Checked check_blocks(SQLite::Database& db);

/// Looks for rows that others refer to by numbers, and that are missing.
[[nodiscard]] Checked check_references(SQLite::Database& db);

}  // namespace fleetmeter::store
