#pragma once

#include "store/money_rows.hpp"
#include "store/rollup_check.hpp"

namespace fleetmeter::settle {

/// Reads every stored document about money anew, and compares what it says with the rows that it
/// gave. A document that this version reads otherwise, or cannot read, is left alone.
[[nodiscard]] store::Checked check_money(SQLite::Database& db);

}  // namespace fleetmeter::settle
