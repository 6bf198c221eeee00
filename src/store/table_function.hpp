#pragma once

#include <functional>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"

struct sqlite3;

namespace fleetmeter::store {

/// What a statement hands to a function; NULL where it says nothing.
using Arguments = std::vector<Cell>;

/// A table whose rows are worked out when a statement begins to read it, from what the statement
/// hands to it: `SELECT * FROM billing('2024-11-01', '2024-12-01')`. Arguments are columns too,
/// which only those see who ask for them by name.
struct TableFunction {
  std::string name;
  std::vector<std::string> columns;
  std::vector<std::string> parameters;
  /// Gets an argument for each parameter, and gives rows of all columns. An Error that it throws
  /// ends the statement, which then says what the error says.
  std::function<Table(const Arguments&)> ask;
};

/// The newest snapshot that a connection sees: within its transaction, if it has one.
[[nodiscard]] std::int64_t newest_snapshot_of(sqlite3* db);

/// A function of one value.
struct ValueFunction {
  std::string name;
  int parameters = 0;
  std::function<Cell(const Arguments&)> of;  ///< the same for the same arguments
};

/// Lets the statements of a connection call a function, for as long as the connection lives. A sum
/// that is too large for SQLite's integers, and a decimal, are given as text.
void add_function(sqlite3* db, TableFunction function);
void add_function(sqlite3* db, ValueFunction function);

}  // namespace fleetmeter::store
