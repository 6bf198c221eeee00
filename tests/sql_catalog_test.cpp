// Every SQL file against its contract, and the migrations against the schema.

#include "sql/catalog.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "fleetmeter/error.hpp"
#include "sql/contract.hpp"
#include "store/control_sums.hpp"
#include "store/statement.hpp"
#include "support/catch.hpp"

namespace {

namespace sql = fleetmeter::sql;

SQLite::Database migrated() {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (const auto* step : sql::all_migrations) {
    db.exec(std::string(step->text));
  }
  return db;
}

std::string squeezed(std::string text) {
  text = std::regex_replace(text, std::regex("--[^\n]*"), "");
  text = std::regex_replace(text, std::regex("\\s+"), " ");
  return std::regex_replace(text, std::regex(" ?([(),]) ?"), "$1");
}

std::map<std::string, std::string> shape(SQLite::Database& db) {
  std::map<std::string, std::string> objects;
  SQLite::Statement rows(db,
                         "SELECT type || ' ' || name, sql FROM sqlite_schema "
                         "WHERE sql IS NOT NULL");
  while (rows.executeStep()) {
    objects.emplace(rows.getColumn(0).getString(), squeezed(rows.getColumn(1).getString()));
  }
  return objects;
}

std::set<std::string> names_of(const std::vector<sql::Declared>& declared) {
  std::set<std::string> names;
  for (const auto& one : declared) {
    names.insert(one.name);
  }
  return names;
}

/// Checks one file; `reads` for a SELECT that must give columns and change nothing.
void check_contract(SQLite::Database& db, const sql::SqlText& file, bool reads) {
  INFO(file.path);
  const sql::Contract contract = sql::parse_contract(file);
  const std::string stem(file.path.substr(file.path.find_last_of('/') + 1));
  CHECK(contract.name + ".sql" == stem);
  CHECK_FALSE(contract.summary.empty());

  sqlite3_stmt* raw = nullptr;
  const char* tail = nullptr;
  REQUIRE(sqlite3_prepare_v2(db.getHandle(), file.text.data(), static_cast<int>(file.text.size()),
                             &raw, &tail) == SQLITE_OK);
  std::set<std::string> parameters;
  for (int i = 1; i <= sqlite3_bind_parameter_count(raw); ++i) {
    const char* name = sqlite3_bind_parameter_name(raw, i);
    REQUIRE(name != nullptr);
    parameters.emplace(name + 1);
  }
  std::vector<std::string> columns;
  for (int i = 0; i < sqlite3_column_count(raw); ++i) {
    columns.emplace_back(sqlite3_column_name(raw, i));
  }
  std::vector<std::string> declared;
  for (const auto& column : contract.out) {
    declared.push_back(column.name);
  }
  CHECK(parameters == names_of(contract.in));
  CHECK(columns == declared);
  CHECK((sqlite3_stmt_readonly(raw) != 0) == reads);
  CHECK(std::string(tail).find_first_not_of(" \n") == std::string::npos);
  sqlite3_finalize(raw);
}

/// Whether a file is about observations that were moved to a file, and are had again.
bool is_bringing(const sql::SqlText& file) {
  return file.path.find("bring_") != std::string_view::npos ||
         file.path.find("brought_") != std::string_view::npos;
}

}  // namespace

TEST_CASE("every SQL file's contract states exactly its parameters and columns", "[sql]") {
  SQLite::Database db = migrated();
  fleetmeter::store::add_row_sum(db);
  for (const auto* file : sql::all_queries) {
    check_contract(db, *file, true);
    CHECK(std::string(file->text).find("ORDER BY") != std::string::npos);
    CHECK_FALSE(sql::parse_contract(*file).rows.empty());
  }
  for (const auto* file : sql::all_queries_ask) {
    check_contract(db, *file, true);
  }
  for (const auto* file : sql::all_queries_ingest) {
    const bool reads = file->text.find("\nSELECT") != std::string_view::npos;
    check_contract(db, *file, reads);
  }
}

TEST_CASE("what shows moved observations states its parameters and columns", "[sql]") {
  SQLite::Database db = migrated();
  for (const auto* file :
       {&sql::queries::known::bring_observations, &sql::queries::known::see_brought_observations}) {
    check_contract(db, *file, false);
    db.exec(std::string(file->text));
  }
  check_contract(db, sql::queries::known::add_brought_observation, false);
  std::size_t bringing = 0;
  for (const auto* file : sql::all_queries_known) {
    bringing += is_bringing(*file) ? 1U : 0U;
  }
  CHECK(bringing == 3);
}

TEST_CASE("what shows a store as it was known states its parameters and columns", "[sql]") {
  SQLite::Database db = migrated();
  const auto is_showing = [](const sql::SqlText& file) {
    return file.path.starts_with("queries/known/show_");
  };
  db.exec("CREATE TEMP TABLE process_meter AS SELECT * FROM main.process_meter");
  for (const auto* file : sql::all_queries_known) {
    if (is_showing(*file)) {
      check_contract(db, *file, false);
      if (file->path != "queries/known/show_place.sql") {
        db.exec(std::string(file->text));
      }
    }
  }
  db.exec(std::string(sql::queries::known::show_place.text));  // it is filled when it is made
  for (const auto* file : sql::all_queries_known) {
    if (!is_showing(*file) && !is_bringing(*file)) {
      check_contract(db, *file,
                     file->path.starts_with("queries/known/list_") ||
                         file->path.starts_with("queries/known/find_"));
    }
  }
  // Each shows the columns that the store's own table has.
  for (const char* table :
       {"made_good", "observation", "place", "port", "process", "process_activity",
        "process_attribute", "process_room", "reject", "room", "room_allocation", "room_fact",
        "set_aside", "snapshot", "source", "store_span"}) {
    INFO(table);
    const auto columns = [&](const std::string& schema) {
      std::set<std::string> names;
      SQLite::Statement rows(db, "SELECT name FROM pragma_table_xinfo(?, ?)");
      rows.bind(1, table);
      rows.bind(2, schema);
      while (rows.executeStep()) {
        names.insert(rows.getColumn(0).getString());
      }
      return names;
    };
    CHECK(columns("temp") == columns("main"));
    CHECK_FALSE(columns("main").empty());
  }
}

TEST_CASE("every migration ends by stating its own number", "[sql][migrate]") {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  int number = 0;
  for (const auto* step : sql::all_migrations) {
    INFO(step->path);
    db.exec(std::string(step->text));
    ++number;
    CHECK(db.execAndGet("PRAGMA user_version").getInt() == number);
    CHECK(std::stoi(std::string(step->path.substr(std::string_view("migrations/").size(), 4))) ==
          number);
  }
}

TEST_CASE("migrating an empty store yields exactly schema/", "[sql][migrate]") {
  SQLite::Database by_steps = migrated();
  SQLite::Database by_schema(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (const auto* table : sql::all_schema) {
    by_schema.exec(std::string(table->text));
  }
  CHECK(shape(by_steps) == shape(by_schema));
}

TEST_CASE("every table is STRICT and every table and view says what a row is", "[sql]") {
  for (const auto* file : sql::all_schema) {
    INFO(file->path);
    CHECK(file->text.substr(0, 14) == "-- One row is ");
    const bool is_table = file->text.find("CREATE TABLE") != std::string_view::npos;
    CHECK((!is_table || file->text.find("STRICT") != std::string_view::npos));
  }
}

TEST_CASE("an SQL error points at the file, line and column", "[sql]") {
  SQLite::Database db = migrated();
  const sql::SqlText broken{"queries/broken.sql", "SELECT process_id,\n  regoin\nFROM process"};
  try {
    const fleetmeter::store::Statement unused(db, broken, 0);
    FAIL("compiled");
  } catch (const fleetmeter::Error& error) {
    CHECK(std::string(error.what()) ==
          "queries/broken.sql:2:3: no such column: regoin\n"
          "  regoin\n"
          "  ^");
  }
}

TEST_CASE("a statement refuses a NULL, another type and another number of parameters", "[sql]") {
  SQLite::Database db = migrated();
  const sql::SqlText text{"queries/one.sql",
                          "SELECT process_key, last_seen_ms, process_id FROM process "
                          "WHERE process_id = :id"};
  CHECK_THROWS_AS(fleetmeter::store::Statement(db, text, 2), fleetmeter::Error);
  db.exec("INSERT INTO process (process_id) VALUES ('p')");
  fleetmeter::store::Statement statement(db, text, 1);
  statement.put(1, std::string_view("p"));
  REQUIRE(statement.next());
  std::int64_t value = 0;
  statement.take(0, value);
  CHECK(value == 1);
  CHECK_THROWS_AS(statement.take(1, value), fleetmeter::Error);
  CHECK_THROWS_AS(statement.take(2, value), fleetmeter::Error);
  std::optional<std::int64_t> absent = 7;
  statement.take(1, absent);
  CHECK_FALSE(absent);
}
