#pragma once

#include <string>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter::report {

/// A table without the columns that say nothing in any row.
[[nodiscard]] Table told(const Table& table);

/// Some columns of a table, in this order; those that are there and say something.
[[nodiscard]] Table picked(const Table& table, const std::vector<std::string>& names);

/// A table for a page: its first rows, and a link to the file that holds all of them.
[[nodiscard]] std::string html_table(const Table& table, const std::string& file);

}  // namespace fleetmeter::report
