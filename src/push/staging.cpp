#include "push/staging.hpp"

namespace fleetmeter::push {

namespace {

constexpr std::size_t kMostWaiting = std::size_t{4} << 20U;  // bytes

void add_text(const std::string& text, std::string& out) {
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += c;
    }
  }
}

/// Where a table is, nobody needs the right to make one.
void make_missing(const char* name, const std::string& columns, Database& database) {
  const std::string table = std::string("fleetmeter.") + name;
  if (database.ask("SELECT to_regclass('" + table + "')").front().front().empty()) {
    database.run("CREATE TABLE " + table + " (" + columns + ')');
  }
}

template <class Row>
void make_table(const char* name, const char* key, Database& database) {
  std::string columns;
  for (const Column<Row>& column : Row::columns()) {
    // By their bytes, texts are in the same order in every database.
    columns += std::string(column.name) +
               (kind_of(column) == CellKind::text ? " text COLLATE \"C\" NOT NULL, " : " bigint, ");
  }
  make_missing(name, columns + "PRIMARY KEY (" + key + ")", database);
}

}  // namespace

void make_tables(Database& database) {
  if (database.ask("SELECT 1 FROM pg_namespace WHERE nspname = 'fleetmeter'").empty()) {
    database.run("CREATE SCHEMA fleetmeter");
  }
  make_table<ContractProcess>("process", "process_id", database);
  make_table<ContractHour>("process_hour", "process_id, at_ms", database);
  make_table<ContractStay>("room_stay", "process_id, room_id, from_ms", database);
  make_table<ContractPoll>("poll", "app_id, region, observed_at_ms", database);
  make_table<ContractSnapshot>("snapshot", "snapshot_seq", database);
  make_table<ContractMeta>("meta", "contract_version", database);
  make_missing("shard", "shard bigint NOT NULL, shards bigint NOT NULL", database);
}

std::string meta_columns() {
  std::string names;
  for (const Column<ContractMeta>& column : ContractMeta::columns()) {
    names += (names.empty() ? "" : ", ") + std::string(column.name);
  }
  return names;
}

std::string copy_row(const std::vector<Cell>& cells) {
  std::string line;
  const char* separator = "";
  for (const Cell& cell : cells) {
    line += separator;
    separator = "\t";
    if (const auto* text = std::get_if<std::string>(&cell)) {
      add_text(*text, line);
    } else if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      line += std::to_string(*number);
    } else {
      line += "\\N";
    }
  }
  return line + '\n';
}

Staging::Staging(Database& database) : database_(database) {
  for (const Waiting* waiting : {&processes_, &hours_, &stays_, &polls_, &snapshots_}) {
    const std::string table = waiting->table;
    database_.run("CREATE TEMP TABLE " + table + " (LIKE fleetmeter." + table.substr(4) +
                  ") ON COMMIT DROP");
  }
}

template <class Row>
void Staging::add(Waiting& waiting, const Row& row) {
  waiting.rows += copy_row(cells_of(row));
  if (waiting.rows.size() >= kMostWaiting) {
    send(waiting);
  }
}

void Staging::take(const ContractProcess& row) {
  add(processes_, row);
}

void Staging::take(const ContractHour& row) {
  add(hours_, row);
}

void Staging::take(const ContractStay& row) {
  add(stays_, row);
}

void Staging::take(const ContractPoll& row) {
  add(polls_, row);
}

void Staging::take(const ContractSnapshot& row) {
  add(snapshots_, row);
}

void Staging::send(Waiting& waiting) {
  if (!waiting.rows.empty()) {
    database_.copy(waiting.table, waiting.rows);
    waiting.rows.clear();
  }
}

const ContractMeta& Staging::finish() {
  for (Waiting* waiting : {&processes_, &hours_, &stays_, &polls_, &snapshots_}) {
    send(*waiting);
  }
  return meta_;
}

}  // namespace fleetmeter::push
