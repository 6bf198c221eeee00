#pragma once

#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/table.hpp"

namespace fleetmeter {

/// A column of an answer: its name, its unit and range for people, and what it says of one row.
/// Every kind of row has one list of them, `Row::columns()`, from which CSV, JSON, tables and
/// docs/answers.md are made.
template <class Row>
struct Column {
  const char* name;
  const char* meaning;
  Cell (*of)(const Row& row);
};

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

  template <class Row>
  operator Column<Row>() const {
    return {name, meaning, [](const Row& row) { return cell_of(row.*member); }};
  }
};

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
