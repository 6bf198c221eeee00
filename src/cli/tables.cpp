#include "cli/tables.hpp"

#include <algorithm>
#include <set>

#include "cli/arranged.hpp"
#include "cli/output.hpp"
#include "cli/paragraph.hpp"

namespace fleetmeter::cli {

namespace {

const char* kind_of(const StoreTable& table) {
  return table.is_view ? "view" : "table";
}

/// Functions that stand where a table stands; docs/clients.md tells of them.
struct TableFunction {
  const char* call;
  const char* one_row;
};
constexpr TableFunction kFunctions[] = {
    {"billing(from, to, tz, by)", "One row is a row of `billing`, for the window and groups."},
    {"egress(from, to, tz, by)", "One row is a row of `egress`, for the window and groups."},
    {"explain(process_id)", "One row is a piece of evidence behind the numbers of a process."},
};

/// The first sentence of a text.
std::string first_sentence(const std::string& text) {
  const std::size_t end = text.find(". ");
  return end == std::string::npos ? text : text.substr(0, end + 1);
}

/// What a name says of what it holds, where nobody wrote it down.
std::string meaning_by_name(const std::string& column) {
  const bool is_instant = column == "at_ms" || column.ends_with("_at_ms") ||
                          column.ends_with("_seen_ms") || column.ends_with("_since_ms");
  return is_instant                  ? "unix milliseconds, UTC"
         : column.ends_with("_ms")   ? "milliseconds"
         : column.ends_with("bytes") ? "bytes"
         : column.ends_with("_key")  ? "a number that other tables refer to"
                                     : "";
}

std::string meaning_of(const StoreTable& table, const std::string& column) {
  const auto told = std::find_if(table.columns.begin(), table.columns.end(),
                                 [&](const QueryValue& one) { return one.name == column; });
  return told == table.columns.end() ? meaning_by_name(column) : told->meaning;
}

StoreTable table_called(const std::string& name) {
  std::vector<std::string> names;
  for (const StoreTable& table : store_tables()) {
    if (table.name == name) {
      return table;
    }
    names.push_back(table.name);
  }
  throw Error(ErrorKind::usage, "--schema: no table or view has this name (" + printable(name) +
                                    ")" + did_you_mean(name, names) +
                                    "; `fleetmeter sql --tables` lists them");
}

/// Names and types of the columns of a table, as the store has them.
Table columns_of(const Store& store, const std::string& table) {
  Table columns;
  store.sql("SELECT name, type FROM pragma_table_info('" + table + "') ORDER BY cid", columns);
  return columns;
}

}  // namespace

int list_tables(const Options& options) {
  write_answer(options, [](RowSink& sink) {
    sink.columns({"name", "kind", "one_row"});
    for (const StoreTable& table : store_tables()) {
      sink.row({table.name, kind_of(table), first_sentence(table.meaning)});
    }
    for (const TableFunction& function : kFunctions) {
      sink.row(
          {std::string(function.call), std::string("function"), std::string(function.one_row)});
    }
    sink.end();
  });
  return 0;
}

int describe_table(const Options& options, const std::string& name) {
  const StoreTable table = table_called(name);
  const Table columns =
      columns_of(Store::open(options.dbs.empty() ? options.db : options.dbs.front()), name);
  std::string title = paragraph(name + " (" + kind_of(table) + "): " + table.meaning, 0);
  title.pop_back();  // a title ends its line itself
  Section section{std::move(title), {}};
  section.table.names = {"column", "type", "meaning"};
  for (const std::vector<Cell>& row : columns.rows) {
    const auto& column = std::get<std::string>(row[0]);
    section.table.rows.push_back({column, row[1], meaning_of(table, column)});
  }
  if (format_of(options) == Format::table && !arrangement_of(options).changes_anything()) {
    write_sections(options, {section}, "");
  } else {
    write_answer(options, [&](RowSink& sink) { section.table.give_to(sink); });
  }
  return 0;
}

std::vector<std::string> column_names_of(const Store& store, const std::string& table) {
  std::vector<std::string> names;
  for (const std::vector<Cell>& row : columns_of(store, table).rows) {
    names.push_back(std::get<std::string>(row[0]));
  }
  return names;
}

std::vector<std::string> names_in_sql(const Store& store) {
  std::set<std::string> names;
  for (const StoreTable& table : store_tables()) {
    names.insert(table.name);
    const std::vector<std::string> columns = column_names_of(store, table.name);
    names.insert(columns.begin(), columns.end());
  }
  return {names.begin(), names.end()};
}

}  // namespace fleetmeter::cli
