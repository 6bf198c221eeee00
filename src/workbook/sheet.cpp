#include "workbook/sheet.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>

#include "base/sha256.hpp"
#include "base/text.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/decimal.hpp"
#include "fleetmeter/error.hpp"

namespace fleetmeter::workbook {

namespace {

constexpr Int128 kMostExact = Int128(1) << 53;  // in a double
constexpr lxw_row_t kMostRows = 1'048'575;      // below the header
constexpr std::size_t kLookedAt = 100;          // rows whose texts make a column wider
constexpr double kWidest = 44;
constexpr std::uint8_t kA4 = 9;
constexpr std::size_t kClock = 19;  // 2024-11-03T01:00:00, before the offset

// Spreadsheets count days from the end of 1899. They take 1900 for a leap year, so only days from
// March 1900 on are sure, and they know none after 9999.
constexpr std::int64_t kDay_ms = 86'400'000;
constexpr std::int64_t kDaysBefore1970 = 25'569;
constexpr std::int64_t kFirstSure = 61;
constexpr std::int64_t kLast = 2'958'465;

bool is_instant(const std::string& name) {
  return name.ends_with("_at_ms") || name == "at_ms" || name == "from_ms" || name == "to_ms";
}

/// `start_at_ms` → `start_at UTC`, because its cells are dates.
std::string header_of(const std::string& name) {
  return is_instant(name) ? name.substr(0, name.size() - 3) + " UTC" : name;
}

/// A text as a workbook can hold it: bytes that are no UTF-8 are shown as U+FFFD, and a NUL as
/// other characters that XML does not know.
std::string as_xml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = base::sequence_length(text);
    if (length == 0) {
      base::append_utf8(0xfffd, out);
    } else if (text.front() == '\0') {
      out += "_x0000_";
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

/// The civil time that a label of a day or an hour shows, as if it were UTC.
std::optional<std::int64_t> civil_ms(const std::string& label) {
  const bool is_hour = label.size() > 19 && label[10] == 'T';
  if (label.size() != 10 && !is_hour) {
    return std::nullopt;
  }
  return base::parse_rfc3339(label.substr(0, 10) + "T" +
                             (is_hour ? label.substr(11, 8) : "00:00:00") + "Z")
      .ms;
}

}  // namespace

WorkbookFormats::WorkbookFormats(const WorkbookLibrary& library, lxw_workbook* book)
    : library_(library), book_(book) {
  const auto add = [&](const char* number_format) {
    lxw_format* const format = library.workbook_add_format(book);
    if (number_format != nullptr) {
      library.format_set_num_format(format, number_format);
    }
    return format;
  };
  bold = add(nullptr);
  library.format_set_bold(bold);
  bold_right = add(nullptr);
  library.format_set_bold(bold_right);
  library.format_set_align(bold_right, LXW_ALIGN_RIGHT);
  title = add(nullptr);
  library.format_set_bold(title);
  library.format_set_font_size(title, 14);
  instant = add("yyyy-mm-dd hh:mm:ss.000");
  hour = add("yyyy-mm-dd hh:mm");
  day = add("yyyy-mm-dd");
  std::string places = "#,##0";
  for (int scale = 0; scale <= kMostPlaces; ++scale) {
    decimals_[static_cast<std::size_t>(scale)] = add(places.c_str());
    places += scale == 0 ? ".0" : "0";
  }
}

lxw_format* WorkbookFormats::decimal(int scale) const {
  return decimals_[static_cast<std::size_t>(std::clamp(scale, 0, kMostPlaces))];
}

Sheet::Sheet(const WorkbookFormats& formats, const char* name, const std::string& footer)
    : formats_(formats),
      library_(formats.library()),
      name_(name),
      sheet_(library_.workbook_add_worksheet(formats.book(), name)) {
  library_.worksheet_set_landscape(sheet_);
  library_.worksheet_set_paper(sheet_, kA4);
  library_.worksheet_fit_to_pages(sheet_, 1, 0);  // as wide as one, as long as it takes
  library_.worksheet_set_footer(sheet_, ("&L" + footer + ", &A&RPage &P of &N").c_str());
}

void Sheet::columns(const std::vector<std::string>& names) {
  names_ = names;
  library_.worksheet_freeze_panes(sheet_, 1, 0);
  library_.worksheet_repeat_rows(sheet_, 0, 0);
  for (const std::string& column : names) {
    const std::string header = as_xml(header_of(column));
    library_.worksheet_write_string(sheet_, 0, static_cast<lxw_col_t>(widths_.size()),
                                    header.c_str(), formats_.bold);
    const std::size_t shown = is_instant(column) ? 23 : 0;
    widths_.push_back(std::max(header.size() + 4, shown));  // with room for the filter's button
  }
}

void Sheet::row(const std::vector<Cell>& cells) {
  if (++rows_ > kMostRows) {
    throw Error(ErrorKind::usage, std::string("xlsx: ") + name_ + " has more rows than a sheet " +
                                      "holds, " + std::to_string(kMostRows));
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    write(rows_, static_cast<lxw_col_t>(i), cells[i], names_[i]);
    if (const auto* text = std::get_if<std::string>(&cells[i]); rows_ <= kLookedAt && text) {
      widths_[i] = std::max(widths_[i], text->size() + 1);
    }
  }
}

void Sheet::end() {
  for (std::size_t i = 0; i < widths_.size(); ++i) {
    const auto at = static_cast<lxw_col_t>(i);
    library_.worksheet_set_column(sheet_, at, at,
                                  std::min(kWidest, static_cast<double>(widths_[i])), nullptr);
  }
  if (!names_.empty()) {
    library_.worksheet_autofilter(sheet_, 0, 0, rows_, static_cast<lxw_col_t>(names_.size() - 1));
  }
}

void Sheet::write(lxw_row_t row, lxw_col_t column, const Cell& cell, const std::string& name) {
  if (const auto* small = std::get_if<std::int64_t>(&cell)) {
    if (!is_instant(name)) {
      number(row, column, *small);
    } else if (!instant(row, column, *small, formats_.instant)) {
      words(row, column, base::format_utc(*small));
    }
  } else if (const auto* wide = std::get_if<Int128>(&cell)) {
    number(row, column, *wide);
  } else if (const auto* decimal = std::get_if<Decimal>(&cell)) {
    number(row, column, *decimal);
  } else if (const auto* said = std::get_if<std::string>(&cell)) {
    text(row, column, *said, name);
  } else if (const auto* value = std::get_if<double>(&cell)) {
    real(row, column, *value);
  } else if (const auto* blob = std::get_if<Bytes>(&cell)) {
    words(row, column, base::to_hex(blob->bytes));
  }
}

void Sheet::words(lxw_row_t row, lxw_col_t column, const std::string& text) {
  if (library_.worksheet_write_string(sheet_, row, column, as_xml(text).c_str(), nullptr) !=
      LXW_NO_ERROR) {
    throw Error(ErrorKind::usage, "xlsx: " + (column < names_.size() ? names_[column] : name_) +
                                      ", row " + std::to_string(row) +
                                      ": a cell holds no text of more than 32,767 characters");
  }
}

void Sheet::real(lxw_row_t row, lxw_col_t column, double value) {
  if (std::isfinite(value)) {
    library_.worksheet_write_number(sheet_, row, column, value, nullptr);
  } else {
    words(row, column, value > 0 ? "Inf" : "-Inf");
  }
}

void Sheet::text(lxw_row_t row, lxw_col_t column, const std::string& value,
                 const std::string& name) {
  const bool is_day = name == "day" || name == "date";
  const auto ms = is_day || name == "hour" ? civil_ms(value) : std::nullopt;
  if (!ms || (!is_day && comes_again(*ms, value)) ||
      !instant(row, column, *ms, is_day ? formats_.day : formats_.hour)) {
    words(row, column, value);
  }
}

bool Sheet::comes_again(std::int64_t ms, const std::string& label) {
  const std::string offset = label.substr(kClock);
  if (latest_hour_ms_ && ms <= *latest_hour_ms_ && offset != offset_) {
    return true;
  }
  latest_hour_ms_ = ms;
  offset_ = offset;
  return false;
}

bool Sheet::instant(lxw_row_t row, lxw_col_t column, std::int64_t ms, lxw_format* format) {
  if (ms < (kFirstSure - kDaysBefore1970) * kDay_ms || ms >= (kLast - kDaysBefore1970) * kDay_ms) {
    return false;
  }
  const double days =
      static_cast<double>(ms) / static_cast<double>(kDay_ms) + static_cast<double>(kDaysBefore1970);
  library_.worksheet_write_number(sheet_, row, column, days, format);
  return true;
}

void Sheet::number(lxw_row_t row, lxw_col_t column, Int128 value) {
  if (value < kMostExact && value > -kMostExact) {
    library_.worksheet_write_number(sheet_, row, column, static_cast<double>(value),
                                    formats_.decimal(0));
  } else {
    words(row, column, to_text(value));
  }
}

/// With up to 15 digits a double is told from all other decimals, so a cell shows the same.
void Sheet::number(lxw_row_t row, lxw_col_t column, const Decimal& value) {
  const std::string text = to_text(value);
  double nearest = 0;
  if (value.digits() < power_of_ten(15) && -value.digits() < power_of_ten(15) &&
      std::from_chars(text.data(), text.data() + text.size(), nearest).ec == std::errc()) {
    library_.worksheet_write_number(sheet_, row, column, nearest, formats_.decimal(value.scale()));
  } else {
    words(row, column, text);
  }
}

}  // namespace fleetmeter::workbook
