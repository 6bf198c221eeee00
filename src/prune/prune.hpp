#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fleetmeter/prune.hpp"
#include "store/connection.hpp"

namespace fleetmeter::prune {

/// Moves observations of a store into a file. The file is whole and on the disk when this returns;
/// the caller, who holds a write transaction, commits after that. So nothing is lost, whenever the
/// work ends early. Throws Error(usage) when the instant is later than what is known.
[[nodiscard]] Pruning move_to_file(const PruneRequest& request, std::int64_t now_ms,
                                   SQLite::Database& db);

/// Puts back what was moved, all of it or nothing, from the files of a folder. The caller holds a
/// write transaction.
[[nodiscard]] std::vector<Unpruning> put_back(const std::string& folder, SQLite::Database& db);

}  // namespace fleetmeter::prune
