// The named queries and the views are SQL that PostgreSQL reads as well, with the same answers.
// What it would not read is found here, where there is none to ask; tests/postgres asks one.

#include <algorithm>
#include <set>

#include "sql/catalog.hpp"
#include "support/catch.hpp"
#include "support/sql_lint.hpp"

namespace {

namespace sql = fleetmeter::sql;
using fleetmeter::test::unportable;

/// Views that gather over one process or one room by means that only SQLite has; schema/ says why.
const std::set<std::string_view> kOnlyForSqlite{
    "schema/activity_history.sql", "schema/port_history.sql", "schema/room_config_text.sql",
    "schema/room_on_process.sql", "schema/snapshot_view.sql"};

struct Wrong {
  const char* rule;
  const char* text;
};

const std::vector<Wrong> kWrong{
    {"a subquery in FROM has a name", "SELECT n FROM (SELECT 1 AS n) WHERE n > 0;"},
    {"CROSS JOIN has no ON", "SELECT a.n AS n FROM a CROSS JOIN b ON b.n = a.n;"},
    {"CROSS JOIN has no ON", "SELECT a.n AS n FROM a CROSS JOIN b AS c ON c.n = a.n;"},
    {"JOIN has an ON", "SELECT a.n AS n FROM a JOIN (SELECT 1 AS m) AS b WHERE b.m = a.n;"},
    {"max and min take one value", "SELECT max(0, a.n) AS m FROM a;"},
    {"max and min take one value", "SELECT min(coalesce(a.n, 1), 2) AS m FROM a;"},
    {"no shifts", "SELECT 65536 << a.n AS m FROM a;"},
    {"no shifts", "SELECT a.m >> a.n AS m FROM a;"},
    {"& takes two columns", "SELECT a.m & 3 AS m FROM a;"},
    {"IS asks for NULL only", "SELECT a.n AS n FROM a JOIN b ON a.n IS b.n;"},
    {"IS asks for NULL only", "SELECT a.n AS n FROM a JOIN b ON a.n IS NOT DISTINCT FROM b.n;"},
    {"a product of small numbers is a BIGINT", "SELECT 86400000 * 31 AS month_ms FROM a;"},
    {"a product of small numbers is a BIGINT",
     "SELECT 86400000 * CASE a.n WHEN 2 THEN 28 ELSE 31 END AS month_ms FROM a;"},
    {"a NULL column has a type", "SELECT a.n AS n, NULL AS m FROM a UNION ALL SELECT 1, 2;"},
    {"only functions that both have", "SELECT typeof(a.n) AS kind FROM a;"},
    {"only functions that both have", "SELECT instr(a.t, ' (') AS place FROM a;"},
    {"only functions that both have", "SELECT lower(hex(a.t)) AS digest FROM a;"},
    {"substr counts from the begin", "SELECT substr(a.t, -2) AS t FROM a;"},
    {"a sum is CAST AS BIGINT", "SELECT sum(a.n) / 2 AS half FROM a;"},
    {"a sum is CAST AS BIGINT",
     "WITH t AS (SELECT sum(n) AS m FROM a) SELECT 7 % t.m AS l FROM t;"},
    {"a sum is CAST AS BIGINT",
     "WITH t AS (SELECT sum(n) OVER w AS m FROM a WINDOW w AS ()) SELECT m / 2 AS l FROM t;"},
    {"a comparison is no number", "SELECT a.n < a.m AS is_less FROM a;"},
    {"a comparison is no number", "SELECT max(a.n = 0) AS is_main FROM a;"},
    {"a column has not the name of what it is computed from",
     "SELECT CASE WHEN rule <> 'x' THEN rule ELSE 'y' END AS rule FROM a;"},
    {"a group is made of columns", "SELECT min(a.n) AS n FROM a GROUP BY a.n * 4294967296 + a.m;"},
    {"a group is made of columns", "SELECT min(a.n) AS n FROM a GROUP BY a.n || ' ' || a.m;"},
    {"a column under GROUP BY is grouped by", "SELECT a.n AS n, a.m AS m FROM a GROUP BY a.n;"},
    {"a column under GROUP BY is grouped by",
     "SELECT coalesce(b.t, '') AS t FROM a JOIN b ON b.k = a.k GROUP BY a.k;"},
};

}  // namespace

TEST_CASE("named queries and views are SQL for PostgreSQL too", "[sql]") {
  for (const sql::SqlText* query : sql::all_queries) {
    INFO(query->path);
    CHECK(unportable(query->text) == std::vector<std::string>{});
  }
  for (const sql::SqlText* file : sql::all_schema) {
    const bool is_view = file->text.find("CREATE VIEW") != std::string_view::npos;
    if (is_view) {
      INFO(file->path);
      // A view that need not be left out any more is not.
      CHECK(unportable(file->text).empty() == (kOnlyForSqlite.count(file->path) == 0));
    }
  }
}

TEST_CASE("what PostgreSQL would not read is found, and named", "[sql]") {
  for (const Wrong& wrong : kWrong) {
    INFO(wrong.text);
    const std::vector<std::string> found = unportable(wrong.text);
    CHECK(std::any_of(found.begin(), found.end(),
                      [&](const std::string& one) { return one.rfind(wrong.rule, 0) == 0; }));
    CHECK(found.size() == 1);
  }
}
