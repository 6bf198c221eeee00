#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/sql_text.hpp"
#include "sql/value.hpp"
#include "store/column_range.hpp"

struct sqlite3_stmt;

namespace fleetmeter::store {

/// "queries/a.sql:3:9: no such column: x" followed by the source line and a caret under column 9.
[[nodiscard]] std::string locate(std::string_view path, std::string_view text, std::size_t offset,
                                 const std::string& message);

/// One SQL text, compiled, with its parameters and columns by number: what Query is made of.
/// Nothing else calls it; a number that is wrong there would be a number that is wrong everywhere.
///
/// Stricter than SQLite on purpose: a column of another type than the one that is read is an error
/// here, where SQLite would convert it. Texts and blobs are not copied: they must live until the
/// statement has run.
class Statement {
 public:
  /// Throws Error(internal) with the place when the text does not compile, or does not have so
  /// many parameters.
  Statement(SQLite::Database& db, const sql::SqlText& source, int parameters);

  // Parameters count from 1.
  void put(int parameter, std::int64_t value);
  void put(int parameter, double value);
  void put(int parameter, std::string_view text);
  void put(int parameter, sql::Blob blob);
  void put(int parameter, const sql::ValueView& value);
  void put(int parameter, std::nullptr_t null);
  template <class Value>
  void put(int parameter, const std::optional<Value>& value) {
    value ? put(parameter, *value) : put(parameter, nullptr);
  }

  /// Whether a reading is under way.
  [[nodiscard]] bool is_open() const;

  /// Moves to the next row; at the end false, and the statement is ready to be run again.
  [[nodiscard]] bool next();

  /// Runs a statement that gives no rows.
  void run();

  /// Ends a reading before its last row.
  void reset() noexcept;

  // Columns count from 0. A NULL that may not be one, a value of another type, and an integer
  // outside of its column's range mean that the store is damaged: Error(foreign_store).
  void take(int column, std::int64_t& value) const;
  void take(int column, std::optional<std::int64_t>& value) const;
  void take(int column, std::string& value) const;
  void take(int column, std::optional<std::string>& value) const;
  void take(int column, sql::Value& value) const;

 private:
  void check(int code) const;
  [[noreturn]] void refuse(int column, const std::string& what) const;

  const sql::SqlText& source_;
  sqlite3* db_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
  std::vector<const ColumnRange*> ranges_;  ///< of the columns
};

}  // namespace fleetmeter::store
