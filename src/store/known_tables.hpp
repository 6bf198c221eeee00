#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>

namespace fleetmeter::store {

/// The tables of a store that a statement reads, be it through views; none when it does not
/// compile.
[[nodiscard]] std::set<std::string> tables_read(SQLite::Database& db, const std::string& statement);

/// Makes tables and views of a connection read as they did when a snapshot was the newest one, by
/// temporary ones of the same names, which SQLite finds first. The connection stays in a
/// transaction, so that all it shows is of one moment, whoever writes. It does what these tables
/// need: what is not among them may read as it does by now. Texts (labels, configurations of rooms)
/// and what was imported for its prices have no numbered past. Throws Error(usage) for a table of
/// sums, which has none either. `check` is called now and then, and may throw to end it.
void show_as_known(SQLite::Database& db, std::int64_t known_seq,
                   const std::set<std::string>& tables, const std::function<void()>& check);

/// The tables and views that stand before those of the store now.
[[nodiscard]] std::set<std::string, std::less<>> shown_instead(SQLite::Database& db);

}  // namespace fleetmeter::store
