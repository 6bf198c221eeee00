#pragma once

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/sql_text.hpp"

namespace fleetmeter::store {

/// "queries/a.sql:3:9: no such column: x" followed by the source line and a caret under column 9.
[[nodiscard]] std::string locate(std::string_view path, std::string_view text, std::size_t offset,
                                 const std::string& message);

/// One embedded SQL file, compiled; it may be run many times.
///
/// Stricter than SQLite on purpose: a name the file does not know, a parameter left unbound or a
/// column of another type is an error here, where SQLite would answer with NULL or a conversion.
class Statement {
 public:
  Statement(SQLite::Database& db, const sql::SqlText& source);

  Statement& bind(const char* name, std::int64_t value);
  Statement& bind(const char* name, double value);
  Statement& bind(const char* name, std::string_view text);
  Statement& bind(const char* name, const std::optional<std::int64_t>& value);
  Statement& bind(const char* name, const std::optional<std::string>& text);
  Statement& bind_text(const char* name, const std::optional<std::string_view>& text);
  Statement& bind_blob(const char* name, std::string_view bytes);
  Statement& bind_null(const char* name);

  /// Moves to the next row; at the end false, and the statement is ready to be bound again.
  [[nodiscard]] bool next();

  /// Runs a statement that gives no rows.
  void run();

  /// Ends a reading before its last row.
  void reset();

  /// The number of a column; ask once, not in the loop.
  [[nodiscard]] int column(const char* name) const;

  [[nodiscard]] std::int64_t integer(int column) const;
  [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const;
  [[nodiscard]] std::string text(int column) const;
  [[nodiscard]] std::optional<std::string> maybe_text(int column) const;
  [[nodiscard]] std::string bytes(int column) const;

  /// The underlying column, for callers that show values of any type.
  [[nodiscard]] SQLite::Column cell(int column) const;
  [[nodiscard]] int column_count() const;
  [[nodiscard]] std::string column_name(int column) const;

 private:
  int parameter(const char* name);

  const sql::SqlText& source_;
  mutable SQLite::Statement statement_;
  std::vector<bool> bound_;
  bool started_ = false;
};

}  // namespace fleetmeter::store
