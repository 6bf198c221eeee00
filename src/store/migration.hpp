#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <string>

namespace fleetmeter::store {

/// Brings a store up to date that was made by an older version, which is `from`: runs the steps
/// since, and fills the tables that SQL alone cannot fill. In the transaction of the caller. Throws
/// Error(foreign_store) when the store is not as its version says.
void migrate(SQLite::Database& db, const std::string& path, std::size_t from);

}  // namespace fleetmeter::store
