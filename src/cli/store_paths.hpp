#pragma once

#include <string>
#include <vector>

#include "cli/options.hpp"

namespace fleetmeter::cli {

/// Finds the stores that --db names: one becomes Options::db, several stay in Options::dbs. Throws
/// Error(usage) when there are several and the command asks one.
void find_stores(const std::string& command, Options& options);

/// Throws Error(usage): `what` asks one store, and these are named.
[[noreturn]] void refuse_several_stores(const std::string& what,
                                        const std::vector<std::string>& named);

}  // namespace fleetmeter::cli
