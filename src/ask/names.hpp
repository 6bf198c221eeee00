#pragma once

#include <string>
#include <vector>

#include "fleetmeter/names.hpp"
#include "store/reader.hpp"

namespace fleetmeter::ask {

/// The names of a kind that the store knows, in name order.
[[nodiscard]] std::vector<std::string> names(NameKind kind, SQLite::Database& db);

/// The ids of processes that begin with a text, in order, at most so many.
[[nodiscard]] std::vector<std::string> process_ids(const std::string& begin, std::size_t most,
                                                   SQLite::Database& db);

}  // namespace fleetmeter::ask
