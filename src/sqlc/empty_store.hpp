#pragma once

#include <string>
#include <vector>

#include "sqlc/files.hpp"

namespace fleetmeter::sqlc {

/// Generated C++: `sql/empty_store.cpp`, which holds the file of a store that was just made. It has
/// what the files of schema/ make, in their order, and says that it is of schema version `version`.
/// Throws Fault when one of them cannot be run.
[[nodiscard]] std::string empty_store_source(const std::vector<File>& schema, std::size_t version);

}  // namespace fleetmeter::sqlc
