// A store of every older version, as its golden dump has it, becomes one of the newest version and
// keeps every row. tests/golden/make writes the dumps.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "fleetmeter/store.hpp"
#include "store/connection.hpp"
#include "store/schema_objects.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using Counts = std::map<std::string, std::int64_t>;  // of rows, by table

std::string golden_path(std::int64_t version) {
  std::string number = std::to_string(version);
  number.insert(0, 4 - number.size(), '0');
  return FLEETMETER_SOURCE_DIR "/tests/golden/schema_" + number + ".sql";
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Makes the store of a golden dump, with the two marks that `.dump` leaves out.
void load(const std::string& path, std::int64_t version) {
  SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(text_of(golden_path(version)));
  db.exec("PRAGMA application_id = " + std::to_string(store::kApplicationId));
  db.exec("PRAGMA user_version = " + std::to_string(version));
}

Counts counts_of(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  Counts counts;
  SQLite::Statement table(db, "SELECT name FROM sqlite_schema WHERE type = 'table'");
  while (table.executeStep()) {
    const std::string name = table.getColumn(0).getString();
    counts[name] = db.execAndGet("SELECT count(*) FROM " + name).getInt64();
  }
  return counts;
}

/// From this version on, the dumps have a running list more.
constexpr std::int64_t kFirstWithList = 10;

/// What the views and the answers say of a store of the newest version.
std::string answers_of(const std::string& path) {
  std::string all;
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  for (const char* view :
       {"process_latest", "process_history", "activity_history", "port_latest", "port_history",
        "room_latest", "room_on_process", "billable_span", "egress_curve", "egress_reading", "poll",
        "observation_view", "snapshot_view"}) {
    SQLite::Statement row(db, "SELECT * FROM " + std::string(view));
    std::vector<std::string> rows;
    while (row.executeStep()) {
      std::string& text = rows.emplace_back(view);
      for (int i = 0; i < row.getColumnCount(); ++i) {
        text += '|' + row.getColumn(i).getString();
      }
    }
    std::sort(rows.begin(), rows.end());
    for (const std::string& text : rows) {
      all += text + '\n';
    }
  }
  return all;
}

std::string differences(const std::string& path) {
  std::string found;
  for (const Finding& one : Store::open(path).check()) {
    if (one.status != Finding::Status::ok) {
      found += one.check + ": " + one.first_difference.value_or("") + '\n';
    }
  }
  return found;
}

}  // namespace

TEST_CASE("every version that must migrate has a golden dump", "[migrate][golden]") {
  for (std::int64_t version = 1; version < store::schema_version(); ++version) {
    INFO(golden_path(version) << " is missing; tests/golden/make writes it");
    CHECK(std::filesystem::exists(golden_path(version)));
  }
}

TEST_CASE("a golden dump is of its version and has rows in every table", "[migrate][golden]") {
  const test::Folder folder;
  for (std::int64_t version = 1; version < store::schema_version(); ++version) {
    INFO("schema " << version);
    const std::string path = folder / ("store" + std::to_string(version) + ".db");
    load(path, version);
    SQLite::Database db(path, SQLite::OPEN_READONLY);
    CHECK(store::schema_of(db) == store::schema_at(version));
    for (const auto& [table, rows] : counts_of(path)) {
      INFO(table);
      // The fleet of the dumps is too short for anything of it to be moved to files.
      const bool is_about_pruning = table == "pruned_file" || table == "pruned_process";
      CHECK((rows > 0 || is_about_pruning));
    }
  }
}

TEST_CASE("a golden store keeps every row and is sound when it was migrated", "[migrate][golden]") {
  const test::Folder folder;
  for (std::int64_t version = 1; version < store::schema_version(); ++version) {
    INFO("schema " << version);
    const std::string path = folder / ("store" + std::to_string(version) + ".db");
    load(path, version);
    const Counts before = counts_of(path);
    static_cast<void>(Store::open_or_create(path));
    Counts after = counts_of(path);
    for (const auto& [table, rows] : before) {
      INFO(table);
      // Since version 10, what has not started ends in the rollups, in a bucket of its own.
      const bool is_rolled_up_anew = table == "rollup" && version < 10;
      // Since version 11, what only rooms were configured with is no label.
      const std::int64_t moved = table == "label" && version < 11 ? after["room_config"] : 0;
      CHECK(after[table] + moved >= rows);
      // Since version 21, seals and notes of rejects made good are added up, too.
      const bool is_added_to = table == "control_sum" && version >= 19 && version < 21;
      CHECK((after[table] + moved == rows || is_rolled_up_anew || is_added_to));
    }
    CHECK(differences(path).empty());
    SQLite::Database db(path, SQLite::OPEN_READONLY);
    CHECK(db.execAndGet("PRAGMA user_version").getInt64() == store::schema_version());
    // That this is what schema/ says, the tests of the catalogue prove.
    CHECK(store::schema_of(db) == store::schema_at(store::schema_version()));
  }
}

TEST_CASE("all golden stores tell of one fleet: migrated, they say the same", "[migrate][golden]") {
  const test::Folder folder;
  std::string first;
  for (std::int64_t version = 1; version < store::schema_version(); ++version) {
    INFO("schema " << version);
    const std::string path = folder / ("store" + std::to_string(version) + ".db");
    load(path, version);
    static_cast<void>(Store::open_or_create(path));
    const std::string answers = answers_of(path);
    if (version == 1 || version == kFirstWithList) {
      first = answers;
      CHECK(first.find("process_latest|host") != std::string::npos);
    }
    CHECK(answers == first);
  }
}

TEST_CASE("0007 puts right what a first reading was by its arrival", "[migrate][golden]") {
  const test::Folder folder;
  const std::string path = folder / "store.db";
  load(path, 6);
  {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    // A reading after the end came first: it was kept as the first one made.
    REQUIRE(db.exec("UPDATE process_meter SET first_reading_ms = ("
                    "  SELECT terminated_at_ms + 1 FROM process"
                    "  WHERE process.process_key = process_meter.process_key"
                    ") WHERE process_key = 1") == 1);
  }
  static_cast<void>(Store::open_or_create(path));
  CHECK(is_sound(Store::open(path).check()));
}
