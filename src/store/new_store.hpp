#pragma once

#include <string>

namespace fleetmeter::store {

/// Puts the file of an empty store where no file is, whole or not at all. This is many times
/// faster than to have SQLite make each table.
///
/// Does nothing when that cannot be done here (the file system knows no files without a name), or
/// when another process was quicker: whoever opens the file then finds out.
void put_empty_store(const std::string& path);

}  // namespace fleetmeter::store
