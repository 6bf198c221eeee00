// What Datasette is told of a store, from the comments of schema/ and the contracts of queries/.

#include <filesystem>

#include "fleetmeter/named_query.hpp"
#include "format/datasette.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "sql/schema_text.hpp"

namespace fleetmeter {

namespace {

/// The unit that a name ends in; "" for none.
std::string unit_of(const std::string& name) {
  const auto ends_with = [&](const char* suffix) {
    const std::string end(suffix);
    return name.size() >= end.size() &&
           name.compare(name.size() - end.size(), end.size(), end) == 0;
  };
  return ends_with("_ms") ? "ms" : ends_with("_bytes") ? "B" : "";
}

format::DatasetteTable table_of(const sql::SqlText& file) {
  const sql::SchemaText described = sql::parse_schema(file);
  format::DatasetteTable table{described.name, described.comment, described.columns, {}};
  for (const auto& [name, remark] : described.columns) {
    if (const std::string unit = unit_of(name); !unit.empty()) {
      table.units.emplace_back(name, unit);
    }
  }
  return table;
}

/// What a query takes and gives, in words: Datasette shows its parameters as empty fields.
format::DatasetteQuery query_of(const sql::SqlText& file) {
  const sql::Contract contract = sql::parse_contract(file);
  std::string description = contract.summary;
  for (const sql::Declared& one : contract.in) {
    description +=
        " " + one.name + ": " + one.type + (one.meaning.empty() ? "." : ", " + one.meaning + ".");
  }
  return {contract.name, description, std::string(file.text)};
}

}  // namespace

std::string datasette_metadata(const std::string& store_path) {
  format::DatasetteMetadata metadata;
  metadata.database = std::filesystem::path(store_path).stem().string();
  metadata.title = "fleetmeter";
  metadata.description =
      "Processes, ports and rooms of archived game servers. Times are unix milliseconds, UTC; "
      "the views are made to be read.";
  for (const sql::SqlText* file : sql::all_schema) {
    metadata.tables.push_back(table_of(*file));
  }
  for (const sql::SqlText* file : sql::all_queries) {
    metadata.queries.push_back(query_of(*file));
  }
  return format::datasette_json(metadata);
}

}  // namespace fleetmeter
