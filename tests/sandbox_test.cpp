#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "store/sandbox.hpp"
#include "support/catch.hpp"

namespace fleetmeter {

namespace {

namespace fs = std::filesystem;

/// A small store in a folder of its own.
class SmallStore {
 public:
  SmallStore() {
    std::string name = (fs::temp_directory_path() / "fleetmeter-sandbox-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    folder_ = name;
    const fs::path archive = folder_ / "2024-11-01T08-30-00Z.json";
    std::ofstream(archive) << R"([
      {"processId":"p1","appId":"app-1","deploymentId":1,"region":"Tokyo",
       "startedAt":"2024-11-01T08:00:00Z","egressedBytes":1000},
      {"processId":"p2","appId":"app-1","deploymentId":2,"region":"London",
       "startedAt":"2024-11-01T08:10:00Z","egressedBytes":9007199254740993}])";
    const auto reports = Store::open_or_create(path()).ingest({archive.string()});
    REQUIRE(reports.size() == 1);
    REQUIRE(reports[0].processes == 2);
  }
  ~SmallStore() {
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  SmallStore(const SmallStore&) = delete;
  SmallStore& operator=(const SmallStore&) = delete;

  [[nodiscard]] std::string path() const { return (folder_ / "small.db").string(); }
  [[nodiscard]] fs::path folder() const { return folder_; }

  /// What must never change: the store, its log, and what else lies in the folder.
  [[nodiscard]] std::string state() const {
    std::vector<std::string> lines;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      const std::string name = entry.path().filename().string();
      if (name != "small.db-shm" && name != "small.db-wal") {
        std::ifstream file(entry.path(), std::ios::binary);
        lines.push_back(name + ' ' + std::string{std::istreambuf_iterator<char>(file), {}});
      }
    }
    std::error_code failure;
    const auto log = fs::file_size(path() + "-wal", failure);
    lines.push_back(failure || log == 0 ? "no log" : "a log");
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (const std::string& line : lines) {
      all += line + '\n';
    }
    return all;
  }

 private:
  fs::path folder_;
};

Table ask(const SmallStore& small, const std::string& sql, const SqlLimits& limits = {}) {
  Table table;
  Store::open(small.path()).sql(sql, table, limits);
  return table;
}

/// How one statement ended in a process of its own.
struct Ending {
  enum class Kind { rows, refused, stopped, crashed };
  Kind kind = Kind::crashed;
  std::string message;
  double seconds = 0;
  long peak_kib = 0;
};

/// Counts rows and forgets them, as a writer to a file does.
class Counting final : public RowSink {
 public:
  void columns(const std::vector<std::string>& /*names*/) override {}
  void row(const std::vector<Cell>& /*cells*/) override {}
};

[[noreturn]] void attack_here(const SmallStore& small, const std::string& sql, SqlLimits limits,
                              int report) {
  // As the command line chooses, which has this process to itself.
  limits.process.limit_memory = true;
  limits.process.on_overrun = [] { _exit(static_cast<int>(ErrorKind::busy)); };
  std::string message;
  int code = 0;
  try {
    Counting sink;
    Store::open(small.path()).sql(sql, sink, limits);
  } catch (const Error& error) {
    code = error.exit_code();
    message = error.what();
  } catch (const std::exception& error) {
    code = 99;
    message = error.what();
  }
  static_cast<void>(!write(report, message.data(), message.size()));
  _exit(code);
}

/// Runs a statement in a child, because the watchdog may end its process.
Ending attack(const SmallStore& small, const std::string& sql, const SqlLimits& limits) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    close(ends[0]);
    alarm(60);
    std::signal(SIGXFSZ, SIG_IGN);
    attack_here(small, sql, limits, ends[1]);
  }
  close(ends[1]);
  Ending ending;
  std::array<char, 4096> piece{};
  for (ssize_t count = 0; (count = read(ends[0], piece.data(), piece.size())) > 0;) {
    ending.message.append(piece.data(), static_cast<std::size_t>(count));
  }
  close(ends[0]);
  int status = 0;
  rusage usage{};
  REQUIRE(wait4(child, &status, 0, &usage) == child);
  ending.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  ending.peak_kib = usage.ru_maxrss;
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  ending.kind = code == 0                                    ? Ending::Kind::rows
                : code == static_cast<int>(ErrorKind::busy)  ? Ending::Kind::stopped
                : code == static_cast<int>(ErrorKind::usage) ? Ending::Kind::refused
                                                             : Ending::Kind::crashed;
  if (ending.kind == Ending::Kind::crashed) {
    ending.message += " (exit " + std::to_string(code) + ")";
  }
  return ending;
}

SqlLimits tight() {
  SqlLimits limits;
  limits.timeout_ms = 300;
  limits.max_memory_bytes = 64LL * 1024 * 1024;
  return limits;
}

std::int64_t integer_at(const Table& table) {
  return std::get<std::int64_t>(table.rows.at(0).at(0));
}

constexpr const char* kForever = "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) ";

}  // namespace

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

TEST_CASE("sandbox: what takes too long or too much is stopped") {
  const SmallStore small;
  const std::string before = small.state();
  const std::string forever(kForever);
  std::string many_tables = "SELECT count(*) FROM process AS t0";
  for (int i = 1; i < 60; ++i) {
    many_tables += ", json_each('[1,2,3,4,5,6,7,8,9]') AS t" + std::to_string(i);
  }
  std::string laughs = "WITH a0 AS (SELECT 1 AS x)";
  for (int i = 1; i <= 40; ++i) {
    const std::string last = "a" + std::to_string(i - 1);
    laughs +=
        ", a" + std::to_string(i) + " AS (SELECT l.x FROM " + last + " AS l, " + last + " AS r)";
  }
  const std::vector<std::string> attacks{
      forever + "SELECT count(*) FROM c",
      forever + "SELECT x FROM c",
      forever + "SELECT x FROM c ORDER BY x DESC",
      forever + "SELECT group_concat(x) FROM c",
      forever + "SELECT json_group_array(x) FROM c",
      forever + "SELECT count(DISTINCT x) FROM c",
      forever + "SELECT sum(x) OVER (ORDER BY -x) FROM c",
      forever + "SELECT a.x FROM c AS a, c AS b WHERE a.x = -b.x",
      many_tables,
      laughs + " SELECT count(*) FROM a40",
      "SELECT zeroblob(1000000000)",
      "SELECT hex(zeroblob(1000000000))",
      "SELECT length(replace(hex(zeroblob(10000000)), '0', hex(zeroblob(10000000))))",
      "SELECT printf('%.*c', 2000000000, 'x')",
      "SELECT quote(zeroblob(200000000))",
      "SELECT randomblob(1000000000)",
      "SELECT instr(hex(zeroblob(30000000)), hex(zeroblob(14000000)) || 'x')",
      "SELECT " + std::string(5000, '(') + "1" + std::string(5000, ')'),
      "SELECT " +
          [] {
            std::string sum = "1";
            for (int i = 0; i < 5000; ++i) {
              sum += "+1";
            }
            return sum;
          }(),
      "SELECT 1" +
          [] {
            std::string all;
            for (int i = 0; i < 5000; ++i) {
              all += " UNION ALL SELECT 1";
            }
            return all;
          }(),
      "SELECT '" + std::string(2'000'000, 'x') + "'",
      "SELECT json_extract('" + std::string(100'000, '[') + "', '$[0]')",
      forever + "SELECT count(*) FROM c WHERE instr(hex(zeroblob(100000)), x || 'x') = 1",
      forever + "SELECT count(*) FROM c, dbstat",
  };
  for (const std::string& sql : attacks) {
    const Ending ending = attack(small, sql, tight());
    INFO(sql.substr(0, 300) << "\n" << ending.message << "\n" << ending.seconds << " s");
    CHECK((ending.kind == Ending::Kind::refused || ending.kind == Ending::Kind::stopped));
    CHECK(ending.seconds < 15);
    CHECK(ending.peak_kib < 512 * 1024);
  }
  CHECK(small.state() == before);
}

TEST_CASE("sandbox: patterns that once took forever are answered") {
  const SmallStore small;
  std::string pattern;
  for (int i = 0; i < 400; ++i) {
    pattern += "%0";
  }
  for (const std::string& sql :
       {"SELECT hex(zeroblob(1000000)) LIKE '" + pattern + "x'",
        std::string("SELECT hex(zeroblob(1000000)) GLOB '*0*0*0*0*0*0*0*0*0*0*0*0x'")}) {
    const Ending ending = attack(small, sql, tight());
    INFO(ending.message);
    CHECK(ending.kind != Ending::Kind::crashed);
    CHECK(ending.seconds < 15);
  }
}

TEST_CASE("sandbox: a value that memory is too small for is an error, never an empty value") {
  const SmallStore small;
  SqlLimits limits;
  limits.max_memory_bytes = 16LL * 1024 * 1024;
  for (const char* sql :
       {"SELECT zeroblob(30000000)", "SELECT zeroblob(9000000), zeroblob(9000000)",
        "SELECT x FROM (SELECT zeroblob(30000000) AS x)", "SELECT hex(zeroblob(12000000))"}) {
    const Ending ending = attack(small, sql, limits);
    INFO(sql << "\n" << ending.message);
    CHECK(ending.kind == Ending::Kind::refused);
  }
}

TEST_CASE("sandbox: the memory limit ends with the statement") {
  const SmallStore small;
  SqlLimits limits;
  limits.max_memory_bytes = 8LL * 1024 * 1024;
  CHECK(ask(small, "SELECT length(hex(zeroblob(9000000)))", limits).rows.size() == 1);
  limits.process.limit_memory = true;
  CHECK_THROWS_AS(ask(small, "SELECT hex(zeroblob(9000000))", limits), Error);
  CHECK(ask(small, "SELECT length(hex(zeroblob(9000000)))").rows.size() == 1);
}

TEST_CASE("sandbox: sorting does not fill the disk") {
  const SmallStore small;
  const fs::path folder = small.folder() / "tmp";
  fs::create_directory(folder);
  // SQLite writes its temporary files where this points; they must not grow past the memory limit.
  const Ending ending = [&] {
    setenv("SQLITE_TMPDIR", folder.c_str(), 1);
    SqlLimits limits = tight();
    limits.timeout_ms = 3000;
    rlimit old{};
    getrlimit(RLIMIT_FSIZE, &old);
    const rlimit small_files{std::min<rlim_t>(96 * 1024 * 1024, old.rlim_max), old.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small_files);
    Ending out =
        attack(small, std::string(kForever) + "SELECT hex(randomblob(1000)) AS r FROM c ORDER BY r",
               limits);
    setrlimit(RLIMIT_FSIZE, &old);
    unsetenv("SQLITE_TMPDIR");
    return out;
  }();
  INFO(ending.message);
  CHECK((ending.kind == Ending::Kind::refused || ending.kind == Ending::Kind::stopped));
}

TEST_CASE("sandbox: a statement of ours sorts on disk, and so in little memory") {
  const SmallStore small;
  const sql::SqlText long_sort{
      "long_sort.sql",
      "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 400000) "
      "SELECT count(*) FROM "
      "(SELECT row_number() OVER (ORDER BY wide) FROM (SELECT printf('%100d', x) AS wide FROM c))"};
  store::SandboxLimits limits;
  limits.max_memory_bytes = 16LL * 1024 * 1024;
  limits.limits_process_memory = true;
  Table refused;
  CHECK_THROWS_AS(store::run_sandboxed(small.path(), long_sort, {}, limits, refused), Error);
  limits.sorts_on_disk = true;
  Table counted;
  store::run_sandboxed(small.path(), long_sort, {}, limits, counted);
  CHECK(integer_at(counted) == 400'000);
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
