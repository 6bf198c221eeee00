#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"
#include "workbook/library.hpp"

namespace fleetmeter::workbook {

/// How the cells of a workbook look. One for the whole workbook, and it has both at hand.
class WorkbookFormats {
 public:
  WorkbookFormats(const WorkbookLibrary& library, lxw_workbook* book);

  [[nodiscard]] const WorkbookLibrary& library() const { return library_; }
  [[nodiscard]] lxw_workbook* book() const { return book_; }
  /// With thousands apart and so many decimal places.
  [[nodiscard]] lxw_format* decimal(int scale) const;

  lxw_format* bold = nullptr;
  lxw_format* bold_right = nullptr;  ///< above numbers
  lxw_format* title = nullptr;
  lxw_format* instant = nullptr;  ///< `2024-11-03 05:00:00.250`
  lxw_format* hour = nullptr;
  lxw_format* day = nullptr;

 private:
  static constexpr int kMostPlaces = 9;
  const WorkbookLibrary& library_;
  lxw_workbook* book_;
  std::array<lxw_format*, kMostPlaces + 1> decimals_{};
};

/// A sheet of its own, or a table of one, whose cells have the types of its rows: times are dates,
/// numbers have thousands apart. The header stays in sight and on every printed page, and has a
/// filter. Printed, it is as wide as a page.
///
/// Instants are in UTC, and their header says so; days and hours are those of the report's zone.
class Sheet final : public RowSink {
 public:
  Sheet(const WorkbookFormats& formats, const char* name, const std::string& footer);

  void columns(const std::vector<std::string>& names) override;
  void row(const std::vector<Cell>& cells) override;
  void end() override;

  [[nodiscard]] lxw_worksheet* worksheet() const { return sheet_; }
  /// Writes a cell as one of a column of that name is written.
  void write(lxw_row_t row, lxw_col_t column, const Cell& cell, const std::string& name);

 private:
  /// Writes a text. Throws Error(usage) when a cell cannot hold it.
  void words(lxw_row_t row, lxw_col_t column, const std::string& text);
  void real(lxw_row_t row, lxw_col_t column, double value);
  void number(lxw_row_t row, lxw_col_t column, Int128 value);
  void number(lxw_row_t row, lxw_col_t column, const Decimal& value);
  void text(lxw_row_t row, lxw_col_t column, const std::string& value, const std::string& name);
  /// Whether the clocks showed an hour before, in the sheet's order, and were put back then. As a
  /// date it would be the first one once more, so it stays a text.
  [[nodiscard]] bool comes_again(std::int64_t ms, const std::string& label);
  [[nodiscard]] bool instant(lxw_row_t row, lxw_col_t column, std::int64_t ms, lxw_format* format);

  const WorkbookFormats& formats_;
  const WorkbookLibrary& library_;
  const char* name_;
  lxw_worksheet* sheet_;
  std::vector<std::string> names_;
  std::vector<std::size_t> widths_;  ///< in characters
  lxw_row_t rows_ = 0;
  std::optional<std::int64_t> latest_hour_ms_;
  std::string offset_;  ///< of that hour
};

}  // namespace fleetmeter::workbook
