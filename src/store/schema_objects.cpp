#include "store/schema_objects.hpp"

#include "sql/catalog.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

SchemaObjects schema_of(SQLite::Database& db) {
  SchemaObjects objects;
  Query<ask::ListSchema> schema(db);
  for (const auto& row : schema.rows()) {
    objects[{row.type, row.name}] = row.made_by.value_or("");
  }
  return objects;
}

SchemaObjects schema_at(std::int64_t version) {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
  for (std::int64_t i = 0; i < version; ++i) {
    db.exec(std::string(sql::all_migrations.at(static_cast<std::size_t>(i))->text));
  }
  return schema_of(db);
}

std::optional<std::int64_t> version_with(const SchemaObjects& schema) {
  for (auto version = static_cast<std::int64_t>(sql::all_migrations.size()); version > 0;
       --version) {
    if (schema == schema_at(version)) {
      return version;
    }
  }
  return std::nullopt;
}

}  // namespace fleetmeter::store
