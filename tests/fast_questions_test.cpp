// Named queries that look for the processes of a window by indexes, and compare only the stays of
// rooms that have several, answer what they answer when they read everything.

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <random>

#include "sim/adversarial.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "store/sandbox.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

std::string filled(const Folder& folder, std::uint64_t seed) {
  std::vector<std::string> paths;
  for (const auto& document : sim::adversarial_archive(seed)) {
    const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
    paths.push_back(folder.write(std::to_string(paths.size()) + '/' + name, document.text));
  }
  // Allocations that lie before their process, behind it, and on a process that nobody saw.
  paths.push_back(folder.write(
      "rooms/2024-11-01T10-00-00Z.json",
      R"([{"processId":"host","rooms":[{"roomId":"r","currentAllocation":{"roomAllocationId":"a-1",)"
      R"("processId":"host","scheduledAt":"2024-10-31T09:00:00Z","unscheduledAt":null}},)"
      R"({"roomId":"q","currentAllocation":{"roomAllocationId":"a-2","processId":"unseen",)"
      R"("scheduledAt":"2024-11-01T09:00:00Z","unscheduledAt":"2024-11-20T09:00:00Z"}}]},)"
      R"({"processId":"other","rooms":[{"roomId":"r","currentAllocation":null},)"
      R"({"roomId":"s","roomConfig":"{}","currentAllocation":null}]}])"));
  Store::open_or_create(folder / "store.db").ingest(paths);
  return folder / "store.db";
}

using Values = std::map<std::string, Cell>;

std::string answer(const std::string& store, const sql::SqlText& text, const Values& values) {
  std::vector<store::Parameter> parameters;
  for (const auto& [name, value] : values) {
    if (text.text.find(':' + name) != std::string_view::npos) {
      parameters.push_back({name, value});
    }
  }
  std::ostringstream out;
  store::run_sandboxed(store, text, parameters, {}, *make_writer(Format::csv, out));
  return out.str();
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// Instants at which something happens, and a host and port that a process had.
struct KnownValues {
  std::vector<std::int64_t> at_ms;
  std::string host;
  std::int64_t port = 0;
};

KnownValues known_of(const std::string& store) {
  SQLite::Database db(store, SQLite::OPEN_READONLY);
  KnownValues known;
  SQLite::Statement instant(
      db,
      "SELECT from_ms FROM process_meter UNION SELECT to_ms FROM process_meter "
      "UNION SELECT tail_ms FROM process_meter WHERE tail_ms IS NOT NULL "
      "UNION SELECT observed_at_ms FROM snapshot UNION SELECT scheduled_at_ms FROM "
      "room_allocation WHERE scheduled_at_ms IS NOT NULL UNION SELECT unscheduled_at_ms FROM "
      "room_allocation WHERE unscheduled_at_ms IS NOT NULL");
  while (instant.executeStep()) {
    known.at_ms.push_back(instant.getColumn(0).getInt64());
  }
  SQLite::Statement port(db,
                         "SELECT label.label, port.port FROM port JOIN label ON label.label_key = "
                         "port.host_key WHERE port.port IS NOT NULL ORDER BY random() LIMIT 1");
  if (port.executeStep()) {
    known.host = port.getColumn(0).getString();
    known.port = port.getColumn(1).getInt64();
  }
  return known;
}

Values any_values(std::mt19937_64& random, const KnownValues& known) {
  const auto pick = [&](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
  };
  const auto near = [&] {
    const auto last = static_cast<std::int64_t>(known.at_ms.size()) - 1;
    return known.at_ms[static_cast<std::size_t>(pick(0, last))] + pick(-1, 1);
  };
  const std::int64_t one = near();
  const std::int64_t other = pick(0, 2) == 0 ? one + pick(0, 7'200'000) : near();
  const std::vector<std::int64_t> lives{1, 600'000, 3'600'000, 259'200'000, 1'000'000'000};
  return {{"from_ms", std::min(one, other)},
          {"to_ms", std::max(one, other)},
          {"as_of_ms", pick(0, 1) == 0 ? known.at_ms.back() : near()},
          {"at_ms", near()},
          {"grace_ms", pick(0, 3) * 900'000},
          {"max_lifespan_ms", lives[static_cast<std::size_t>(pick(0, 4))]},
          {"gap_ms", std::int64_t{60'000}},
          {"top", std::int64_t{1000}},
          {"trust_absence", pick(0, 1)},
          {"host", known.host},
          {"port", known.port},
          {"process_id", std::string("host")}};
}

std::string told(const Values& values) {
  std::string all;
  for (const auto& [name, value] : values) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
      all += name + '=' + std::to_string(*number) + ' ';
    }
  }
  return all;
}

std::string former(const std::string& name) {
  std::ifstream in(std::string(FLEETMETER_SOURCE_DIR) + "/tests/former/" + name + ".sql");
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<std::string> plan_of(SQLite::Database& db, std::string_view text) {
  std::vector<std::string> plan;
  SQLite::Statement row(db, "EXPLAIN QUERY PLAN " + std::string(text));
  while (row.executeStep()) {
    plan.push_back(row.getColumn(3).getString());
  }
  return plan;
}

}  // namespace

TEST_CASE("a named query answers by indexes what it answers by reading every process",
          "[queries]") {
  const std::string small = "/ 64 THEN 1\n";
  std::size_t by_index = 0;
  std::size_t rows = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const Folder folder;
    const std::string store = filled(folder, seed);
    const KnownValues known = known_of(store);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 6; ++i) {
      const Values values = any_values(random, known);
      for (const sql::SqlText* query : sql::all_queries) {
        if (query->text.find(small) == std::string_view::npos) {
          continue;
        }
        INFO("seed " << seed << ' ' << query->path << ' ' << told(values));
        const std::string text(query->text);
        const std::string large = replaced(text, "/ 64 THEN 1\n", "/ 64 OR 1 = 1 THEN 1\n");
        const std::string small_part = replaced(text, "/ 64 THEN 1\n", "/ 64 AND 1 = 0 THEN 1\n");
        const std::string whole = answer(store, {query->path, large}, values);
        CHECK((answer(store, {query->path, small_part}, values) == whole));
        CHECK((answer(store, *query, values) == whole));
        ++by_index;
        rows += static_cast<std::size_t>(std::count(whole.begin(), whole.end(), '\n')) - 1;
      }
    }
  }
  CHECK(by_index > 1500);
  CHECK(rows > 3000);
}

TEST_CASE("the queries about rooms answer what they did when they compared every stay",
          "[queries]") {
  std::size_t rows = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Folder folder;
    const std::string store = filled(folder, seed);
    const KnownValues known = known_of(store);
    std::mt19937_64 random(seed);
    for (int i = 0; i < 6; ++i) {
      const Values values = any_values(random, known);
      for (const sql::SqlText* query :
           {&sql::queries::room_time_by_region, &sql::queries::rooms_by_process,
            &sql::queries::idle_time_by_deployment}) {
        INFO("seed " << seed << ' ' << query->path << ' ' << told(values));
        const std::string text = former(sql::parse_contract(*query).name);
        const std::string before = answer(store, {query->path, text}, values);
        CHECK((answer(store, *query, values) == before));
        rows += static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) - 1;
      }
    }
  }
  CHECK(rows > 1000);
}

TEST_CASE("a named query of a short window reads no table from end to end", "[queries]") {
  const Folder folder;
  SQLite::Database db(filled(folder, 61), SQLite::OPEN_READONLY);
  for (const sql::SqlText* query : sql::all_queries) {
    INFO(query->path);
    std::string before;
    for (const std::string& line : plan_of(db, query->text)) {
      INFO(line);
      const bool is_large = before == "SCAN sought" || before == "SCAN seen_part";
      for (const std::string table : {"process", "meter", "observation", "attribute", "activity"}) {
        const bool scans = line == "SCAN " + table || line.rfind("SCAN " + table + " ", 0) == 0;
        CHECK((!scans || is_large));
      }
      before = line;
    }
  }
}
