#include "report/workbook.hpp"

#include <xlsxwriter.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "fleetmeter/error.hpp"

namespace fleetmeter::report {

namespace {

constexpr Int128 kMostExact = Int128(1) << 53;  // in a double
constexpr std::size_t kMostRows = 1'048'575;    // below the header
constexpr double kWidest = 44;

/// A file with a name of its own in the folder for temporary ones; gone in the end. The library
/// writes to files only.
class TemporaryFile {
 public:
  TemporaryFile() : path_(std::filesystem::temp_directory_path() / "fleetmeter-XXXXXX") {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) {
      throw Error(ErrorKind::io, path_ + ": cannot be made");
    }
    close(descriptor);
  }
  ~TemporaryFile() { std::remove(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string bytes() const {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  }

 private:
  std::string path_;
};

/// Writes the cells of one sheet by their types.
class Sheet {
 public:
  Sheet(lxw_workbook* book, const char* name, const Table& table)
      : sheet_(workbook_add_worksheet(book, name)), bold_(workbook_add_format(book)) {
    if (table.rows.size() > kMostRows) {
      throw Error(ErrorKind::usage, std::string("--xlsx: ") + name + " has " +
                                        std::to_string(table.rows.size()) +
                                        " rows; a sheet holds " + std::to_string(kMostRows));
    }
    format_set_bold(bold_);
    worksheet_freeze_panes(sheet_, 1, 0);
    for (std::size_t i = 0; i < table.names.size(); ++i) {
      const std::string& column = table.names[i];
      const auto at = static_cast<lxw_col_t>(i);
      worksheet_write_string(sheet_, 0, at, column.c_str(), bold_);
      worksheet_set_column(sheet_, at, at, std::min(kWidest, width_of(table, i)), nullptr);
    }
    for (std::size_t row = 0; row < table.rows.size(); ++row) {
      for (std::size_t i = 0; i < table.rows[row].size(); ++i) {
        write(static_cast<lxw_row_t>(row + 1), static_cast<lxw_col_t>(i), table.rows[row][i]);
      }
    }
  }

 private:
  static double width_of(const Table& table, std::size_t column) {
    std::size_t width = table.names[column].size() + 2;
    for (std::size_t row = 0; row < std::min<std::size_t>(table.rows.size(), 100); ++row) {
      if (const auto* text = std::get_if<std::string>(&table.rows[row][column])) {
        width = std::max(width, text->size() + 1);
      }
    }
    return static_cast<double>(width);
  }

  void write(lxw_row_t row, lxw_col_t column, const Cell& cell) {
    if (const auto* small = std::get_if<std::int64_t>(&cell)) {
      number(row, column, *small);
    } else if (const auto* wide = std::get_if<Int128>(&cell)) {
      number(row, column, *wide);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      worksheet_write_string(sheet_, row, column, text->c_str(), nullptr);
    }
  }

  void number(lxw_row_t row, lxw_col_t column, Int128 value) {
    if (value < kMostExact && value > -kMostExact) {
      worksheet_write_number(sheet_, row, column, static_cast<double>(value), nullptr);
    } else {
      worksheet_write_string(sheet_, row, column, to_text(value).c_str(), nullptr);
    }
  }

  lxw_worksheet* sheet_;
  lxw_format* bold_;
};

}  // namespace

std::string workbook(const Facts& facts) {
  const TemporaryFile file;
  lxw_workbook* const book = workbook_new(file.path().c_str());
  lxw_doc_properties properties{};
  std::string title = "fleetmeter " + facts.period.label;
  properties.title = title.data();
  properties.created = facts.as_of_ms / 1000;  // not the clock: the same knowledge, the same bytes
  workbook_set_properties(book, &properties);
  for (const auto& [name, table] : {std::pair<const char*, const Table*>{"billing", &facts.billing},
                                    {"egress", &facts.egress},
                                    {"processes", &facts.processes},
                                    {"anomalies", &facts.anomalies},
                                    {"coverage", &facts.coverage}}) {
    Sheet(book, name, *table);
  }
  if (const lxw_error code = workbook_close(book); code != LXW_NO_ERROR) {
    throw Error(ErrorKind::io, std::string("--xlsx: ") + lxw_strerror(code));
  }
  return file.bytes();
}

}  // namespace fleetmeter::report
