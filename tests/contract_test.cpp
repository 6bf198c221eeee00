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

void compare(const Store& store, const ContractTables& tables, Question question,
             std::int64_t from_ms, std::int64_t to_ms) {
  INFO("from " << from_ms << " to " << to_ms << " as of " << question.as_of_ms.value_or(0)
               << " grace " << question.grace_ms << " longest life " << question.max_lifespan_ms
               << " known " << question.known_seq.value_or(-1) << " grain "
               << tables.meta.grain_ms);
  question.from_ms = from_ms;
  question.to_ms = to_ms;
  CHECK(picked(tables.table("billing_by_process", from_ms, to_ms), kOfProcess) ==
        billing_of_processes(store, question));
  CHECK(tables.ask("room_time_by_region", from_ms, to_ms) == rooms_of_regions(store, question));
  CHECK(tables.ask("polls_by_region", from_ms, to_ms) == polls_of_regions(store, question));
  question.by = {GroupBy::app, GroupBy::deployment, GroupBy::region};
  CHECK(tables.ask("billing_by_app_deployment_region", from_ms, to_ms) ==
        test::csv(store, "billing", question));
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
  CHECK(totals == 13);
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

TEST_CASE("a window that is not on boundaries is answered by NULL", "[contract]") {
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
        "a,,Oslo,,,,\n");
  CHECK(tables.ask("egress_by_region", at_ms + 1, at_ms + kHour_ms) ==
        "region,processes,egress_bytes,egress_bytes_lo,egress_bytes_hi,open_processes,"
        "unmetered_processes\nOslo,,,,,0,0\n");
  // Where nothing more is known, every instant is a boundary: the as-of is 12:30.
  CHECK(tables.ask("billing_by_app_deployment_region", at_ms, at_ms + 5 * kHour_ms + 1) ==
        "app_id,deployment_id,region,processes,billable_ms,billable_ms_lo,billable_ms_hi\n"
        "a,,Oslo,1,16200000,16200000,16200000\n");
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

namespace {

/// The facts of processes, by their ids, as somebody has them who only takes what is new.
class KeptFacts final : public ContractSink {
 public:
  using Rows = std::map<std::string, std::vector<std::vector<Cell>>>;

  void take(const ContractProcess& row) override {
    came_processes_[row.process_id].push_back(cells_of(row));
    if (row.is_settled) {
      unsettled_.erase(row.process_id);
    } else {
      unsettled_.insert(row.process_id);
    }
  }
  void take(const ContractHour& row) override {
    came_hours_[row.process_id].push_back(cells_of(row));
  }
  void take(const ContractStay& /*row*/) override {}
  void take(const ContractPoll& /*row*/) override {}
  void take(const ContractSnapshot& /*row*/) override {}
  void take(const ContractMeta& row) override { watermark_seq_ = row.watermark_seq; }

  /// How many processes were replaced.
  std::size_t catch_up(const Store& store, const Question& question) {
    ContractGiven given;
    given.after_seq = watermark_seq_;
    given.also = unsettled_;
    store.contract(question, given, *this);
    for (const auto& [id, rows] : came_processes_) {
      processes[id] = rows;
      hours.erase(id);
    }
    hours.merge(came_hours_);
    came_hours_.clear();
    return std::exchange(came_processes_, {}).size();
  }

  Rows processes;
  Rows hours;

 private:
  Rows came_processes_;
  Rows came_hours_;
  std::set<std::string> unsettled_;
  std::int64_t watermark_seq_ = 0;
};

}  // namespace

TEST_CASE("who takes only what is new has what is there at once", "[contract]") {
  // Running lists that come late prove processes gone that nobody observed since.
  std::vector<std::string> documents;
  sim::emit_archive(
      sim::parse_command_line({"--seed", "8", "--hours", "8", "--poll", "300", "--by-region",
                               "--running-only", "--cap10", "--lifetime-minutes", "30"})
          .archive,
      [&](const sim::Document& document) {
        documents.push_back(std::string(document.text) + '\n');
      });
  std::mt19937_64 random(8);
  for (std::size_t i = documents.size(); i > 1; --i) {
    if (random() % 4 == 0) {  // most come in order, so that there is something settled
      std::swap(documents[i - 1], documents[random() % i]);
    }
  }
  const test::Folder folder;
  Store store = Store::open_or_create(folder / "store.db");
  IngestOptions options;
  options.list = "running";
  Question question;
  question.max_lifespan_ms = kHour_ms;
  KeptFacts kept;
  std::size_t spared = 0;
  constexpr std::size_t kBatches = 12;
  for (std::size_t batch = 0; batch < kBatches; ++batch) {
    std::string text;
    for (std::size_t i = documents.size() * batch / kBatches;
         i < documents.size() * (batch + 1) / kBatches; ++i) {
      text += documents[i];
    }
    store.ingest({folder.write(std::to_string(batch) + ".ndjson", text)}, options);
    const std::size_t replaced = kept.catch_up(store, question);
    spared += kept.processes.size() - replaced;
    KeptFacts fresh;
    static_cast<void>(fresh.catch_up(store, question));
    INFO("batch " << batch);
    CHECK(kept.processes == fresh.processes);
    CHECK(kept.hours == fresh.hours);
  }
  CHECK(spared > 0);
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
