// A store that is made at once is the one that all migrations make.

#include <SQLiteCpp/SQLiteCpp.h>

#include <set>
#include <string>

#include "fleetmeter/store.hpp"
#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/new_store.hpp"
#include "store/schema_objects.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;

std::string rows_of(SQLite::Database& db, const std::string& query) {
  std::string rows;
  SQLite::Statement row(db, query);
  while (row.executeStep()) {
    for (int column = 0; column < row.getColumnCount(); ++column) {
      rows += row.getColumn(column).getString() + '|';
    }
    rows += '\n';
  }
  return rows;
}

/// Every row of every table.
std::string contents(SQLite::Database& db) {
  std::string rows;
  SQLite::Statement table(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (table.executeStep()) {
    rows += rows_of(db, "SELECT * FROM " + table.getColumn(0).getString());
  }
  return rows;
}

store::SchemaObjects schema_made_by(const std::string& text) {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE);
  db.exec(text);
  return store::schema_of(db);
}

}  // namespace

TEST_CASE("a new store is what all migrations make", "[migrate][new]") {
  const test::Folder folder;
  SQLite::Database migrated(folder / "migrated.db", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (const sql::SqlText* step : sql::all_migrations) {
    migrated.exec(std::string(step->text));
  }
  static_cast<void>(folder.write("empty.db", ""));
  // Of no file, the store's file is made; an empty one is filled by SQLite.
  for (const char* name : {"absent.db", "empty.db"}) {
    INFO(name);
    static_cast<void>(Store::open_or_create(folder / name));
    SQLite::Database made(folder / name, SQLite::OPEN_READWRITE);
    CHECK(store::schema_of(made) == store::schema_of(migrated));
    CHECK(contents(made) == contents(migrated));
    CHECK(rows_of(made, "PRAGMA user_version") == rows_of(migrated, "PRAGMA user_version"));
    CHECK(made.execAndGet("PRAGMA application_id").getInt64() == store::kApplicationId);
    CHECK(made.execAndGet("PRAGMA page_size").getInt() == 8192);
    CHECK(made.execAndGet("PRAGMA journal_mode").getString() == "wal");
    CHECK(made.execAndGet("PRAGMA encoding").getString() == "UTF-8");
    CHECK(made.execAndGet("PRAGMA auto_vacuum").getInt() == 0);
    CHECK(made.execAndGet("PRAGMA freelist_count").getInt() == 0);
    CHECK(made.execAndGet("PRAGMA integrity_check").getString() == "ok");
  }
}

TEST_CASE("both ways to make a store give the same objects in the same order", "[new]") {
  const test::Folder folder;
  const std::string query = "SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema";
  store::put_empty_store(folder / "store.db");
  SQLite::Database put(folder / "store.db", SQLite::OPEN_READONLY);
  SQLite::Database made(":memory:", SQLite::OPEN_READWRITE);
  made.exec("PRAGMA page_size = 8192");
  store::make_schema(made);
  CHECK(rows_of(put, query) == rows_of(made, query));
}

TEST_CASE("an empty store is put only where nothing is", "[new]") {
  const test::Folder folder;
  for (const char* text : {"", "somebody's"}) {
    const std::string path = folder.write("taken", text);
    store::put_empty_store(path);
    CHECK(std::filesystem::file_size(path) == std::string(text).size());
  }
  store::put_empty_store(folder / "absent/store.db");
  CHECK_FALSE(std::filesystem::exists(folder / "absent"));
  std::filesystem::create_symlink(folder / "elsewhere.db", folder / "link.db");
  static_cast<void>(Store::open_or_create(folder / "link.db"));
  CHECK(Store::open(folder / "elsewhere.db").status().snapshots == 0);
}

TEST_CASE("objects are compared by their statements, not by how these are laid out", "[new]") {
  const store::SchemaObjects plain = schema_made_by("CREATE TABLE t (a INTEGER, b TEXT) STRICT");
  CHECK(schema_made_by(
            "CREATE TABLE t (\n  a INTEGER,  -- it's, one\n  b TEXT  -- two\n) STRICT") == plain);
  CHECK(schema_made_by("CREATE TABLE t (a INTEGER) STRICT; ALTER TABLE t ADD COLUMN b TEXT") ==
        plain);
  CHECK(schema_made_by("CREATE TABLE t (a INTEGER, b BLOB) STRICT") != plain);
  CHECK(schema_made_by("CREATE TABLE t (ab INTEGER, b TEXT) STRICT") != plain);
  CHECK(schema_made_by("CREATE VIEW v AS SELECT 'a -- b'") !=
        schema_made_by("CREATE VIEW v AS SELECT 'a  -- c'"));
  CHECK(schema_made_by("CREATE VIEW v AS SELECT 1 AS a") !=
        schema_made_by("CREATE VIEW v AS SELECT 1 AS A"));
}

TEST_CASE("no two schema versions are alike, so a store's objects tell its version", "[migrate]") {
  std::set<store::SchemaObjects> versions;
  for (std::int64_t version = 1; version <= store::schema_version(); ++version) {
    CHECK(versions.insert(store::schema_at(version)).second);
  }
}
