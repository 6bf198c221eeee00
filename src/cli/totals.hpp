#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::cli {

/// What the rows of an answer come to, column by column. Sums are exact. Only what can be added up
/// is: times and bytes with their bounds, amounts of one currency, counts of what no two rows
/// share. A maximum, a share or a price is left empty.
class Totals {
 public:
  /// Throws Error(usage) when no column of the answer can be added up.
  explicit Totals(const std::vector<std::string>& names);

  void add(const std::vector<Cell>& cells);

  /// The total as a row. The first text says `total`. Absent when there were no rows.
  [[nodiscard]] std::optional<std::vector<Cell>> row() const;

 private:
  struct Sum {
    bool is_added = false;
    std::optional<std::size_t> unit_column;  ///< all rows must say the same there
    std::optional<Cell> unit;
    bool is_mixed = false;
    Cell value = nullptr;
  };
  void add_to(Sum& sum, const Cell& cell, const std::vector<Cell>& row);

  std::vector<Sum> sums_;
  std::optional<std::size_t> label_;  ///< the first column that holds texts
  bool has_rows_ = false;
};

}  // namespace fleetmeter::cli
