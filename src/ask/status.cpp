#include <filesystem>

#include "ask/evidence.hpp"
#include "store/connection.hpp"
#include "store/query.hpp"

namespace fleetmeter::ask {

namespace {

std::int64_t size_of(const std::string& path) {
  std::error_code failure;
  const auto size = std::filesystem::file_size(path, failure);
  return failure ? 0 : static_cast<std::int64_t>(size);
}

std::int64_t count_gaps(store::Reader& reader) {
  return static_cast<std::int64_t>(cover({}, 0, reader).gaps.rows.size());
}

/// 20.94 for 2094 hundredths.
std::string hundredths(std::int64_t value) {
  const std::string rest = std::to_string(value % 100);
  return std::to_string(value / 100) + '.' + std::string(2 - rest.size(), '0') + rest;
}

}  // namespace

Table sizes(SQLite::Database& db) {
  Table table;
  table.names = {"table", "name", "bytes", "unused_bytes", "bytes_per_observation"};
  const std::int64_t observations =
      store::Query<store::ask::Status>(db).first().value().observations;
  store::Query<store::ask::Sizes> sizes(db);
  for (const auto& row : sizes.rows()) {
    table.rows.push_back(
        {row.table, row.name, row.bytes, row.unused_bytes,
         observations > 0 ? Cell(hundredths(row.bytes * 100 / observations)) : Cell(nullptr)});
  }
  return table;
}

Table status(const std::string& store_path, SQLite::Database& db, store::Reader* reader) {
  Table table;
  std::vector<Cell> cells{store_path, store::schema_version(),
                          size_of(store_path) + size_of(store_path + "-wal")};
  table.names = {"store", "schema_version", "store_bytes"};
  const auto row = store::Query<store::ask::Status>(db).first().value();
  store::ask::Status::each_column(row, [&](const char* column, const auto& value) {
    const std::optional<std::int64_t> number = value;
    table.names.emplace_back(column);
    cells.push_back(number ? Cell(*number) : Cell(nullptr));
  });
  if (reader != nullptr) {
    table.names.emplace_back("gaps");
    cells.emplace_back(count_gaps(*reader));
  }
  table.rows.push_back(std::move(cells));
  return table;
}

}  // namespace fleetmeter::ask
