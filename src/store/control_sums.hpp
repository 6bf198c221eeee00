#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "sql/value.hpp"
#include "store/checked.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// A row as a number: its cells, one after another, each with its type. Made to notice what was
/// damaged or mistaken; against whoever wants to deceive there are seals.
class RowDigest {
 public:
  void take(std::nullptr_t null);
  void take(std::int64_t value);
  void take(double value);
  void take(std::string_view text);
  void take(sql::Blob blob);
  void take(const sql::ValueView& value);
  template <class Value>
  void take(const std::optional<Value>& value) {
    value ? take(*value) : take(nullptr);
  }

  [[nodiscard]] std::uint64_t value() const { return state_; }

 private:
  void take_word(std::uint64_t word);
  void take_bytes(std::uint64_t type, std::string_view bytes);

  std::uint64_t state_ = 0;
};

/// What was added to a table, less what was taken out of it, since control_sum was written last.
class ControlSum {
 public:
  /// Takes a row by its first cells, up to those that may change later.
  template <class Q>
  void add(const typename Q::In& row, int cells = Q::kParameters) {
    RowDigest digest;
    Q::put(row, [&](int parameter, const auto& value) {
      if (parameter <= cells) {
        digest.take(value);
      }
    });
    add(digest);
  }

  /// A row that was taken in is no longer in the table.
  template <class Q>
  void remove(const typename Q::In& row) {
    RowDigest digest;
    Q::put(row, [&](int /*parameter*/, const auto& value) { digest.take(value); });
    --rows_;
    sum_ -= digest.value();
  }

  /// Runs a statement that adds a row, and takes it in.
  template <class Q>
  void run(Query<Q>& statement, const typename Q::In& row) {
    statement.run(row);
    add<Q>(row);
  }

  /// Likewise, with the number that SQLite gives the row as its first cell; returns it.
  template <class Q>
  std::int64_t insert(SQLite::Database& db, Query<Q>& statement, const typename Q::In& row) {
    statement.run(row);
    const std::int64_t key = db.getLastInsertRowid();
    RowDigest digest;
    digest.take(key);
    Q::put(row, [&](int /*parameter*/, const auto& value) { digest.take(value); });
    add(digest);
    return key;
  }

  [[nodiscard]] bool is_nothing() const { return rows_ == 0 && sum_ == 0; }
  [[nodiscard]] std::int64_t rows() const { return rows_; }
  [[nodiscard]] std::uint64_t sum() const { return sum_; }

 private:
  void add(const RowDigest& digest) {
    ++rows_;
    sum_ += digest.value();
  }

  std::int64_t rows_ = 0;
  std::uint64_t sum_ = 0;
};

/// Keeps control_sum true to what is written, in the transaction that writes it.
class ControlSums {
 public:
  explicit ControlSums(SQLite::Database& db) : find_(db), save_(db) {}

  /// Of a table; the reference lasts as long as the sums.
  [[nodiscard]] ControlSum& of(const std::string& table) { return added_[table]; }

  /// Writes what was added.
  void flush();

  /// Forgets what was added, because it was undone.
  void forget();

  static constexpr std::size_t kAllTables = std::numeric_limits<std::size_t>::max();

  /// Makes the sums that a store of an older version does not have yet: of the first so many tables
  /// of list_control_sums, where those come that are added up since later versions.
  static void rebuild(SQLite::Database& db, std::size_t tables = kAllTables);

 private:
  Query<ingest::FindControlSum> find_;
  Query<ingest::SaveControlSum> save_;
  std::map<std::string, ControlSum> added_;
};

/// Makes the aggregate function row_sum known: its arguments of a row become a number, and these
/// are added up, modulo 2^64.
void add_row_sum(SQLite::Database& db);

/// Counts and adds up the rows that are there, and compares with the sums. Reads every row.
[[nodiscard]] Checked check_control_sums(SQLite::Database& db);

}  // namespace fleetmeter::store
