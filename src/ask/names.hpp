#pragma once

#include <string>
#include <vector>

#include "fleetmeter/names.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// The names of a kind that the store knows, in name order.
[[nodiscard]] std::vector<std::string> names(NameKind kind, SQLite::Database& db);

}  // namespace fleetmeter::ask
