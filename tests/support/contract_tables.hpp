#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <sstream>
#include <string>

#include "fleetmeter/fleetmeter.hpp"

namespace fleetmeter::test {

/// Contract tables in a database of SQLite, which knows nothing of a store.
class ContractTables final : public ContractSink {
 public:
  ContractTables(const Store& store, const Question& question, const ContractGiven& given)
      : db_(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE) {
    make<ContractProcess>("process");
    make<ContractHour>("process_hour");
    make<ContractStay>("room_stay");
    make<ContractPoll>("poll");
    make<ContractSnapshot>("snapshot");
    make<ContractMeta>("meta");
    SQLite::Transaction all(db_);
    store.contract(question, given, *this);
    all.commit();
  }

  void take(const ContractProcess& row) override { add("process", row); }
  void take(const ContractHour& row) override { add("process_hour", row); }
  void take(const ContractStay& row) override { add("room_stay", row); }
  void take(const ContractPoll& row) override { add("poll", row); }
  void take(const ContractSnapshot& row) override { add("snapshot", row); }
  void take(const ContractMeta& row) override {
    meta = row;
    add("meta", row);
  }

  /// What one of queries/contract answers, as CSV.
  [[nodiscard]] std::string ask(const std::string& name, std::int64_t from_ms,
                                std::int64_t to_ms) const {
    std::ostringstream out;
    table(name, from_ms, to_ms).give_to(*make_writer(Format::csv, out));
    return out.str();
  }

  [[nodiscard]] Table table(const std::string& name, std::int64_t from_ms,
                            std::int64_t to_ms) const {
    return answer(contract_query(name).text, from_ms, to_ms);
  }

  /// What a statement answers.
  [[nodiscard]] Table answer(const std::string& text, std::int64_t from_ms,
                             std::int64_t to_ms) const {
    SQLite::Statement rows(db_, text);
    if (text.find(" :from_ms") != std::string::npos) {
      rows.bind(":from_ms", from_ms);
      rows.bind(":to_ms", to_ms);
    }
    Table table;
    for (int i = 0; i < rows.getColumnCount(); ++i) {
      table.names.emplace_back(rows.getColumnName(i));
    }
    while (rows.executeStep()) {
      std::vector<Cell> cells;
      for (int i = 0; i < rows.getColumnCount(); ++i) {
        const SQLite::Column column = rows.getColumn(i);
        cells.push_back(column.isNull()   ? Cell(nullptr)
                        : column.isText() ? Cell(column.getString())
                                          : Cell(column.getInt64()));
      }
      table.rows.push_back(cells);
    }
    return table;
  }

  ContractMeta meta;

 private:
  template <class Row>
  void make(const std::string& table) {
    std::string columns;
    for (const Column<Row>& column : Row::columns()) {
      const bool is_text = kind_of(column) == CellKind::text;
      columns += (columns.empty() ? "" : ", ") + std::string(column.name) +
                 (is_text ? " TEXT NOT NULL" : " INTEGER");
    }
    db_.exec("CREATE TABLE " + table + " (" + columns + ") STRICT");
  }

  template <class Row>
  void add(const std::string& table, const Row& row) {
    std::string places;
    for (std::size_t i = 0; i < Row::columns().size(); ++i) {
      places += i == 0 ? "?" : ", ?";
    }
    SQLite::Statement insert(db_, "INSERT INTO " + table + " VALUES (" + places + ")");
    int place = 0;
    for (const Cell& cell : cells_of(row)) {
      ++place;
      if (const auto* text = std::get_if<std::string>(&cell)) {
        insert.bind(place, *text);
      } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
        insert.bind(place, *number);
      }
    }
    insert.exec();
  }

  SQLite::Database db_;
};

}  // namespace fleetmeter::test
