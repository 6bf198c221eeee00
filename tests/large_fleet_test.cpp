// Documents of thousands of processes: read in pieces or whole, remembered or forgotten between
// them, they must fill a store with the same rows.

#include <SQLiteCpp/SQLiteCpp.h>

#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/rows.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// Polls of a fleet whose documents are as long as those that come in pieces.
std::vector<std::string> documents() {
  sim::ArchiveOptions options = sim::profile("demo");
  options.api = sim::Api::v1_rooms;
  options.fleet.seed = 21;
  options.poll_s = 60;
  options.fleet.processes_alive = 5000;
  options.fleet.duration_ms = 9 * 60'000;
  std::vector<std::string> all;
  sim::emit_archive(options, [&](const sim::Document& document) {
    all.emplace_back(document.text);
    all.back() += '\n';
  });
  return all;
}

/// Every row of a store, a line each, but for where and when its documents came from.
std::vector<std::string> rows(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  std::vector<std::string> all;
  SQLite::Statement tables(db,
                           "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN "
                           "('source', 'reject', 'made_good', 'control_sum') ORDER BY name");
  while (tables.executeStep()) {
    const std::string table = tables.getColumn(0).getString();
    SQLite::Statement columns(
        db,
        "SELECT group_concat('quote(' || name || ')', ' || ''|'' || ') FROM pragma_table_info(?) "
        "WHERE name NOT IN ('source_key', 'byte_offset')");
    columns.bind(1, table);
    REQUIRE(columns.executeStep());
    SQLite::Statement row(
        db, "SELECT " + columns.getColumn(0).getString() + " FROM " + table + " ORDER BY 1");
    while (row.executeStep()) {
      all.push_back(table + ": " + row.getColumn(0).getString());
    }
  }
  return all;
}

}  // namespace

TEST_CASE("documents of a large fleet give the same rows together and one by one",
          "[large_fleet]") {
  const Folder folder;
  std::vector<std::string> archive = documents();
  REQUIRE(archive.size() > 14);
  REQUIRE(archive.front().size() > 4'500'000);
  // Cut off before anything of it was met, and after: nothing of it counts. One comes twice.
  const std::string cut_off = archive[0].substr(0, archive[0].size() - 200) + '\n';
  archive.insert(archive.begin(), cut_off);
  archive.insert(archive.begin() + 9, archive[8].substr(0, archive[8].size() - 200) + '\n');
  archive.insert(archive.begin() + 12, archive[10]);

  for (const std::string& document : archive) {
    static_cast<void>(folder.write("together.ndjson", document, true));
  }
  const SourceReport together =
      Store::open_or_create(folder / "together.db").ingest({folder / "together.ndjson"}).front();
  CHECK(together.rejected == 2);
  CHECK(together.duplicates > 1000);

  std::int64_t processes = 0;
  for (const std::string& document : archive) {
    const std::string path = folder.write("one.ndjson", document);
    processes += Store::open_or_create(folder / "apart.db").ingest({path}).front().processes;
  }
  CHECK(together.processes == processes);
  const std::vector<std::string> apart = rows(folder / "apart.db");
  const std::vector<std::string> expected = rows(folder / "together.db");
  REQUIRE(apart.size() == expected.size());
  const auto [a, b] = std::mismatch(apart.begin(), apart.end(), expected.begin());
  CHECK((a == apart.end() ? std::string() : *a) == (b == expected.end() ? std::string() : *b));
  for (const Finding& one : Store::open(folder / "together.db").check()) {
    INFO(one.check << ": " << one.first_difference.value_or(""));
    CHECK(one.status == Finding::Status::ok);
  }
}
