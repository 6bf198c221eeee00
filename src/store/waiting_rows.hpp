#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sql/value.hpp"

struct sqlite3;

namespace fleetmeter::store {

/// Rows that wait to be written, as a table that SQL can read: a virtual table over memory. One
/// statement reads it at a time.
class WaitingRows {
 public:
  /// `name` is what SQL calls the table, the same for all connections but used once in each;
  /// `declaration` its CREATE TABLE, with so many columns. Room is made for `most_rows`.
  WaitingRows(sqlite3* db, const char* name, const char* declaration, std::size_t columns,
              std::size_t most_rows);
  ~WaitingRows();
  WaitingRows(const WaitingRows&) = delete;
  WaitingRows& operator=(const WaitingRows&) = delete;

  [[nodiscard]] bool empty() const { return cells_.empty(); }
  /// Whether there is no room for another row.
  [[nodiscard]] bool is_full() const;
  /// Whether every row has a value for each column.
  [[nodiscard]] bool are_whole() const { return cells_.size() % columns_ == 0; }
  void clear();

  // A row is as many values, in the order of the columns. Texts and bytes are copied.
  void put(std::nullptr_t) { cells_.emplace_back(); }
  void put(std::int64_t value) { cells_.push_back({Kind::integer, 0, {.integer = value}}); }
  void put(double value) { cells_.push_back({Kind::real, 0, {.real = value}}); }
  void put(std::string_view text) { keep(Kind::text, text); }
  void put(sql::Blob blob) { keep(Kind::blob, blob.bytes); }
  void put(const sql::ValueView& value);
  template <class Value>
  void put(const std::optional<Value>& value) {
    value ? put(*value) : put(nullptr);
  }

 private:
  struct VirtualTable;
  enum class Kind : unsigned char { null, integer, real, text, blob };
  union Content {
    std::int64_t integer;
    double real;
    std::size_t begin;  ///< in texts_
  };
  struct Cell {
    Kind kind = Kind::null;
    std::uint32_t size = 0;  ///< of a text or of bytes
    Content content{};
  };
  void keep(Kind kind, std::string_view bytes);

  sqlite3* db_;
  const char* name_;
  const char* declaration_;
  std::size_t columns_;
  std::size_t most_cells_;
  std::vector<Cell> cells_;
  std::string texts_;
};

}  // namespace fleetmeter::store
