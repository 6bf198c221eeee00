#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/seal.hpp"
#include "store/rollup_check.hpp"
#include "store/seals.hpp"

namespace fleetmeter::seal {

/// Works a seal out again from what was known when it was made, compares it line by line, and looks
/// at its root, its signature and the seal before it. `public_key`: of whom the signature must be.
/// One row that says ok, or a row for each difference.
[[nodiscard]] std::vector<SealFinding> verify(const std::vector<store::StoredSeal>& seals,
                                              std::size_t number,
                                              const std::optional<std::string>& public_key,
                                              SQLite::Database& db);

/// Compares the seals with themselves: lines with roots, roots with signatures and with the seals
/// after them. Works nothing out again, so it is quick.
[[nodiscard]] store::Checked check_seals(SQLite::Database& db);

}  // namespace fleetmeter::seal
