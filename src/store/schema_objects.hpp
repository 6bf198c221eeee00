#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace fleetmeter::store {

/// The tables, views, indexes and triggers of a database: type and name, with the statement that
/// made each (empty for what SQLite made by itself). What ANALYZE leaves is not among them.
///
/// Of a statement, comments and white space are left out. A column that a migration added stands in
/// SQLite's text without the comment and the line of its own that it has in schema/.
using SchemaObjects = std::map<std::pair<std::string, std::string>, std::string>;

[[nodiscard]] SchemaObjects schema_of(SQLite::Database& db);

/// Makes the tables, views and indexes of the newest version in a database that has none, as
/// schema/ says them. A test compares the outcome with that of all migrations.
void make_schema(SQLite::Database& db);

/// What a store of a schema version has, as its migrations make it.
[[nodiscard]] SchemaObjects schema_at(std::int64_t version);

/// The version whose schema this is; absent when it is none of ours.
[[nodiscard]] std::optional<std::int64_t> version_with(const SchemaObjects& schema);

}  // namespace fleetmeter::store
