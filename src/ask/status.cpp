#include <filesystem>

#include "ask/evidence.hpp"
#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/statement.hpp"

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
  store::Statement status(db, sql::queries::ask::status);
  const std::int64_t observations =
      status.next() ? status.integer(status.column("observations")) : 0;
  status.reset();
  store::Statement row(db, sql::queries::ask::sizes);
  while (row.next()) {
    const std::int64_t bytes = row.integer(2);
    table.rows.push_back(
        {row.text(0), row.text(1), bytes, row.integer(3),
         observations > 0 ? Cell(hundredths(bytes * 100 / observations)) : Cell(nullptr)});
  }
  return table;
}

Table status(const std::string& store_path, SQLite::Database& db, store::Reader* reader) {
  Table table;
  std::vector<Cell> cells{store_path, store::schema_version(),
                          size_of(store_path) + size_of(store_path + "-wal")};
  table.names = {"store", "schema_version", "store_bytes"};
  store::Statement row(db, sql::queries::ask::status);
  if (row.next()) {
    for (int i = 0; i < row.column_count(); ++i) {
      table.names.push_back(row.column_name(i));
      const auto value = row.maybe_integer(i);
      cells.push_back(value ? Cell(*value) : Cell(nullptr));
    }
    row.reset();
  }
  if (reader != nullptr) {
    table.names.emplace_back("gaps");
    cells.emplace_back(count_gaps(*reader));
  }
  table.rows.push_back(std::move(cells));
  return table;
}

}  // namespace fleetmeter::ask
