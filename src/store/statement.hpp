#pragma once

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "normalise/rows.hpp"
#include "sql/sql_text.hpp"

struct sqlite3_stmt;

namespace fleetmeter::store {

/// "queries/a.sql:3:9: no such column: x" followed by the source line and a caret under column 9.
[[nodiscard]] std::string locate(std::string_view path, std::string_view text, std::size_t offset,
                                 const std::string& message);

/// Bytes to be stored as a BLOB.
struct Blob {
  std::string_view bytes;
};

/// One embedded SQL file, compiled; it may be run many times.
///
/// Stricter than SQLite on purpose: a name the file does not know, a parameter left unbound or a
/// column of another type is an error here, where SQLite would answer with NULL or a conversion.
/// Texts and blobs are not copied: they must live until the statement has run.
class Statement {
 public:
  Statement(SQLite::Database& db, const sql::SqlText& source);

  /// For statements that run once a row: `parameters` are all names, in the order in which the file
  /// first uses them (an error when they are not). Values are then given in that order to with().
  Statement(SQLite::Database& db, const sql::SqlText& source,
            std::initializer_list<const char*> parameters);

  /// Binds every parameter, in the order that was stated on construction.
  template <class... Values>
  Statement& with(const Values&... values);

  Statement& bind(const char* name, std::int64_t value);
  Statement& bind(const char* name, double value);
  Statement& bind(const char* name, std::string_view text);
  Statement& bind(const char* name, const std::optional<std::int64_t>& value);
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
  [[nodiscard]] int parameter(const char* name);
  void set(int index, std::int64_t value);
  void set(int index, double value);
  void set(int index, std::string_view text);
  void set(int index, Blob blob);
  void set(int index, std::nullopt_t null);
  void set(int index, const normalise::Number& number);
  template <class Value>
  void set(int index, const std::optional<Value>& value) {
    value ? set(index, *value) : set(index, std::nullopt);
  }
  void check(int code) const;
  void expect_count(std::size_t count) const;

  const sql::SqlText& source_;
  sqlite3* db_;
  std::shared_ptr<sqlite3_stmt> statement_;
  std::vector<bool> bound_;
  bool all_bound_ = false;
  bool in_order_ = false;
  bool started_ = false;
};

template <class... Values>
Statement& Statement::with(const Values&... values) {
  if (!in_order_ || sizeof...(values) != bound_.size()) {
    expect_count(sizeof...(values));
  }
  int index = 0;
  (set(++index, values), ...);
  all_bound_ = true;
  return *this;
}

}  // namespace fleetmeter::store
