#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/public.hpp"
#include "fleetmeter/table.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// A column of an answer: its name, its unit and range for people, and what it says of one row.
/// Every kind of row has one list of them, `Row::columns()`, from which CSV, JSON, tables and
/// docs/answers.md are made.
template <class Row>
struct Column {
  const char* name;
  const char* meaning;
  Cell (*of)(const Row& row);
  CellKind kind = CellKind::unknown;  ///< what `of` gives, where an empty row does not show it
};

/// What a column holds.
template <class Row>
[[nodiscard]] CellKind kind_of(const Column<Row>& column) {
  return column.kind == CellKind::unknown ? kind_of(column.of(Row{})) : column.kind;
}

/// A value as a cell; NULL when it is absent.
template <class Value>
[[nodiscard]] Cell cell_of(const Value& value) {
  return value;
}
template <class Value>
[[nodiscard]] Cell cell_of(const std::optional<Value>& value) {
  return value ? Cell(*value) : Cell(nullptr);
}

/// A column that says what a member of the row holds: `Field<&Row::member>(name, meaning)`.
template <auto member>
struct Field {
  const char* name;
  const char* meaning;

  /// The member as a cell when it is there.
  template <class Row, class Value>
  [[nodiscard]] static Cell filled(Value Row::* /*of*/) {
    return Value{};
  }
  template <class Row, class Value>
  [[nodiscard]] static Cell filled(std::optional<Value> Row::* /*of*/) {
    return Value{};
  }

  template <class Row>
  operator Column<Row>() const {
    return {name, meaning, [](const Row& row) { return cell_of(row.*member); },
            kind_of(filled(member))};
  }
};

/// What the columns of a kind of rows hold, in their order.
template <class Row>
[[nodiscard]] std::vector<CellKind> column_kinds() {
  std::vector<CellKind> kinds;
  for (const Column<Row>& column : Row::columns()) {
    kinds.push_back(kind_of(column));
  }
  return kinds;
}

/// The names of a kind of rows, in the order of its columns.
template <class Row>
[[nodiscard]] std::vector<std::string> column_names() {
  std::vector<std::string> names;
  for (const Column<Row>& column : Row::columns()) {
    names.emplace_back(column.name);
  }
  return names;
}

/// What the columns of its kind say of a row.
template <class Row>
[[nodiscard]] std::vector<Cell> cells_of(const Row& row) {
  std::vector<Cell> cells;
  for (const Column<Row>& column : Row::columns()) {
    cells.push_back(column.of(row));
  }
  return cells;
}

/// Hands rows to a writer.
template <class Row>
void give(const std::vector<Row>& rows, RowSink& sink) {
  sink.kinds(column_kinds<Row>());
  sink.columns(column_names<Row>());
  for (const Row& row : rows) {
    sink.row(cells_of(row));
  }
  sink.end();
}

/// The rows as a table, for what takes one.
template <class Row>
[[nodiscard]] Table table_of(const std::vector<Row>& rows) {
  Table table;
  give(rows, table);
  return table;
}

}  // namespace fleetmeter
