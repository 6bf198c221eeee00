// What a statement may use up: time, memory and disk.

#include <sys/resource.h>
#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "fleetmeter/fleetmeter.hpp"
#include "store/sandbox.hpp"
#include "support/catch.hpp"
#include "support/sandboxing.hpp"

namespace fleetmeter {

using namespace sandboxing;

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

}  // namespace fleetmeter
