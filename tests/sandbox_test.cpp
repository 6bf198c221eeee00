#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "support/catch.hpp"
#include "support/sandboxing.hpp"

namespace fleetmeter {

using namespace sandboxing;

// ---- what must work

TEST_CASE("sandbox: ordinary questions are answered") {
  const SmallStore small;
  CHECK(integer_at(ask(small, "SELECT count(*) FROM process")) == 2);
  CHECK(integer_at(ask(small, "SELECT 1;")) == 1);
  CHECK(integer_at(ask(small, "  -- a comment\n SELECT 1 -- another\n; -- and one more\n")) == 1);
  CHECK(integer_at(ask(small, "VALUES (7)")) == 7);
  CHECK(integer_at(ask(small, "SELECT max(egressed_bytes) FROM observation")) == 9007199254740993);
  CHECK(integer_at(ask(small, "SELECT count(*) FROM sqlite_schema WHERE type = 'table'")) > 5);
  CHECK(integer_at(ask(small, "SELECT count(*) FROM json_each('[1,2,3]')")) == 3);
  CHECK(integer_at(ask(small, "SELECT count(*) FROM json_tree('{\"a\":[1]}')")) == 3);
  CHECK(integer_at(ask(small, "SELECT json_extract('{\"a\":5}', '$.a')")) == 5);
  CHECK(integer_at(ask(small,
                       "SELECT row_number() OVER (ORDER BY process_id DESC) FROM process "
                       "ORDER BY process_id LIMIT 1")) == 2);
  CHECK(integer_at(ask(small,
                       "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c "
                       "WHERE x < 1000) SELECT sum(x) FROM c")) == 500'500);
  CHECK(integer_at(ask(small, "SELECT unixepoch('2024-11-01T08:30:00Z')")) == 1'730'449'800);
  CHECK(integer_at(ask(small, "SELECT length(printf('%s', hex(zeroblob(1000))))")) == 2000);
  CHECK(integer_at(ask(small, "SELECT count(*) FROM process AS a, process AS b ORDER BY 1")) == 4);
  CHECK(integer_at(ask(small, "SELECT count(*) FROM pragma_table_info('process')")) > 3);
  CHECK_FALSE(ask(small, "EXPLAIN QUERY PLAN SELECT * FROM process").rows.empty());
  CHECK(ask(small, "SELECT process_id FROM process WHERE 0").names ==
        std::vector<std::string>{"process_id"});
}

TEST_CASE("sandbox: every type of value comes out as it is") {
  const SmallStore small;
  const Table table =
      ask(small, "SELECT NULL, -9223372036854775808, 1.5, 'a' || char(0) || 'b', x'00ff', ''");
  REQUIRE(table.rows.size() == 1);
  CHECK(table.rows[0] == std::vector<Cell>{nullptr, std::int64_t{-9223372036854775807 - 1}, 1.5,
                                           std::string("a\0b", 3), Bytes{std::string("\0\xFF", 2)},
                                           std::string()});
}

TEST_CASE("sandbox: at most so many rows") {
  const SmallStore small;
  SqlLimits limits;
  limits.max_rows = 5;
  CHECK(ask(small, std::string(kForever) + "SELECT x FROM c", limits).rows.size() == 5);
  limits.max_rows = 1;
  CHECK(ask(small, "SELECT 1 WHERE 0", limits).rows.empty());
}

TEST_CASE("sandbox: a time limit of any size is a time limit") {
  const SmallStore small;
  for (const std::int64_t timeout_ms :
       {std::int64_t{1000}, std::int64_t{86'400'000} * 365, std::int64_t{86'400'000} * 60'000,
        std::int64_t{86'400'000} * 200'000, std::int64_t{9223372036854775807} / 4}) {
    SqlLimits limits;
    limits.timeout_ms = timeout_ms;
    const Ending ending = attack(small, "SELECT 1", limits);
    INFO(timeout_ms << " ms: " << ending.message);
    CHECK(ending.kind == Ending::Kind::rows);
  }
}

// ---- what must not

TEST_CASE("sandbox: whatever writes, reaches out or changes settings is refused") {
  const SmallStore small;
  const std::string before = small.state();
  const std::string other = (small.folder() / "other.db").string();
  const std::vector<std::string> attacks{
      "ATTACH '" + other + "' AS x",
      "ATTACH ':memory:' AS x",
      "DETACH main",
      "VACUUM",
      "VACUUM INTO '" + other + "'",
      "SELECT load_extension('/tmp/evil.so')",
      "SELECT fts3_tokenizer('simple')",
      "SELECT fts3_tokenizer('simple', x'4141414141414141')",
      "SELECT fts3_tokenizer(?)",
      "PRAGMA writable_schema = 1",
      "PRAGMA query_only = 0",
      "PRAGMA journal_mode = DELETE",
      "PRAGMA user_version = 99",
      "PRAGMA application_id = 1",
      "PRAGMA trusted_schema = 1",
      "PRAGMA hard_heap_limit = 0",
      "PRAGMA temp_store_directory = '/tmp'",
      "PRAGMA wal_checkpoint(TRUNCATE)",
      "PRAGMA optimize",
      "CREATE TABLE x (y)",
      "CREATE TEMP TABLE x (y)",
      "CREATE TEMP TABLE x AS SELECT 1",
      "CREATE TEMP VIEW x AS SELECT 1",
      "CREATE TEMP TRIGGER x AFTER INSERT ON process BEGIN SELECT 1; END",
      "CREATE VIRTUAL TABLE x USING fts5(y)",
      "CREATE VIRTUAL TABLE temp.x USING rtree(a, b, c)",
      "CREATE INDEX x ON process (process_id)",
      "DROP TABLE process",
      "ALTER TABLE process RENAME TO x",
      "INSERT INTO label VALUES (99, 'x')",
      "INSERT INTO label VALUES (99, 'x') RETURNING label",
      "REPLACE INTO label VALUES (1, 'x')",
      "UPDATE process SET process_id = 'x'",
      "UPDATE sqlite_schema SET sql = 'x'",
      "DELETE FROM process",
      "DELETE FROM process RETURNING process_id",
      "WITH x AS (SELECT 1) DELETE FROM process",
      "REINDEX",
      "ANALYZE",
      "BEGIN",
      "BEGIN EXCLUSIVE",
      "SAVEPOINT x",
      "COMMIT",
      "ROLLBACK",
      "SELECT 1; DELETE FROM process",
      "SELECT 1; SELECT 2",
      "SELECT 1;;; DROP TABLE process",
      "SELECT 1 /* ; */ ; /* x */ PRAGMA user_version = 3",
      "SELECT * FROM pragma_optimize",
      "SELECT * FROM pragma_wal_checkpoint",
      "SELECT * FROM pragma_journal_mode('delete')",
      "SELECT * FROM fts5vocab",
      "SELECT readfile('/etc/passwd')",
      "SELECT writefile('/tmp/x', 'y')",
      "SELECT edit('x')",
      "SELECT \"typo\"",
      "SELECT nothing FROM process",
      "SELEC 1",
      "SELECT :missing",
      "SELECT ?1",
      "",
      " ;; -- nothing",
  };
  for (const std::string& sql : attacks) {
    const Ending ending = attack(small, sql, tight());
    INFO(sql << "\n" << ending.message);
    CHECK(ending.kind == Ending::Kind::refused);
    CHECK_FALSE(ending.message.empty());
  }
  CHECK(small.state() == before);
  CHECK(integer_at(ask(small, "SELECT count(*) FROM process")) == 2);
}

TEST_CASE("sandbox: text behind a NUL is not ignored") {
  const SmallStore small;
  const Ending ending = attack(small, std::string("SELECT 1\0; DROP TABLE process", 29), tight());
  INFO(ending.message);
  CHECK(ending.kind == Ending::Kind::refused);
}

TEST_CASE("sandbox: errors show the place") {
  const SmallStore small;
  const auto message = [&](const std::string& sql) {
    try {
      ask(small, sql);
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no error");
  };
  const std::string shown = message("SELECT process_id,\n       nothing\nFROM process");
  CHECK_THAT(shown, Catch::StartsWith("sql:2:8: "));
  CHECK_THAT(shown, Catch::Contains("\n       nothing\n       ^"));
  CHECK_THAT(message("SELECT \"typo\""), Catch::Contains("typo"));
  CHECK_THAT(message("SELECT 1 FROM"), Catch::Contains("incomplete input"));
  const std::string hostile = message("SELECT \x1b[31m");
  CHECK(hostile.find('\x1b') == std::string::npos);
}

}  // namespace fleetmeter
