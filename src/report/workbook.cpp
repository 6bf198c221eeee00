#include "report/workbook.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

#include "fleetmeter/decimal.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "report/workbook_library.hpp"

namespace fleetmeter::report {

namespace {

constexpr Int128 kMostExact = Int128(1) << 53;  // in a double
constexpr lxw_row_t kMostRows = 1'048'575;      // below the header
constexpr std::size_t kLookedAt = 100;          // rows whose texts make a column wider
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

/// One sheet, whose cells have the types of its rows.
class Sheet final : public RowSink {
 public:
  Sheet(const WorkbookLibrary& library, lxw_workbook* book, const char* name)
      : library_(library),
        name_(name),
        sheet_(library.workbook_add_worksheet(book, name)),
        bold_(library.workbook_add_format(book)) {
    library.format_set_bold(bold_);
    library.worksheet_freeze_panes(sheet_, 1, 0);
  }

  void columns(const std::vector<std::string>& names) override {
    for (const std::string& column : names) {
      library_.worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(widths_.size()),
                                      column.c_str(), bold_);
      widths_.push_back(column.size() + 2);
    }
  }

  void row(const std::vector<Cell>& cells) override {
    if (++rows_ > kMostRows) {
      throw Error(ErrorKind::usage, spelled(Term::workbook) + ": " + name_ +
                                        " has more rows than a sheet " + "holds, " +
                                        std::to_string(kMostRows));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      write(rows_, static_cast<lxw_col_t>(i), cells[i]);
      if (const auto* text = std::get_if<std::string>(&cells[i]); rows_ <= kLookedAt && text) {
        widths_[i] = std::max(widths_[i], text->size() + 1);
      }
    }
  }

  void end() override {
    for (std::size_t i = 0; i < widths_.size(); ++i) {
      const auto at = static_cast<lxw_col_t>(i);
      library_.worksheet_set_column(sheet_, at, at,
                                    std::min(kWidest, static_cast<double>(widths_[i])), nullptr);
    }
  }

 private:
  void write(lxw_row_t row, lxw_col_t column, const Cell& cell) {
    if (const auto* small = std::get_if<std::int64_t>(&cell)) {
      number(row, column, *small);
    } else if (const auto* wide = std::get_if<Int128>(&cell)) {
      number(row, column, *wide);
    } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
      number(row, column, *decimal);
    } else if (const auto* text = std::get_if<std::string>(&cell)) {
      library_.worksheet_write_string(sheet_, row, column, text->c_str(), nullptr);
    }
  }

  void number(lxw_row_t row, lxw_col_t column, Int128 value) {
    if (value < kMostExact && value > -kMostExact) {
      library_.worksheet_write_number(sheet_, row, column, static_cast<double>(value), nullptr);
    } else {
      library_.worksheet_write_string(sheet_, row, column, to_text(value).c_str(), nullptr);
    }
  }

  /// With up to 15 digits a double is told from all other decimals, so a cell shows the same.
  void number(lxw_row_t row, lxw_col_t column, const Decimal& value) {
    const std::string text = to_text(value);
    double nearest = 0;
    if (value.digits() < power_of_ten(15) && -value.digits() < power_of_ten(15) &&
        std::from_chars(text.data(), text.data() + text.size(), nearest).ec == std::errc()) {
      library_.worksheet_write_number(sheet_, row, column, nearest, nullptr);
    } else {
      library_.worksheet_write_string(sheet_, row, column, text.c_str(), nullptr);
    }
  }

  const WorkbookLibrary& library_;
  const char* name_;
  lxw_worksheet* sheet_;
  lxw_format* bold_;
  std::vector<std::size_t> widths_;  ///< in characters
  lxw_row_t rows_ = 0;
};

}  // namespace

std::string workbook(const Facts& facts) {
  const WorkbookLibrary& library = WorkbookLibrary::get();
  const TemporaryFile file;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;  // rows go to a temporary file as they come
  lxw_workbook* const book = library.workbook_new_opt(file.path().c_str(), &options);
  lxw_doc_properties properties{};
  std::string title = "fleetmeter " + facts.period.label;
  properties.title = title.data();
  properties.created = facts.as_of_ms / 1000;  // not the clock: the same knowledge, the same bytes
  library.workbook_set_properties(book, &properties);
  const auto add = [&](const char* name, const auto& rows) {
    Sheet sheet(library, book, name);
    rows.give_to(sheet);
  };
  add("billing", facts.billing);
  add("egress", facts.egress);
  add("processes", facts.processes);
  add("anomalies", facts.anomalies);
  add("coverage", facts.coverage);
  if (facts.money) {
    add("cost", facts.money->cost);
    if (facts.money->invoice) {
      add("invoice", facts.money->invoice->lines);
    }
  }
  if (const lxw_error code = library.workbook_close(book); code != LXW_NO_ERROR) {
    throw Error(ErrorKind::io, spelled(Term::workbook) + ": " + library.lxw_strerror(code));
  }
  return file.bytes();
}

}  // namespace fleetmeter::report
