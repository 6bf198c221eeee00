// docs/fast-questions.md: which filters of views an index answers, as SQLite's plans say.

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "sql/catalog.hpp"
#include "support/catch.hpp"
#include "support/pages.hpp"

namespace {

namespace sql = fleetmeter::sql;

const char* const kIntroduction =
    R"(# Which questions are fast

Generated from the views' plans; do not edit. It tells how a store of tens of millions of
observations is asked without reading all of them.

The times here are those of a store of 22 million observations, 500,000 processes and 4 million
rooms in 30 days, on a virtual machine with two cores.

## Commands and named queries

- `billing`, `egress`, `cost` and `reconcile` read sums, a few hundred rows for each end of the
  window: milliseconds, whatever the window.
- A named query about processes looks for those of its window by two small indexes of
  `process_meter`: a few milliseconds for an hour, 0.1 s for a day. A window that is an eighth of
  the store or more is read from end to end, because that is quicker then: 0.2 to 1 s for the month.
- `room_time_by_region`, `rooms_by_process` and `idle_time_by_deployment` read the one fact and the
  one allocation of every room, because the rows of a room say themselves when it was there: 0.2 µs
  a room for a short window, 1 to 2 µs for the month.
- `anomalies` reads the observations of a process only where its summary cannot tell that nothing is
  odd. Where running lists were saved it reads which snapshots hold the process as well.

`fleetmeter query --show NAME` prints a query; `EXPLAIN QUERY PLAN` before it shows its plan.

## Filters of views

Any SQLite client may ask the views. *Index* means: SQLite goes to the rows that fit. *All* means:
it reads a table from end to end, and works out the column for each row. `=` stands for a value,
`..` for two bounds, as in `observed_at_ms >= 1730451600000 AND observed_at_ms < 1730455200000`.
Give both: for one bound SQLite assumes that a quarter of the store fits, and reads all of it.

)";

const char* const kAdvice =
    R"(
The indexes for first_seen_ms and region take 0.6 bytes an observation there.

Where a filter by time reads all, name the processes first: they are found by an index.

```sql
SELECT *
FROM port_history
WHERE process_id IN (
  SELECT process_id
  FROM process_latest
  WHERE first_seen_ms >= 1730192400000  -- the longest life, 72 hours, before the hour
    AND first_seen_ms < 1730455200000
    AND last_seen_ms >= 1730451600000
);
```

`SELECT region, count(*) FROM process_latest GROUP BY region` takes 0.5 s. A column that is not
named is not looked up: `SELECT *` of that view takes four times as long.

## The plans

As SQLite 3.40.1 explains them, in a store that was not analysed (`ANALYZE`).
)";

struct Filter {
  std::string column;
  std::string sign;
  std::string text;
};

const std::vector<Filter> kFilters{
    {"process_id", "=", " = 'p'"},
    {"room_id", "=", " = 'r'"},
    {"process_key", "=", " = 1"},
    {"snapshot_seq", "=", " = 1"},
    {"region", "=", " = 'Tokyo'"},
    {"observed_at_ms", "..", " BETWEEN 1730451600000 AND 1730455199999"},
    {"first_seen_ms", "..", " BETWEEN 1730451600000 AND 1730455199999"},
    {"last_seen_ms", "..", " BETWEEN 1730451600000 AND 1730455199999"}};

std::vector<std::string> plan_of(SQLite::Database& db, const std::string& text) {
  std::vector<std::string> plan;
  std::map<int, std::size_t> depths;
  SQLite::Statement row(db, "EXPLAIN QUERY PLAN " + text);
  while (row.executeStep()) {
    const auto above = depths.find(row.getColumn(1).getInt());
    const std::size_t depth = above == depths.end() ? 0 : above->second + 1;
    depths[row.getColumn(0).getInt()] = depth;
    plan.push_back(std::string(2 * depth, ' ') + row.getColumn(3).getString());
  }
  return plan;
}

/// Whether a table is read from end to end that has a row for every process, room or observation.
bool reads_all(const std::vector<std::string>& plan) {
  const std::vector<std::string> large{
      "observation", "snapshot", "process",    "meter", "attribute", "activity", "said",
      "listed",      "room",     "fact",       "port",  "somewhere", "sighting", "list_scope",
      "allocation",  "named",    "first_seen", "curve", "polled",    "reading",  "every_region"};
  return std::any_of(plan.begin(), plan.end(), [&](const std::string& line) {
    const std::string told = line.substr(line.find_first_not_of(' '));
    return std::any_of(large.begin(), large.end(), [&](const std::string& table) {
      return told == "SCAN " + table || told.rfind("SCAN " + table + ' ', 0) == 0;
    });
  });
}

bool has_column(SQLite::Database& db, const std::string& view, const std::string& column) {
  SQLite::Statement found(db, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
  found.bind(1, view);
  found.bind(2, column);
  return found.executeStep();
}

}  // namespace

TEST_CASE("docs/fast-questions.md says what the plans say", "[docs][views]") {
  if (std::string(sqlite3_libversion()) != "3.40.1") {
    return;  // another one may explain the same in other words
  }
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  for (const sql::SqlText* migration : sql::all_migrations) {
    db.exec(std::string(migration->text));
  }
  std::ostringstream table;
  std::ostringstream plans;
  table << "| view | filter | reads |\n|---|---|---|\n";
  std::vector<std::string> names;
  SQLite::Statement view(db, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
  while (view.executeStep()) {
    names.push_back(view.getColumn(0).getString());
  }
  for (const std::string& name : names) {
    plans << "\n### " << name << '\n';
    for (const Filter& filter : kFilters) {
      if (!has_column(db, name, filter.column)) {
        continue;
      }
      const auto plan =
          plan_of(db, "SELECT * FROM " + name + " WHERE " + filter.column + filter.text);
      const bool all = reads_all(plan);
      table << "| `" << name << "` | `" << filter.column << ' ' << filter.sign << "` | "
            << (all ? "all" : "index") << " |\n";
      // Who asks for one process, one room or one document never waits for the others.
      const bool is_id = filter.column == "process_id" || filter.column == "room_id";
      INFO(name << ' ' << filter.column);
      CHECK((!is_id || !all));
      plans << "\nBy `" << filter.column << ' ' << filter.sign << "`:\n\n```\n";
      for (const std::string& line : plan) {
        plans << line << '\n';
      }
      plans << "```\n";
    }
  }
  fleetmeter::test::check_page("fast-questions.md",
                               kIntroduction + table.str() + kAdvice + plans.str());
}
