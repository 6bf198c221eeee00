#pragma once

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "store/statement.hpp"

namespace fleetmeter::store {

/// The statement of an embedded `INSERT … VALUES (one row)`, for `rows` of them at once.
[[nodiscard]] std::shared_ptr<sqlite3_stmt> prepare_for_rows(SQLite::Database& db,
                                                             const sql::SqlText& source,
                                                             std::size_t columns, std::size_t rows);

/// Writes many rows of integers by one embedded INSERT. A step of SQLite costs as much as the row
/// that it writes, so rows are handed over in sixteens.
template <std::size_t Columns>
class BulkInsert {
 public:
  using Row = std::array<std::optional<std::int64_t>, Columns>;

  /// `parameters` are all names, in the order of the columns.
  BulkInsert(SQLite::Database& db, const sql::SqlText& source,
             std::initializer_list<const char*> parameters)
      : db_(db.getHandle()),
        one_(db, source, parameters),
        many_(prepare_for_rows(db, source, Columns, kRows)) {
    rows_.reserve(kRows);
  }

  /// Takes a row; it is in the store after the next flush() at the latest.
  void add(const Row& row) {
    rows_.push_back(row);
    if (rows_.size() == kRows) {
      write_many();
    }
  }

  void flush() {
    for (const Row& row : rows_) {
      std::apply([&](const auto&... values) { one_.with(values...).run(); }, std::tuple_cat(row));
    }
    rows_.clear();
  }

 private:
  static constexpr std::size_t kRows = 16;

  void write_many() {
    int index = 0;
    for (const Row& row : rows_) {
      for (const auto& value : row) {
        ++index;
        value ? sqlite3_bind_int64(many_.get(), index, *value)
              : sqlite3_bind_null(many_.get(), index);
      }
    }
    rows_.clear();
    sqlite3_step(many_.get());
    if (const int code = sqlite3_reset(many_.get()); code != SQLITE_OK) {
      throw SQLite::Exception(db_, code);
    }
  }

  sqlite3* db_;
  Statement one_;
  std::shared_ptr<sqlite3_stmt> many_;
  std::vector<Row> rows_;
};

}  // namespace fleetmeter::store
