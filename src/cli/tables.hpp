#pragma once

#include <string>

#include "cli/options.hpp"

namespace fleetmeter::cli {

// What a store holds, for who writes SQL. The texts are those of the files in schema/.

/// A row per table and view: its name, what it is, and what one row of it is.
int list_tables(const Options& options);

/// A row per column: its name, its type, and what it holds. Throws Error(usage) with the nearest
/// names on a table that is none.
int describe_table(const Options& options, const std::string& name);

[[nodiscard]] std::vector<std::string> column_names_of(const Store& store,
                                                       const std::string& table);

/// Every name that SQL may mention: of tables, views and their columns.
[[nodiscard]] std::vector<std::string> names_in_sql(const Store& store);

}  // namespace fleetmeter::cli
