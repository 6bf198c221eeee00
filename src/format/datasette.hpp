#pragma once

#include <string>
#include <utility>
#include <vector>

namespace fleetmeter::format {

/// What Datasette is told of a store: see its metadata.json.
struct DatasetteTable {
  std::string name;
  std::string description;
  std::vector<std::pair<std::string, std::string>> columns;
  std::vector<std::pair<std::string, std::string>> units;
};
struct DatasetteQuery {
  std::string name;
  std::string description;
  std::string sql;
};
struct DatasetteMetadata {
  std::string database;  ///< the store's file without its extension
  std::string title;
  std::string description;
  std::vector<DatasetteTable> tables;
  std::vector<DatasetteQuery> queries;
};

[[nodiscard]] std::string datasette_json(const DatasetteMetadata& metadata);

}  // namespace fleetmeter::format
