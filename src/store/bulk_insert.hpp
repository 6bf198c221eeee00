#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/invariant.hpp"
#include "sql/statements.hpp"
#include "store/control_sums.hpp"
#include "store/statement.hpp"
#include "store/waiting_rows.hpp"

namespace fleetmeter::store {

/// Writes many rows by one embedded `INSERT … VALUES (one row)` that its contract calls `bulk`. A
/// step of SQLite costs as much as the row that it writes, so rows wait until one step takes them
/// all.
///
/// A row that cannot be written leaves those before it behind: the transaction must be given up.
template <class Q>
class BulkInsert {
 public:
  explicit BulkInsert(SQLite::Database& db) : db_(db) {}

  /// Of a table whose rows never change, or whose first cells do not: they are added up.
  BulkInsert(SQLite::Database& db, ControlSum& sum, int summed_cells = Q::kParameters)
      : db_(db), sum_(&sum), summed_cells_(summed_cells) {}

  /// Takes a row, with copies of its texts; it is in the store after the next flush() at the
  /// latest.
  void add(const typename Q::In& row) {
    if (!rows_) {
      rows_.emplace(db_.getHandle(), Q::kWaiting, Q::kWaitingTable, kColumns, most_rows());
    }
    Q::put(row, [this](int, const auto& value) { rows_->put(value); });
    base::check_in_tests([&] { return rows_->are_whole(); },
                         "a row is a value for each column, or those after it would be shifted");
    if (sum_ != nullptr) {
      sum_->add<Q>(row, summed_cells_);
    }
    if (rows_->is_full()) {
      flush();
    }
  }

  void flush() {
    if (!rows_ || rows_->empty()) {
      return;
    }
    if (!statement_) {
      statement_.emplace(db_, Q::kBulk, 0);
    }
    statement_->run();
    rows_->clear();
  }

 private:
  static constexpr std::size_t kColumns = Q::kParameters;
  static constexpr std::size_t kMostCells = 4096;
  // A step that replaces rows keeps the pages it changed, to undo itself: it is shorter.
  static constexpr std::size_t kMostReplacing = 64;  // rows

  static_assert(0 < kColumns && kColumns <= kMostCells, "a step has room for a row");

  [[nodiscard]] static std::size_t most_rows() {
    return Q::kBulk.text.find("INSERT OR REPLACE") != std::string_view::npos
               ? kMostReplacing
               : kMostCells / kColumns;
  }

  SQLite::Database& db_;
  ControlSum* sum_ = nullptr;
  int summed_cells_ = 0;
  // A run that stores one poll needs few of the tables: both are made when they are first needed.
  std::optional<WaitingRows> rows_;
  std::optional<Statement> statement_;
};

}  // namespace fleetmeter::store
