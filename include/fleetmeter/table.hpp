#pragma once

#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "fleetmeter/decimal.hpp"
#include "fleetmeter/int128.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// A BLOB, told apart from text.
struct Bytes {
  std::string bytes;
  friend bool operator==(const Bytes&, const Bytes&) = default;
};

/// One value of an answer. Sums of the meters may pass int64 and are Int128; money is Decimal.
using Cell =
    std::variant<std::nullptr_t, std::int64_t, Int128, Decimal, double, std::string, Bytes>;

/// What the cells of a column are, but for those that are NULL.
enum class CellKind {
  unknown,  ///< nobody says
  integer,
  sum,  ///< Int128
  decimal,
  real,
  text,
  bytes,
};

/// The kind of one cell; unknown of NULL.
[[nodiscard]] inline CellKind kind_of(const Cell& cell) {
  return static_cast<CellKind>(cell.index());
}

/// Takes the rows of an answer one by one, so that a long one needs no memory.
class RowSink {
 public:
  virtual ~RowSink() = default;
  /// Called before columns() where it is known what the columns will hold.
  virtual void kinds(const std::vector<CellKind>& /*of_columns*/) {}
  /// Called once, before the first row.
  virtual void columns(const std::vector<std::string>& names) = 0;
  virtual void row(const std::vector<Cell>& cells) = 0;
  /// Called at most once, after the last row: the total of the rows before.
  virtual void total(const std::vector<Cell>& cells) { row(cells); }
  /// Called once, after the last row.
  virtual void end() {}
};

/// An answer held in memory.
class Table final : public RowSink {
 public:
  std::vector<std::string> names;
  std::vector<std::vector<Cell>> rows;
  std::vector<CellKind> column_kinds;  ///< as far as they are known before rows come; may be empty

  void kinds(const std::vector<CellKind>& of_columns) override { column_kinds = of_columns; }
  void columns(const std::vector<std::string>& column_names) override { names = column_names; }
  void row(const std::vector<Cell>& cells) override { rows.push_back(cells); }

  /// Hands everything to another sink.
  void give_to(RowSink& sink) const;
};

/// How an answer is written.
enum class Format { table, csv, tsv, json, ndjson, markdown, parquet, xlsx };

/// Choices for people and for spreadsheets. Formats for machines ignore all of them but csv_safe.
struct FormatOptions {
  bool exact = false;     ///< table: raw integers instead of hours and gigabytes
  bool color = false;     ///< table: dim the bounds
  bool csv_safe = false;  ///< csv, tsv: a text that a spreadsheet would run gets a leading '
  std::size_t width = 0;  ///< table: terminal columns into which it is fitted; 0: no limit
  bool upright = false;   ///< table: a block for each row, a line for each of its values
};

/// Writes an answer to a stream, which must outlive it.
///
/// csv is RFC 4180 with LF line ends, in UTF-8; NULL and "" are both empty cells. json is one array
/// of objects, ndjson is one object a line. In both, integers are integers of any size, and
/// decimals are texts, because programs that read JSON turn its decimals into doubles.
///
/// parquet is a file of columns: integers are INT64, sums DECIMAL(38, 0), decimals DECIMAL(38, s)
/// of the most digits behind the point that come among the first 65,536 rows, texts UTF-8. A column
/// is of one kind; the sink throws Error(usage) when the cells of one are not.
///
/// xlsx is a workbook with a sheet for each table: times are dates, numbers have thousands apart,
/// the header stays in sight and has a filter. Numbers that a spreadsheet's doubles do not hold are
/// texts, and so are infinite ones; bytes are hexadecimal, and what is no UTF-8 is U+FFFD. A sheet
/// has at most 1,048,575 rows, and a cell 32,767 characters: of more, Error(usage).
///
/// table and markdown are for people. Columns named *_at_ms and *_seen_ms are shown as times, other
/// *_ms as durations, and *_bytes in units; what a column is called has no unit then. Durations of
/// a column are hours with two decimals from a tenth of an hour on, else minutes or seconds. A
/// table that is wider than `width` shortens ids, breaks names and sentences into lines, and in the
/// end gives each row a block of its own.
[[nodiscard]] std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out,
                                                   const FormatOptions& options = {});

/// What a table calls a column: `billable` for billable_ms, whose values show that they are hours.
[[nodiscard]] std::string name_in_table(const std::string& column);

/// One part of an answer that has several.
struct Section {
  std::string name;
  Table table;
};

/// Writes all parts of an answer. In a table and in Markdown each stands below its name; in JSON
/// they are members of one object, in xlsx sheets of one workbook. The other formats hold one table
/// only.
void write_sections(Format format, std::ostream& out, const std::vector<Section>& sections,
                    const FormatOptions& options = {});

/// The format called `name`. Throws Error(usage).
[[nodiscard]] Format parse_format(const std::string& name);

}  // namespace fleetmeter
