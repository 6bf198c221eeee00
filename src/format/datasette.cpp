#include "format/datasette.hpp"

#include <nlohmann/json.hpp>

namespace fleetmeter::format {

namespace {

using Json = nlohmann::ordered_json;

Json object_of(const std::vector<std::pair<std::string, std::string>>& members) {
  Json object = Json::object();
  for (const auto& [name, value] : members) {
    object[name] = value;
  }
  return object;
}

Json table_json(const DatasetteTable& table) {
  Json json{{"description", table.description}};
  if (!table.columns.empty()) {
    json["columns"] = object_of(table.columns);
  }
  if (!table.units.empty()) {
    json["units"] = object_of(table.units);
  }
  return json;
}

}  // namespace

std::string datasette_json(const DatasetteMetadata& metadata) {
  Json tables = Json::object();
  for (const DatasetteTable& table : metadata.tables) {
    tables[table.name] = table_json(table);
  }
  Json queries = Json::object();
  for (const DatasetteQuery& query : metadata.queries) {
    queries[query.name] =
        Json{{"title", query.name}, {"description", query.description}, {"sql", query.sql}};
  }
  Json database{{"tables", std::move(tables)}, {"queries", std::move(queries)}};
  Json databases = Json::object();
  databases[metadata.database] = std::move(database);
  const Json root{{"title", metadata.title},
                  {"description", metadata.description},
                  {"databases", std::move(databases)}};
  return root.dump(2, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace fleetmeter::format
