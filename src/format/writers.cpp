#include "format/writers.hpp"

#include <array>
#include <ostream>
#include <utility>

#include "base/text.hpp"
#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "format/people.hpp"
#include "parquet/writer.hpp"
#include "workbook/writer.hpp"

namespace fleetmeter {

namespace {

constexpr std::array<std::pair<Format, const char*>, 8> kFormats{{{Format::table, "table"},
                                                                  {Format::csv, "csv"},
                                                                  {Format::tsv, "tsv"},
                                                                  {Format::json, "json"},
                                                                  {Format::ndjson, "ndjson"},
                                                                  {Format::markdown, "markdown"},
                                                                  {Format::parquet, "parquet"},
                                                                  {Format::xlsx, "xlsx"}}};

}  // namespace

void Table::give_to(RowSink& sink) const {
  if (!column_kinds.empty()) {
    sink.kinds(column_kinds);
  }
  sink.columns(names);
  for (const auto& cells : rows) {
    sink.row(cells);
  }
  sink.end();
}

std::unique_ptr<RowSink> make_writer(Format format, std::ostream& out,
                                     const FormatOptions& options) {
  switch (format) {
    case Format::table:
      return format::make_table(out, options);
    case Format::csv:
      return format::make_delimited(out, ',', options.csv_safe);
    case Format::tsv:
      return format::make_delimited(out, '\t', options.csv_safe);
    case Format::json:
      return format::make_json(out, false);
    case Format::ndjson:
      return format::make_json(out, true);
    case Format::parquet:
      return parquet::make_writer(out);
    case Format::xlsx:
      return workbook::make_writer(out);
    case Format::markdown:
      break;
  }
  return format::make_markdown(out, options);
}

std::string name_in_table(const std::string& column) {
  return format::people_name(column);
}

void write_sections(Format format, std::ostream& out, const std::vector<Section>& sections,
                    const FormatOptions& options) {
  if (format == Format::xlsx) {
    return workbook::write_sections(out, sections);
  }
  const bool is_json = format == Format::json;
  bool first = true;
  for (const Section& one : sections) {
    if (is_json) {
      out << (first ? "{\n\"" : ",\n\"") << one.name << "\":\n";
    } else {
      out << (first ? "" : "\n") << (format == Format::markdown ? "## " : "") << one.name
          << (format == Format::markdown ? "\n\n" : "\n");
    }
    first = false;
    one.table.give_to(*make_writer(format, out, options));
  }
  out << (is_json ? "}\n" : "");
}

Format parse_format(const std::string& name) {
  std::vector<std::string> names;
  for (const auto& [format, known] : kFormats) {
    if (name == known) {
      return format;
    }
    names.emplace_back(known);
  }
  throw Error(ErrorKind::usage, spelled(Term::format) + ": no such format (" +
                                    base::printable(name) + ")" + base::did_you_mean(name, names) +
                                    "; there are table, csv, tsv, json, ndjson, markdown, parquet, "
                                    "xlsx");
}

}  // namespace fleetmeter
