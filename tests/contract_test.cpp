// Contract tables: by the statements of queries/contract, a database that knows nothing of the
// rules answers what the program answers, byte for byte.

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "sim/adversarial.hpp"
#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "sql/catalog.hpp"
#include "sql/contract.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/contract_tables.hpp"

namespace {

using namespace fleetmeter;
using test::ContractTables;

constexpr std::int64_t kHour_ms = 3'600'000;

/// Some columns of an answer, as CSV.
std::string picked(const Table& all, const std::vector<std::string>& names) {
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  writer->columns(names);
  for (const auto& row : all.rows) {
    std::vector<Cell> cells;
    for (const std::string& name : names) {
      const auto found = std::find(all.names.begin(), all.names.end(), name);
      REQUIRE(found != all.names.end());
      cells.push_back(row[static_cast<std::size_t>(found - all.names.begin())]);
    }
    writer->row(cells);
  }
  writer->end();
  return out.str();
}

const std::vector<std::string> kOfProcess{"process_id",    "app_id",      "deployment_id",
                                          "region",        "billable_ms", "billable_ms_lo",
                                          "billable_ms_hi"};

const std::vector<std::string> kOfBilling{"billable_ms", "billable_ms_lo", "billable_ms_hi"};

std::string billing_of_processes(const Store& store, Question question) {
  question.by = {GroupBy::process, GroupBy::app, GroupBy::deployment, GroupBy::region};
  Table all;
  give(question, store.billing(question), all);
  return picked(all, kOfProcess);
}

std::string rooms_of_regions(const Store& store, const Question& question) {
  Table all;
  store.query("room_time_by_region", {}, question, all);
  return picked(all, {"region", "rooms", "processes", "room_ms"});
}

std::string polls_of_regions(const Store& store, const Question& question) {
  Table all;
  store.query("polls_by_region", {{"gap_ms", "1"}}, question, all);
  return picked(all, {"region", "polls", "capped_polls", "first_poll_at_ms", "last_poll_at_ms"});
}

/// Billable time by the curves of process_hour: the value at the end less that at the begin.
constexpr const char* kByCurves = R"(
  SELECT
    coalesce(SUM(one.sign * one.point), 0) AS billable_ms,
    coalesce(SUM(one.sign * one.lo), 0) AS billable_ms_lo,
    coalesce(SUM(one.sign * one.hi), 0) AS billable_ms_hi
  FROM (
    SELECT
      hour.process_id AS process_id,
      instant.sign AS sign,
      MAX(CASE
        WHEN instant.at_ms < hour.at_ms THEN 0
        WHEN instant.at_ms - hour.at_ms < hour.tail_ms
          THEN hour.billable_ms + instant.at_ms - hour.at_ms
        ELSE hour.billable_ms + hour.tail_ms
      END) AS point,
      MAX(CASE
        WHEN instant.at_ms < hour.at_ms THEN 0
        WHEN instant.at_ms - hour.at_ms < hour.tail_ms_lo
          THEN hour.billable_ms_lo + instant.at_ms - hour.at_ms
        ELSE hour.billable_ms_lo + hour.tail_ms_lo
      END) AS lo,
      MAX(CASE
        WHEN instant.at_ms < hour.at_ms THEN 0
        WHEN instant.at_ms - hour.at_ms < hour.tail_ms_hi
          THEN hour.billable_ms_hi + instant.at_ms - hour.at_ms
        ELSE hour.billable_ms_hi + hour.tail_ms_hi
      END) AS hi
    FROM process_hour AS hour
    CROSS JOIN (
      SELECT -1 AS sign, :from_ms AS at_ms
      UNION ALL
      SELECT 1, :to_ms
    ) AS instant
    GROUP BY hour.process_id, instant.sign
  ) AS one)";

Question between(std::int64_t from_ms, std::int64_t to_ms, Question question) {
  question.from_ms = from_ms;
  question.to_ms = to_ms;
  return question;
}

/// At boundaries, the curves of billable time say what the spans say.
void compare_curves(const Store& store, const ContractTables& tables, const Question& question) {
  Table said;
  give(question, store.billing(question), said);
  CHECK(picked(tables.answer(kByCurves, *question.from_ms, *question.to_ms), kOfBilling) ==
        picked(said, kOfBilling));
}

void compare(const Store& store, const ContractTables& tables, Question question,
             std::int64_t from_ms, std::int64_t to_ms) {
  INFO("from " << from_ms << " to " << to_ms << " as of " << question.as_of_ms.value_or(0)
               << " grace " << question.grace_ms << " longest life " << question.max_lifespan_ms
               << " known " << question.known_seq.value_or(-1) << " grain "
               << tables.meta.grain_ms);
  question = between(from_ms, to_ms, question);
  CHECK(picked(tables.table("billing_by_process", from_ms, to_ms), kOfProcess) ==
        billing_of_processes(store, question));
  compare_curves(store, tables, question);
  CHECK(tables.ask("room_time_by_region", from_ms, to_ms) == rooms_of_regions(store, question));
  CHECK(tables.ask("polls_by_region", from_ms, to_ms) == polls_of_regions(store, question));
  question.by = {GroupBy::app, GroupBy::deployment, GroupBy::region};
  CHECK(tables.ask("billing_by_app_deployment_region", from_ms, to_ms) ==
        test::csv(store, "billing", question));
  CHECK(tables.ask("billing_by_app_deployment_region", from_ms + 1, to_ms + 1'234'567) ==
        test::csv(store, "billing", between(from_ms + 1, to_ms + 1'234'567, question)));
  question.by = {GroupBy::region};
  CHECK(tables.ask("egress_by_region", from_ms, to_ms) == test::csv(store, "egress", question));
}

/// Every total that is kept is the one that is found.
void check_totals(const ContractTables& tables) {
  std::istringstream lines(tables.ask("control_totals", 0, 0));
  std::string line;
  std::getline(lines, line);
  int totals = 0;
  for (; std::getline(lines, line); ++totals) {
    const std::size_t first = line.find(',');
    const std::size_t second = line.find(',', first + 1);
    INFO(line);
    CHECK(line.substr(first + 1, second - first - 1) == line.substr(second + 1));
  }
  CHECK(totals == 17);
}

std::int64_t floor_to(std::int64_t at_ms, std::int64_t grain_ms) {
  return (at_ms - ((at_ms % grain_ms) + grain_ms) % grain_ms) / grain_ms * grain_ms;
}

/// Windows on boundaries around the instants of a store, some beyond its as-of, with any belief.
void compare_at_windows(const Store& store, std::uint64_t seed, int tables_of, int windows) {
  std::mt19937_64 random(seed);
  const auto pick = [&](std::int64_t from, std::int64_t to) {
    return std::uniform_int_distribution<std::int64_t>(from, to)(random);
  };
  Table instants;
  store.sql(
      "SELECT from_ms AS at_ms FROM process_meter UNION SELECT to_ms FROM process_meter "
      "UNION SELECT observed_at_ms FROM snapshot ORDER BY at_ms",
      instants);
  const auto near = [&] {
    const auto place = pick(0, static_cast<std::int64_t>(instants.rows.size()) - 1);
    return std::get<std::int64_t>(instants.rows[static_cast<std::size_t>(place)][0]) +
           pick(-2 * kHour_ms, 2 * kHour_ms);
  };
  for (int i = 0; i < tables_of; ++i) {
    Question question;
    if (i > 0) {
      question.as_of_ms = near();
      question.grace_ms = pick(0, 2) * 1'800'000;
      question.max_lifespan_ms = pick(0, 1) == 0 ? kHour_ms : 72 * kHour_ms;
      question.absence = pick(0, 1) == 0 ? Absence::trust : Absence::ignore;
      if (pick(0, 2) == 0) {
        question.known_seq = pick(1, 20);
      }
    }
    const ContractTables tables(store, question, {i % 2 == 0 ? kHour_ms : kHour_ms / 4});
    check_totals(tables);
    for (int j = 0; j < windows; ++j) {
      std::int64_t from_ms = floor_to(near(), tables.meta.grain_ms);
      std::int64_t to_ms = floor_to(near(), tables.meta.grain_ms);
      if (from_ms > to_ms) {
        std::swap(from_ms, to_ms);
      }
      compare(store, tables, question, from_ms, to_ms + tables.meta.grain_ms);
    }
    const std::int64_t from_ms = floor_to(near(), tables.meta.grain_ms) - 200 * kHour_ms;
    compare(store, tables, question, from_ms,
            std::max(from_ms, tables.meta.as_of_ms) + 1 + pick(0, kHour_ms));
  }
}

Store stored(const test::Folder& folder, const std::string& archive, const std::string& list = "") {
  Store store = Store::open_or_create(folder / "store.db");
  IngestOptions options;
  options.any_time = true;
  options.list = list;
  store.ingest({archive}, options);
  return store;
}

/// An archive of the simulator, by the options of its command line.
Store simulated(const test::Folder& folder, const std::vector<std::string>& words,
                const std::string& list = "") {
  std::string text;
  sim::emit_archive(sim::parse_command_line(words).archive, [&](const sim::Document& document) {
    text += std::string(document.text) + '\n';
  });
  return stored(folder, folder.write("polls.ndjson", text), list);
}

}  // namespace

TEST_CASE("contract tables answer what the program answers, of adversarial archives",
          "[contract]") {
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    INFO("seed " << seed);
    const test::Folder folder;
    int place = 100000;
    for (const auto& document : sim::adversarial_archive(seed)) {
      const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
      folder.write("archive/" + std::to_string(++place) + '/' + name, document.text);
    }
    compare_at_windows(stored(folder, folder / "archive"), seed, 4, 3);
  }
}

TEST_CASE("contract tables answer what the program answers, of simulated fleets", "[contract]") {
  SECTION("the demonstration, with the faults of real archives") {
    const test::Folder folder;
    compare_at_windows(simulated(folder, {"--profile", "demo"}), 1, 3, 4);
  }
  SECTION("faulty counters, and rooms") {
    const test::Folder folder;
    compare_at_windows(
        simulated(folder, {"--api",           "mixed", "--seed",        "3",   "--hours", "9",
                           "--poll",          "240",   "--lost-finals", "120", "--late",  "40",
                           "--dips",          "20",    "--breaks",      "30",  "--wraps", "60",
                           "--never-started", "80",    "--busy-players"}),
        2, 6, 4);
  }
  SECTION("running lists, by which processes are gone") {
    const test::Folder folder;
    compare_at_windows(simulated(folder,
                                 {"--seed", "4", "--hours", "9", "--poll", "300", "--by-region",
                                  "--running-only", "--cap10", "--gaps", "60"},
                                 "running"),
                       3, 6, 4);
  }
}

TEST_CASE("contract tables of an empty store say nothing", "[contract]") {
  const test::Folder folder;
  const Store store = Store::open_or_create(folder / "store.db");
  const ContractTables tables(store, {}, {});
  check_totals(tables);
  CHECK(tables.meta.watermark_seq == 0);
  CHECK(tables.ask("egress_by_region", 0, kHour_ms) ==
        "region,processes,egress_bytes,egress_bytes_lo,egress_bytes_hi,open_processes,"
        "unmetered_processes\n");
}

TEST_CASE("the head of a statement over contract tables says what it takes and gives",
          "[contract]") {
  const test::Folder folder;
  const Store store = Store::open_or_create(folder / "store.db");
  const ContractTables tables(store, {}, {});
  for (const sql::SqlText* file : sql::all_queries_contract) {
    INFO(file->path);
    const sql::Contract contract = sql::parse_contract(*file);
    CHECK(file->path == "queries/contract/" + contract.name + ".sql");
    CHECK_FALSE(contract.rows.empty());
    std::vector<std::string> columns;
    for (const sql::Declared& column : contract.out) {
      columns.push_back(column.name);
    }
    CHECK(tables.table(contract.name, 0, kHour_ms).names == columns);
    const bool takes_window = file->text.find(" :from_ms ") != std::string_view::npos;
    CHECK(contract.in.size() == (takes_window ? 2 : 0));
  }
}

TEST_CASE("egress of a window that is not on boundaries is NULL, billable time is exact",
          "[contract]") {
  const test::Folder folder;
  const Store store = stored(
      folder,
      folder.write("poll.json", R"({"observedAt":"2024-11-01T12:30:00Z","processes":[)"
                                R"({"processId":"p","appId":"a","region":"Oslo","egressedBytes":7,)"
                                R"("startedAt":"2024-11-01T08:00:00Z"}]})"));
  const ContractTables tables(store, {}, {});
  const std::int64_t at_ms = parse_instant("at", "2024-11-01T08:00:00Z", "UTC");
  CHECK(tables.ask("billing_by_app_deployment_region", at_ms, at_ms + kHour_ms + 1) ==
        "app_id,deployment_id,region,processes,billable_ms,billable_ms_lo,billable_ms_hi\n"
        "a,,Oslo,1,3600001,3600001,3600001\n");
  CHECK(tables.ask("egress_by_region", at_ms + 1, at_ms + kHour_ms) ==
        "region,processes,egress_bytes,egress_bytes_lo,egress_bytes_hi,open_processes,"
        "unmetered_processes\nOslo,,,,,0,0\n");
  // Where nothing more is known, every instant is a boundary: the as-of is 12:30, or 13:10.
  Question question = between(at_ms, at_ms + 5 * kHour_ms + 1, {});
  question.by = {GroupBy::region};
  const std::string said =
      "region,processes,egress_bytes,egress_bytes_lo,egress_bytes_hi,open_processes,"
      "unmetered_processes\nOslo,1,7,7,7,";
  CHECK(tables.ask("egress_by_region", *question.from_ms, *question.to_ms) == said + "0,0\n");
  CHECK(test::csv(store, "egress", question) == said + "0,0\n");
  question.as_of_ms = at_ms + 5 * kHour_ms + 600'000;
  question.grace_ms = kHour_ms;
  question.to_ms = *question.as_of_ms + 1;
  const ContractTables later(store, question, {});
  CHECK(later.ask("egress_by_region", *question.from_ms, *question.to_ms) == said + "1,0\n");
  CHECK(test::csv(store, "egress", question) == said + "1,0\n");
}

TEST_CASE("an end that lies far ahead is one row with a length", "[contract]") {
  const test::Folder folder;
  const Store store = stored(
      folder, folder.write("poll.ndjson",
                           R"({"observedAt":"2024-11-01T12:30:00Z","processes":[{"processId":"p",)"
                           R"("appId":"a","region":"Oslo","startedAt":"2024-11-01T11:30:00Z"}]})"
                           "\n"
                           R"({"observedAt":"2024-11-09T12:00:00Z","processes":[]})"));
  const ContractTables tables(store, {}, {});
  CHECK(tables.meta.hours == 2);  // 12:00, and 13:00 with all that may have come after it
  compare(store, tables, {}, parse_instant("at", "2024-11-02T08:00:00Z", "UTC"),
          parse_instant("at", "2024-11-04T11:00:00Z", "UTC"));
}

TEST_CASE("a total that 64 bits do not hold is refused, and not given modulo 2^64", "[contract]") {
  const test::Folder folder;
  std::string text = R"({"observedAt":"2024-11-01T12:30:00Z","processes":[)";
  for (const char* id : {"p", "q"}) {
    text += std::string(R"({"processId":")") + id +
            R"(","startedAt":"2024-11-01T11:30:00Z","egressedBytes":9000000000000000000},)";
  }
  text.back() = ']';
  const Store store = stored(folder, folder.write("poll.json", text + '}'));
  CHECK_THROWS_WITH(ContractTables(store, {}, {}),
                    Catch::Contains("the egress of all processes is more than 64 bits hold "
                                    "(18000000000000000000)"));
}

TEST_CASE("every fact belongs to one of several databases", "[contract]") {
  const test::Folder folder;
  const Store store = simulated(folder, {"--seed", "6", "--hours", "5", "--poll", "300"});
  const ContractMeta whole = ContractTables(store, {}, {}).meta;
  ContractMeta sum;
  for (std::int64_t shard = 0; shard < 3; ++shard) {
    ContractGiven given;
    given.shards = 3;
    given.shard = shard;
    const ContractTables tables(store, {}, given);
    check_totals(tables);
    const ContractMeta& part = tables.meta;
    CHECK(part.processes < whole.processes);
    CHECK(part.history_sha256 == whole.history_sha256);
    sum.processes += part.processes;
    sum.hours += part.hours;
    sum.stays += part.stays;
    sum.polls += part.polls;
    sum.snapshots += part.snapshots;
    sum.billable_ms += part.billable_ms;
    sum.egress_bytes += part.egress_bytes;
  }
  CHECK(sum.processes == whole.processes);
  CHECK(sum.hours == whole.hours);
  CHECK(sum.stays == whole.stays);
  CHECK(sum.polls == whole.polls);
  CHECK(sum.snapshots == whole.snapshots);
  CHECK(sum.billable_ms == whole.billable_ms);
  CHECK(sum.egress_bytes == whole.egress_bytes);
  // The first 8 bytes of the digest of "p" (148de9c5a7a44d19...), as sha256sum says, modulo 1000.
  CHECK(shard_of("p", 1000) == 49);
}

TEST_CASE("boundaries are whole parts of a day", "[contract]") {
  const test::Folder folder;
  const Store store = Store::open_or_create(folder / "store.db");
  for (const std::int64_t grain_ms : {std::int64_t{0}, 7 * kHour_ms, 48 * kHour_ms}) {
    CHECK_THROWS_WITH(ContractTables(store, {}, {grain_ms}),
                      "grain_ms: a whole part of a day, and a minute or more, such as 1h or 15m");
  }
}
