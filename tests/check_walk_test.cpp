// `check` names a change of any value in any table, but for those that have no second witness: of
// every column, the value of a row in the middle of the table is changed.

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <iterator>
#include <set>

#include "api/check.hpp"
#include "store/connection.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// What may be otherwise without a fault: a block of processes may begin earlier than they do, and
/// the one span of a store may have any key. The list may only become shorter.
const std::set<std::string> kWithoutWitness{"process_block.from_ms", "store_span.store_span_key"};

/// A store that has rows in every table, but for those about pruning: the newest golden dump.
std::string make_store(const Folder& folder) {
  const std::string path = folder / "store.db";
  {
    std::ifstream dump(FLEETMETER_SOURCE_DIR "/tests/golden/schema_0020.sql");
    SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(std::string(std::istreambuf_iterator<char>(dump), {}));
    db.exec("PRAGMA application_id = " + std::to_string(store::kApplicationId));
    db.exec("PRAGMA user_version = 20");
  }
  static_cast<void>(Store::open_to_write(path));  // brings it up to date
  return path;
}

std::vector<std::string> texts(SQLite::Database& db, const std::string& query) {
  std::vector<std::string> all;
  SQLite::Statement row(db, query);
  while (row.executeStep()) {
    all.push_back(row.getColumn(0).getString());
  }
  return all;
}

/// The columns by which a row is found: its key, or its rowid.
std::string key_of(SQLite::Database& db, const std::string& table) {
  std::string key;
  for (const std::string& column :
       texts(db, "SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0 ORDER BY pk")) {
    key += (key.empty() ? "" : ", ") + column;
  }
  return key.empty() ? "rowid" : key;
}

/// Other values for a column, of which one should be possible.
std::vector<std::string> others(const std::string& column) {
  return {
      "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " + 1 WHEN 'text' THEN " +
          column + " || 'x' WHEN 'blob' THEN CAST(" + column +
          " || 'x' AS BLOB) WHEN 'null' THEN 1 ELSE " + column + " + 1 END",
      "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " - 1 ELSE 'x' END",
      "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " + 1000003 ELSE X'78' END"};
}

/// Changes one value; false when nothing else can stand there.
bool change(SQLite::Database& db, const std::string& table, const std::string& column,
            std::int64_t row) {
  const std::string key = key_of(db, table);
  for (const std::string& other : others(column)) {
    try {
      if (db.exec("UPDATE " + table + " SET " + column + " = " + other + " WHERE (" + key +
                  ") IN (SELECT " + key + " FROM " + table + " ORDER BY " + key +
                  " LIMIT 1 OFFSET " + std::to_string(row) + ")") == 1) {
        return true;
      }
    } catch (const SQLite::Exception&) {
      continue;  // another row has this value, or the type forbids it
    }
  }
  return false;
}

bool is_found(SQLite::Database& db) {
  store::Reader reader(db, std::nullopt, Absence::trust);
  return !is_sound(api::check(db, reader));
}

/// Changes one value of each column of some tables, one after another. Gives those of which check
/// said nothing.
std::set<std::string> missed_in(SQLite::Database& db, const std::string& which_tables) {
  REQUIRE_FALSE(is_found(db));
  std::set<std::string> missed;
  for (const std::string& table :
       texts(db, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name " + which_tables +
                     " ORDER BY name")) {
    const std::int64_t rows = db.execAndGet("SELECT count(*) FROM " + table).getInt64();
    INFO(table);
    CHECK(rows > 0);
    for (const std::string& column :
         texts(db, "SELECT name FROM pragma_table_info('" + table + "')")) {
      db.exec("BEGIN");
      if (change(db, table, column, rows / 2) && !is_found(db)) {
        missed.insert(table + '.' + column);
      }
      db.exec("ROLLBACK");
    }
  }
  return missed;
}

}  // namespace

TEST_CASE("check names a change of any value that has a second witness", "[check]") {
  const Folder folder;
  const std::string path = make_store(folder);
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    db.exec("PRAGMA foreign_keys = OFF");
    db.exec("PRAGMA ignore_check_constraints = ON");
    CHECK(missed_in(db, "NOT LIKE 'pruned_%'") == kWithoutWitness);
  }
  Store store = Store::open_to_write(path);
  store.ingest(
      {folder.write("late.json", R"({"observedAt":"2024-11-20T00:00:00Z","processes":[]})")});
  const std::int64_t before_ms = 1'731'628'800'000;  // 15 November
  REQUIRE(store.prune({before_ms, folder.path(), false}).processes > 0);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  db.exec("PRAGMA foreign_keys = OFF");
  db.exec("PRAGMA ignore_check_constraints = ON");
  CHECK(missed_in(db, "LIKE 'pruned_%'") == std::set<std::string>{});
}
