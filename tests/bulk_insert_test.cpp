// Rows that are written many at a time.

#include "store/bulk_insert.hpp"

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "fleetmeter/error.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using store::BulkInsert;

/// A type as the build makes one from a contract with every kind of column.
struct Add {
  static constexpr sql::SqlText kBulk{
      "queries/add.sql",
      "INSERT OR FAIL INTO said (no, what, behind) "
      "SELECT waiting.\"no\", waiting.\"what\", waiting.\"at\" - coalesce(waiting.\"from\", 0) "
      "FROM waiting_add AS waiting"};
  static constexpr int kParameters = 4;
  static constexpr const char* kWaiting = "waiting_add";
  static constexpr const char* kWaitingTable =
      "CREATE TABLE waiting (\"no\", \"what\", \"at\", \"from\")";
  struct In {
    std::int64_t no;
    sql::ValueView what;
    std::optional<std::int64_t> at;
    std::optional<std::int64_t> from;
  };
  template <class Put>
  static void put(const In& in, Put&& to) {
    to(1, in.no);
    to(2, in.what);
    to(3, in.at);
    to(4, in.from);
  }
};

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
  BulkInsert<Add> rows(db);
  rows.add({.no = 1, .what = nullptr, .at = 5, .from = {}});
  rows.add({.no = 2, .what = std::int64_t{7}, .at = {}, .from = 3});
  rows.add({.no = 3, .what = 0.5, .at = 9, .from = 4});
  rows.add({.no = 4, .what = std::string_view("1e999"), .at = {}, .from = {}});
  rows.add({.no = 5, .what = std::string_view(), .at = {}, .from = {}});
  rows.add({.no = 6, .what = sql::Blob{std::string_view("a\0b", 3)}, .at = {}, .from = {}});
  CHECK(rows_of(db).empty());
  rows.flush();
  CHECK(rows_of(db) ==
        "1 null - 5; 2 integer 7 -; 3 real 0.5 5; 4 text 1e999 -; 5 text  -; 6 blob 610062 -");
}

TEST_CASE("bulk insert: many rows are written before they are too many", "[bulk_insert]") {
  SQLite::Database db = empty_db();
  BulkInsert<Add> rows(db);
  for (std::int64_t no = 1; no <= 5000; ++no) {
    const std::string text = std::to_string(no);
    rows.add({.no = no, .what = std::string_view(text), .at = no, .from = {}});
  }
  CHECK(db.execAndGet("SELECT count(*) FROM said").getInt() > 2500);
  rows.flush();
  rows.flush();
  CHECK(db.execAndGet("SELECT count(*) FROM said WHERE what = no AND behind = no").getInt() ==
        5000);
}

TEST_CASE("bulk insert: what cannot be written is an error", "[bulk_insert]") {
  SQLite::Database db = empty_db();
  BulkInsert<Add> rows(db);
  rows.add({.no = 1, .what = nullptr, .at = {}, .from = {}});
  BulkInsert<Add> others(db);  // the first one's rows would go to these
  CHECK_THROWS_AS(others.add({.no = 2, .what = nullptr, .at = {}, .from = {}}), Error);
  rows.add({.no = 1, .what = nullptr, .at = {}, .from = {}});
  CHECK_THROWS_AS(rows.flush(), SQLite::Exception);
}
