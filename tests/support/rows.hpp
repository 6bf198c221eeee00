#pragma once

#include <algorithm>
#include <memory>
#include <sstream>
#include <string>
#include <variant>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "support/catch.hpp"

namespace fleetmeter::test {

/// A cell as it is written in CSV; "" for NULL.
[[nodiscard]] inline std::string text_of(const Cell& cell) {
  if (const auto* const text = std::get_if<std::string>(&cell)) {
    return *text;
  }
  if (const auto* const number = std::get_if<std::int64_t>(&cell)) {
    return std::to_string(*number);
  }
  if (const auto* const wide = std::get_if<Int128>(&cell)) {
    return to_text(*wide);
  }
  const auto* const decimal = std::get_if<Decimal>(&cell);
  return decimal == nullptr ? "" : to_text(*decimal);
}

/// The cells of a table by the names of their columns.
class Row {
 public:
  Row(std::shared_ptr<const Table> table, std::size_t row) : table_(std::move(table)), row_(row) {}
  [[nodiscard]] std::string operator[](const std::string& column) const {
    const auto found = std::find(table_->names.begin(), table_->names.end(), column);
    REQUIRE(found != table_->names.end());
    return text_of(table_->rows[row_][static_cast<std::size_t>(found - table_->names.begin())]);
  }
  /// In cents; 0 for none.
  [[nodiscard]] std::int64_t cents(const std::string& column) const {
    std::string text = (*this)[column];
    text.erase(std::remove(text.begin(), text.end(), '.'), text.end());
    return text.empty() ? 0 : std::stoll(text);
  }

 private:
  std::shared_ptr<const Table> table_;
  std::size_t row_;
};

[[nodiscard]] inline std::vector<Row> rows_of(const Table& table) {
  const auto shared = std::make_shared<const Table>(table);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < table.rows.size(); ++i) {
    rows.emplace_back(shared, i);
  }
  return rows;
}

[[nodiscard]] inline std::vector<Row> rows_where(const Table& table, const std::string& column,
                                                 const std::string& value) {
  std::vector<Row> rows = rows_of(table);
  std::erase_if(rows, [&](const Row& row) { return row[column] != value; });
  return rows;
}

/// As CSV.
[[nodiscard]] inline std::string printed(const Table& table) {
  std::ostringstream out;
  table.give_to(*make_writer(Format::csv, out));
  return out.str();
}

}  // namespace fleetmeter::test
