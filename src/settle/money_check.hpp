#pragma once

#include "store/money_rows.hpp"
#include "store/rollup_check.hpp"

namespace fleetmeter::settle {

/// Reads every document about money that was kept anew, and compares what it says with the rows
/// that it gave. A document that this version reads otherwise, or not at all, is left alone.
[[nodiscard]] store::Checked check_money(SQLite::Database& db);

}  // namespace fleetmeter::settle
