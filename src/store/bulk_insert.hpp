#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "normalise/rows.hpp"
#include "store/statement.hpp"

namespace fleetmeter::store {

/// Writes many rows by one embedded `INSERT … VALUES (one row)`. A step of SQLite costs as much as
/// the row that it writes, so rows wait until one step takes them all, from a virtual table that
/// lies over them and has the statement's parameters for columns.
///
/// A row that cannot be written leaves those before it behind: the transaction must be given up.
class BulkInsert {
 public:
  /// `parameters` are all names, in the order in which add() gets their values.
  BulkInsert(SQLite::Database& db, const sql::SqlText& source,
             std::initializer_list<const char*> parameters);
  ~BulkInsert();
  BulkInsert(const BulkInsert&) = delete;
  BulkInsert& operator=(const BulkInsert&) = delete;

  /// Takes a row, with copies of its texts; it is in the store after the next flush() at the
  /// latest.
  template <class... Values>
  void add(const Values&... values) {
    Cell* cell = begin_row(sizeof...(Values));
    (put(*cell++, values), ...);
    end_row();
  }

  void flush();

 private:
  class Waiting;
  /// A value that waits; texts and blobs stand elsewhere.
  struct Cell {
    enum class Kind : unsigned char { null, integer, real, text, blob };
    Kind kind = Kind::null;
    std::uint32_t size = 0;
    union {
      std::int64_t integer = 0;
      double real;
      std::size_t begin;
    };
  };

  [[nodiscard]] Cell* begin_row(std::size_t count);
  void end_row();
  static void put(Cell& cell, std::int64_t value) {
    cell.kind = Cell::Kind::integer;
    cell.integer = value;
  }
  static void put(Cell& cell, const std::optional<std::int64_t>& value) {
    cell.kind = value ? Cell::Kind::integer : Cell::Kind::null;
    cell.integer = value.value_or(0);
  }
  void put(Cell& cell, const normalise::Number& number);
  void put(Cell& cell, std::string_view text);
  void put(Cell& cell, Blob blob);

  std::unique_ptr<Waiting> waiting_;
  Statement statement_;
};

}  // namespace fleetmeter::store
