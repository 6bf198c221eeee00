// Views that gather over observations: what they say, and that they answer for one process or one
// room without reading those of the others.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <map>

#include "sim/adversarial.hpp"
#include "sql/catalog.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

const std::vector<std::string> kViews{"activity_history", "room_on_process", "port_history"};

void fill(const Folder& folder, std::uint64_t seed) {
  std::vector<std::string> paths;
  for (const auto& document : sim::adversarial_archive(seed)) {
    const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
    paths.push_back(folder.write(std::to_string(paths.size()) + '/' + name, document.text));
  }
  // A room that one process lists with an allocation, and another without; one with none at all.
  paths.push_back(folder.write(
      "rooms/2024-11-01T10-00-00Z.json",
      R"([{"processId":"host","rooms":[{"roomId":"r","currentAllocation":{"roomAllocationId":"a-1",)"
      R"("processId":"host","scheduledAt":"2024-11-01T09:00:00Z","unscheduledAt":null}}]},)"
      R"({"processId":"other","rooms":[{"roomId":"r","currentAllocation":null},)"
      R"({"roomId":"s","roomConfig":"{}","currentAllocation":null}]}])"));
  Store::open_or_create(folder / "store.db").ingest(paths);
}

/// The rows of a statement, each as text with the types of its cells.
std::vector<std::string> rows_of(SQLite::Database& db, const std::string& text) {
  std::vector<std::string> rows;
  SQLite::Statement row(db, text);
  while (row.executeStep()) {
    std::string cells;
    for (int i = 0; i < row.getColumnCount(); ++i) {
      const SQLite::Column cell = row.getColumn(i);
      cells += std::to_string(cell.getType()) + ':' + (cell.isNull() ? "" : cell.getString()) + '|';
    }
    rows.push_back(cells);
  }
  return rows;
}

std::vector<std::string> sorted(std::vector<std::string> rows) {
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// The view as the migrations but this one left it, under another name: the plain way, or the
/// former one, to say the same.
std::string plainly(const std::string& view,
                    const std::vector<std::string>& but = {"/0007_", "/0011_"}) {
  const std::string begin = "CREATE VIEW " + view + " AS";
  std::string found;
  for (const sql::SqlText* migration : sql::all_migrations) {
    const std::string text(migration->text);
    const std::size_t from = text.find(begin);
    const bool is_left_out = std::any_of(but.begin(), but.end(), [&](const std::string& number) {
      return migration->path.find(number) != std::string_view::npos;
    });
    if (!is_left_out && from != std::string::npos) {
      found = text.substr(from, text.find(";\n", from) + 1 - from);
    }
  }
  REQUIRE(!found.empty());
  return "CREATE TEMP VIEW plain_" + found.substr(std::string("CREATE VIEW ").size());
}

/// The stays of rooms as the queries have them, which read no view: what stands in one of them
/// before it gathers them by process, with values in the places of its parameters.
std::string stays_of_queries(std::int64_t from_ms, std::int64_t to_ms, std::int64_t as_of_ms) {
  std::string text(sql::queries::room_time_by_region.text);
  text.erase(text.find(",\n-- Stays of one room on one process may overlap"));
  const std::vector<std::pair<std::string, std::string>> values{
      {":as_of_ms", std::to_string(as_of_ms)},
      {":grace_ms", "900000"},
      {":from_ms", std::to_string(from_ms)},
      {":to_ms", std::to_string(to_ms)}};
  for (const auto& [name, value] : values) {
    for (std::size_t at = text.find(name); at != std::string::npos; at = text.find(name)) {
      text.replace(at, name.size(), value);
    }
  }
  return text +
         " SELECT room.room_id, process.process_id, stay.start_ms, stay.end_ms "
         "FROM clipped_stay AS stay JOIN room ON room.room_key = stay.room_key "
         "LEFT JOIN process ON process.process_key = stay.process_key";
}

/// The same from the view room_on_process.
std::string stays_of_view(std::int64_t from_ms, std::int64_t to_ms, std::int64_t as_of_ms) {
  const std::string from = std::to_string(from_ms);
  const std::string to = std::to_string(std::min(to_ms, as_of_ms));
  const std::string as_of = std::to_string(as_of_ms);
  return "SELECT room_id, process_id, max(start_ms, " + from + "), min(end_ms, " + to +
         ") FROM (SELECT known.room_id AS room_id, process.process_id AS process_id, "
         "coalesce(known.scheduled_at_ms, known.first_seen_ms) AS start_ms, "
         "CASE WHEN known.unscheduled_at_ms IS NOT NULL THEN known.unscheduled_at_ms "
         "WHEN process.terminated_at_ms < known.last_seen_ms THEN process.terminated_at_ms "
         "WHEN process.terminated_at_ms IS NULL AND " +
         as_of + " - known.last_seen_ms <= 900000 THEN " + as_of +
         " ELSE known.last_seen_ms END AS end_ms "
         "FROM room_on_process AS known "
         "LEFT JOIN process ON process.process_id = known.process_id) WHERE start_ms < " +
         to + " AND end_ms > " + from + " AND start_ms < end_ms";
}

/// What SQLite reads for a statement, one table a line.
std::string plan_of(SQLite::Database& db, const std::string& text) {
  std::string plan;
  SQLite::Statement row(db, "EXPLAIN QUERY PLAN " + text);
  while (row.executeStep()) {
    plan += row.getColumn(3).getString() + '\n';
  }
  return plan;
}

bool scans(const std::string& plan, const std::string& table) {
  return plan.find("SCAN " + table + '\n') != std::string::npos ||
         plan.find("SCAN " + table + " USING") != std::string::npos;
}

/// The tables that have a row for every observation, process or room, by the names the views use.
bool scans_any(const std::string& plan) {
  const std::vector<std::string> large{"observation", "snapshot",   "process", "activity",
                                       "attribute",   "said",       "listed",  "room",
                                       "fact",        "allocation", "port",    "somewhere"};
  return std::any_of(large.begin(), large.end(),
                     [&](const std::string& table) { return scans(plan, table); });
}

}  // namespace

TEST_CASE("views that gather say what the plain statement says", "[views]") {
  std::size_t rows = 0;
  for (std::uint64_t seed = 60; seed < 72; ++seed) {
    const Folder folder;
    fill(folder, seed);
    SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
    for (const std::string& view : kViews) {
      INFO("seed " << seed << ' ' << view);
      db.exec(plainly(view));
      const auto said = sorted(rows_of(db, "SELECT * FROM " + view));
      CHECK((said == sorted(rows_of(db, "SELECT * FROM plain_" + view))));
      rows += said.size();
    }
  }
  CHECK(rows > 500);
}

TEST_CASE("views that were made portable say what they said before", "[views][migrate]") {
  std::map<std::string, std::size_t> rows;
  for (std::uint64_t seed = 60; seed < 72; ++seed) {
    const Folder folder;
    fill(folder, seed);
    SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
    for (const std::string view : {"billable_span", "egress_curve", "poll", "port_latest"}) {
      INFO("seed " << seed << ' ' << view);
      db.exec(plainly(view, {"/0009_"}));
      const auto said = sorted(rows_of(db, "SELECT * FROM " + view));
      CHECK((said == sorted(rows_of(db, "SELECT * FROM plain_" + view))));
      rows[view] += said.size();
    }
  }
  for (const auto& [view, count] : rows) {
    INFO(view);
    CHECK(count > 30);
  }
}

TEST_CASE("views that an index answers say what they said before", "[views][migrate]") {
  std::map<std::string, std::size_t> rows;
  for (std::uint64_t seed = 60; seed < 84; ++seed) {
    const Folder folder;
    fill(folder, seed);
    SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
    for (const std::string view : {"observation_view", "process_billing", "process_latest"}) {
      INFO("seed " << seed << ' ' << view);
      db.exec(plainly(view, {"/0014_"}));
      const auto said = sorted(rows_of(db, "SELECT * FROM " + view));
      CHECK((said == sorted(rows_of(db, "SELECT * FROM plain_" + view))));
      rows[view] += said.size();
      if (view == "observation_view") {
        // Two bounds make SQLite go from the snapshots to the processes that were there.
        const std::string all = " WHERE observed_at_ms BETWEEN -9000000000000 AND 9000000000000";
        const std::string by_time = "SELECT * FROM observation_view" + all;
        CHECK(!scans_any(plan_of(db, by_time)));
        CHECK((sorted(rows_of(db, by_time)) == said));
      }
    }
  }
  for (const auto& [view, count] : rows) {
    INFO(view);
    CHECK(count > 100);
  }
}

TEST_CASE("the stays of rooms in the queries are those of room_on_process", "[views][queries]") {
  std::size_t rows = 0;
  for (std::uint64_t seed = 60; seed < 90; ++seed) {
    INFO("seed " << seed);
    const Folder folder;
    fill(folder, seed);
    SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
    SQLite::Statement seen(db, "SELECT DISTINCT observed_at_ms FROM snapshot ORDER BY 1");
    std::vector<std::int64_t> at_ms{0};
    while (seen.executeStep()) {
      at_ms.push_back(seen.getColumn(0).getInt64());
    }
    at_ms.push_back(1'800'000'000'000);
    for (std::size_t i = 0; i < at_ms.size(); i += 1 + at_ms.size() / 5) {
      const std::int64_t from_ms = i == 0 ? 0 : at_ms[i] + 1;
      const std::int64_t to_ms =
          i == 0 ? at_ms.back() : at_ms[std::min(i + at_ms.size() / 3, at_ms.size() - 1)];
      for (const std::int64_t as_of_ms : {1'730'700'000'000, at_ms.back()}) {
        const auto stays = sorted(rows_of(db, stays_of_queries(from_ms, to_ms, as_of_ms)));
        CHECK((stays == sorted(rows_of(db, stays_of_view(from_ms, to_ms, as_of_ms)))));
        rows += stays.size();
      }
    }
  }
  CHECK(rows > 100);
}

TEST_CASE("views that gather say the same of one process and of one room", "[views]") {
  const Folder folder;
  fill(folder, 61);
  SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
  for (const std::string& view : kViews) {
    for (const std::string& column : view == "room_on_process"
                                         ? std::vector<std::string>{"process_id", "room_id"}
                                         : std::vector<std::string>{"process_id"}) {
      INFO(view << ' ' << column);
      std::vector<std::string> parts;
      SQLite::Statement id(
          db, "SELECT DISTINCT " + column + " FROM " + view + " WHERE " + column + " IS NOT NULL");
      while (id.executeStep()) {
        std::string quoted;
        for (const char c : id.getColumn(0).getString()) {
          quoted += c == '\'' ? "''" : std::string(1, c);
        }
        for (std::string& row :
             rows_of(db, "SELECT * FROM " + view + " WHERE " + column + " = '" + quoted + "'")) {
          parts.push_back(std::move(row));
        }
      }
      CHECK((sorted(parts) ==
             sorted(rows_of(db, "SELECT * FROM " + view + " WHERE " + column + " IS NOT NULL"))));
    }
  }
}

TEST_CASE("views that gather read no other process's rows, and no other room's", "[views]") {
  const Folder folder;
  fill(folder, 61);
  SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
  for (const std::string& view : kViews) {
    const std::string plan = plan_of(db, "SELECT * FROM " + view + " WHERE process_id = 'p1'");
    INFO(view << '\n' << plan);
    CHECK(!scans_any(plan));
  }
  const std::string plan = plan_of(db, "SELECT * FROM room_on_process WHERE room_id = 'r'");
  INFO(plan);
  CHECK(!scans_any(plan));
  // The plain statement does read the others': the test can tell.
  for (const std::string& view : kViews) {
    db.exec(plainly(view));
  }
  CHECK(scans_any(plan_of(db, "SELECT * FROM plain_port_history WHERE process_id = 'p1'")));
  CHECK(scans_any(plan_of(db, "SELECT * FROM plain_room_on_process WHERE room_id = 'r'")));
}

TEST_CASE("the first rows of a view need no others", "[views]") {
  const Folder folder;
  fill(folder, 61);
  SQLite::Database db(folder / "store.db", SQLite::OPEN_READWRITE);
  for (const std::string& view : kViews) {
    const std::string plan = plan_of(db, "SELECT * FROM " + view + " LIMIT 10");
    INFO(view << '\n' << plan);
    // Going through processes or rooms, and gathering for one after the other.
    CHECK(!scans(plan, "observation"));
    CHECK(!scans(plan, "attribute"));
    CHECK(!scans(plan, "fact"));
    CHECK(plan.find("CORRELATED SCALAR SUBQUERY") != std::string::npos);
  }
}
