#pragma once

struct sqlite3_api_routines;

namespace fleetmeter::extension {

/// From here on, every call of SQLite in this extension is one of these. Before that, there is
/// none.
void use_host(const sqlite3_api_routines* functions);

}  // namespace fleetmeter::extension
