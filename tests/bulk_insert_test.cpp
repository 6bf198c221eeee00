// Rows that are written many at a time.

#include "store/bulk_insert.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "fleetmeter/error.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using store::BulkInsert;

constexpr sql::SqlText kAdd{"queries/add.sql",
                            "-- add: a row.\n"
                            "INSERT INTO said (no, what, behind)\n"
                            "VALUES (\n  :no, :what, :at - coalesce(:from, 0)\n);\n"};

SQLite::Database empty_db() {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec("CREATE TABLE said (no INTEGER PRIMARY KEY, what ANY, behind INTEGER) STRICT");
  return db;
}

std::string rows_of(SQLite::Database& db) {
  return db
      .execAndGet(
          "SELECT group_concat(no || ' ' || typeof(what) || ' ' || "
          "CASE WHEN typeof(what) = 'blob' THEN hex(what) ELSE ifnull(what, '-') END || ' ' || "
          "ifnull(behind, '-'), '; ') FROM (SELECT * FROM said ORDER BY no)")
      .getString();
}

}  // namespace

TEST_CASE("bulk insert: a value of every type comes through as it was given", "[bulk_insert]") {
  SQLite::Database db = empty_db();
  BulkInsert rows(db, kAdd, {":no", ":what", ":at", ":from"});
  const std::optional<std::int64_t> absent;
  rows.add(std::int64_t{1}, absent, std::int64_t{5}, absent);
  rows.add(std::int64_t{2}, normalise::Number{model::LooseNumber::Kind::integer, 7, 0, {}}, absent,
           std::int64_t{3});
  rows.add(std::int64_t{3}, normalise::Number{model::LooseNumber::Kind::real, 0, 0.5, {}},
           std::int64_t{9}, std::int64_t{4});
  rows.add(std::int64_t{4}, normalise::Number{model::LooseNumber::Kind::text, 0, 0, "1e999"},
           absent, absent);
  rows.add(std::int64_t{5}, std::string_view(), absent, absent);
  rows.add(std::int64_t{6}, store::Blob{std::string_view("a\0b", 3)}, absent, absent);
  CHECK(rows_of(db).empty());
  rows.flush();
  CHECK(rows_of(db) ==
        "1 null - 5; 2 integer 7 -; 3 real 0.5 5; 4 text 1e999 -; 5 text  -; 6 blob 610062 -");
}

TEST_CASE("bulk insert: many rows are written before they are too many", "[bulk_insert]") {
  SQLite::Database db = empty_db();
  BulkInsert rows(db, kAdd, {":no", ":what", ":at", ":from"});
  BulkInsert others(db, kAdd, {":no", ":what", ":at", ":from"});
  const std::optional<std::int64_t> absent;
  for (std::int64_t no = 1; no <= 5000; ++no) {
    rows.add(no, std::string_view(std::to_string(no)), no, absent);
  }
  others.add(std::int64_t{0}, std::string_view("0"), std::int64_t{0}, absent);
  CHECK(db.execAndGet("SELECT count(*) FROM said").getInt() > 2500);
  rows.flush();
  others.flush();
  rows.flush();
  CHECK(db.execAndGet("SELECT count(*) FROM said WHERE what = no AND behind = no").getInt() ==
        5001);
}

TEST_CASE("bulk insert: what cannot be written is an error", "[bulk_insert]") {
  SQLite::Database db = empty_db();
  BulkInsert rows(db, kAdd, {":no", ":what", ":at", ":from"});
  const std::optional<std::int64_t> absent;
  CHECK_THROWS_AS(rows.add(std::int64_t{1}, absent), Error);
  CHECK_THROWS_AS(BulkInsert(db, kAdd, {":no", ":what", ":at"}), Error);
  CHECK_THROWS_AS(BulkInsert(db, {"queries/ask.sql", "SELECT 1"}, {":no"}), Error);
  rows.add(std::int64_t{1}, absent, absent, absent);
  rows.add(std::int64_t{1}, absent, absent, absent);
  CHECK_THROWS_AS(rows.flush(), SQLite::Exception);
}
