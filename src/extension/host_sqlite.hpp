#pragma once

struct sqlite3_api_routines;

namespace fleetmeter::extension {

/// From here on, every call of SQLite in this extension is one of these. Before that, there is
/// none. False, with a message, when they are those of another copy of SQLite in this process
/// already.
[[nodiscard]] bool use_host(const sqlite3_api_routines* functions, char** message);

}  // namespace fleetmeter::extension
