// What a named query sorts goes to the disk and to other threads in runs; its answer is that of one
// thread in memory. SQLite's runs do not keep the order of equal rows: an answer that rests on it
// differs here.

#include <algorithm>
#include <map>

#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "store/sandbox.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// Many short lives, so that the longest sorts are of several runs.
std::string many_lives(const Folder& folder) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.api = sim::Api::v1_rooms;
  options.fleet.seed = 8;
  options.fleet.processes_alive = 800;
  options.fleet.lifetime_minutes = 4;
  options.fleet.duration_ms = 6 * 3'600'000;
  options.poll_s = 180;
  sim::emit_archive(options, [&](const sim::Document& document) {
    static_cast<void>(folder.write("archive.ndjson", std::string(document.text) + '\n', true));
  });
  Store::open_or_create(folder / "store.db").ingest({folder / "archive.ndjson"});
  return folder / "store.db";
}

std::string answer(const std::string& store, const sql::SqlText& query, bool sorts_on_disk) {
  const std::int64_t from_ms = 1'730'419'200'000;  // where the simulator begins
  const std::map<std::string, Cell> values{
      {"from_ms", from_ms + 600'007},        {"to_ms", from_ms + 5 * 3'600'000},
      {"as_of_ms", from_ms + 6 * 3'600'000}, {"at_ms", from_ms + 3'600'000},
      {"grace_ms", std::int64_t{900'000}},   {"max_lifespan_ms", std::int64_t{259'200'000}},
      {"gap_ms", std::int64_t{60'000}},      {"top", std::int64_t{10'000}},
      {"port", std::int64_t{30'000}},        {"host", std::string("host.example")},
      {"process_id", std::string("none")},   {"trust_absence", std::int64_t{1}}};
  std::vector<store::Parameter> parameters;
  for (const sql::Declared& parameter : sql::parse_contract(query).in) {
    parameters.push_back({parameter.name, values.at(parameter.name)});
  }
  store::SandboxLimits limits;
  limits.sorts_on_disk = sorts_on_disk;
  std::ostringstream out;
  store::run_sandboxed(store, query, parameters, limits, *make_writer(Format::csv, out));
  return out.str();
}

}  // namespace

TEST_CASE("a named query sorted by several threads answers what one thread answers",
          "[query_sorting]") {
  const Folder folder;
  const std::string store = many_lives(folder);
  std::size_t longest = 0;
  for (const sql::SqlText* query : sql::all_queries) {
    INFO(query->path);
    const std::string in_memory = answer(store, *query, false);
    CHECK((answer(store, *query, true) == in_memory));
    longest = std::max(longest, in_memory.size());
  }
  CHECK(longest > 4 << 20);  // sorted in runs of 1,000 KiB
}
