// The power fails at any operation of the disk, and what had not been brought to the disk is there,
// or not, or in parts. Whatever was acknowledged is kept, nothing is there half, the store is
// sound, and the same commands once more end where an undisturbed run ends.
//
// FLEETMETER_CUTS says how many cuts each kind of work gets.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>

#include "sim/adversarial.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/power_cuts.hpp"
#include "support/pruning.hpp"

namespace {

using namespace fleetmeter;
using test::answers;
using test::first_fault;
using test::Folder;
using test::PowerDisk;
using test::run;
using test::Work;

std::uint64_t cuts() {
  const char* const said = std::getenv("FLEETMETER_CUTS");
  return said == nullptr ? 1000 : std::strtoull(said, nullptr, 10);
}

/// Archives that nobody polled well, a step for each file.
Work ingest_of(const Folder& folder, std::uint64_t seed) {
  std::map<std::string, std::string> files;
  for (const auto& document : sim::adversarial_archive(seed)) {
    files[document.file_name] += document.text + '\n';
  }
  Work work;
  work.store = folder / "store.db";
  std::vector<std::string> paths;
  for (const auto& [name, text] : files) {
    paths.push_back(folder.write(name, text));
    work.steps.emplace_back(
        [path = paths.back()](Store& store) { static_cast<void>(store.ingest({path})); });
  }
  work.is_done = [paths](Store& store, std::size_t step) {
    const std::int64_t before = store.status().snapshots;
    static_cast<void>(store.ingest({paths[step]}));
    return store.status().snapshots == before;
  };
  return work;
}

/// Brings a store of an older version onto the disk.
void put_old_store(PowerDisk& disk, const std::string& name, int version) {
  const std::string number = std::to_string(10'000 + version).substr(1);
  std::ifstream sql(std::string(FLEETMETER_SOURCE_DIR) + "/tests/golden/schema_" + number + ".sql",
                    std::ios::binary);
  disk.load({});
  SQLite::Database db(name, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(std::string(std::istreambuf_iterator<char>(sql), {}));
  db.exec("PRAGMA application_id = 1179407437; PRAGMA user_version = " + std::to_string(version) +
          "; PRAGMA journal_mode = WAL");
}

}  // namespace

TEST_CASE("a power cut while archives are read costs nothing that was acknowledged", "[power]") {
  const std::uint64_t archives = std::max<std::uint64_t>(2, cuts() / 2000);
  for (std::uint64_t seed = 1; seed <= archives; ++seed) {
    const Folder folder;
    PowerDisk disk;
    INFO("archive " << seed);
    CHECK(first_fault(ingest_of(folder, seed), disk, cuts() / archives) == "");
  }
}

TEST_CASE("a power cut while prices are imported and months sealed leaves either", "[power]") {
  const Folder folder;
  PowerDisk disk;
  Work work = ingest_of(folder, 3);
  REQUIRE(run(work) == "");
  const std::string rates = folder.write("rates.csv", "card,unit,price\nmine,vcpu_hour,0.08\n");
  const std::string month = [&] {
    const Store store = Store::open(work.store);
    Question by_month;
    by_month.by = {GroupBy::month};
    return store.billing(by_month).front().group.front();
  }();
  work.steps = {
      [rates](Store& store) { static_cast<void>(store.import_money(MoneyKind::rates, {rates})); },
      [month](Store& store) {
        if (store.seals().empty()) {
          SealRequest request;
          request.month = month;
          Question later;
          later.as_of_ms = *store.status().last_observed_at_ms + 40 * 86'400'000LL;
          static_cast<void>(store.seal(request, later));
        }
      }};
  work.is_done = [](Store& store, std::size_t step) {
    const Table cards = store.money(MoneyKind::rates);
    const bool has_card = std::any_of(cards.rows.begin(), cards.rows.end(), [](const auto& row) {
      return row.front() == Cell(std::string("mine"));
    });
    return step == 0 ? has_card : store.seals().size() == 1;
  };
  CHECK(first_fault(work, disk, cuts()) == "");
}

TEST_CASE("a power cut while observations are moved to a file leaves them here or there",
          "[power]") {
  const Folder folder;
  PowerDisk disk;
  const std::string polls = folder / "polls";
  for (const auto& [name, text] : test::fleet_of_days(5, 3)) {
    folder.write("polls/" + name, text);
  }
  Work work;
  work.store = folder / "store.db";
  work.steps = {[polls](Store& store) { static_cast<void>(store.ingest({polls})); }};
  REQUIRE(run(work) == "");
  work.folder = folder / "moved";
  std::filesystem::create_directory(work.folder);
  work.steps = {[to = work.folder](Store& store) {
    static_cast<void>(store.prune({test::kFleetStart_ms + 2 * 86'400'000, to}));
  }};
  work.is_done = [](Store& store, std::size_t) { return store.status().pruned_observations > 0; };
  CHECK(first_fault(work, disk, cuts() / 2) == "");

  REQUIRE(run(work) == "");
  REQUIRE(Store::open(work.store).status().pruned_observations > 0);
  work.steps = {
      [from = work.folder](Store& store) { static_cast<void>(store.restore_pruned(from)); }};
  work.is_done = [](Store& store, std::size_t) { return store.status().pruned_observations == 0; };
  CHECK(first_fault(work, disk, cuts() / 2) == "");
}

TEST_CASE("a power cut while an old store is brought up to date leaves it old or new", "[power]") {
  for (const int version : {1, 6, 11, 16, 20}) {
    const Folder folder;
    PowerDisk disk;
    Work work;
    work.store = folder / "store.db";
    put_old_store(disk, work.store, version);
    work.steps = {[](Store&) {}};
    work.is_done = [](Store&, std::size_t) { return true; };
    INFO("version " << version);
    CHECK(first_fault(work, disk, cuts() / 5) == "");
  }
}

TEST_CASE("a disk that says it has done what it has not is found out", "[power]") {
  const Folder folder;
  PowerDisk disk;
  CHECK_FALSE(first_fault(ingest_of(folder, 1), disk, 40, true).empty());
}

TEST_CASE("a step that is not one transaction is found out", "[power]") {
  const Folder folder;
  PowerDisk disk;
  Work work = ingest_of(folder, 1);
  REQUIRE(run(work) == "");
  work.steps = {[path = work.store](Store&) {
    SQLite::Database db(path, SQLite::OPEN_READWRITE);
    db.exec("UPDATE process_meter SET egress_bytes = egress_bytes + 1");
    db.exec("UPDATE process_meter SET egress_bytes = egress_bytes - 1");
  }};
  work.is_done = [](Store&, std::size_t) { return true; };
  CHECK_FALSE(first_fault(work, disk, 100).empty());
}

TEST_CASE("an error of the disk, or a full one, ends the work and nothing else", "[power]") {
  const Folder folder;
  PowerDisk disk;
  const Work work = ingest_of(folder, 2);
  REQUIRE(run(work) == "");
  const std::string expected = answers(work);
  disk.load({});
  REQUIRE(run({work.store, {work.steps.front()}, {}}) == "");
  const PowerDisk::Image begin = disk.image();
  disk.mend();
  REQUIRE(run(work) == "");
  const std::uint64_t operations = disk.operations();
  for (std::uint64_t seed = 0; seed < cuts() / 10; ++seed) {
    const auto fate = seed % 2 == 0 ? PowerDisk::Fate::io_error : PowerDisk::Fate::full;
    INFO("seed " << seed);
    disk.load(begin);
    disk.plan(1 + test::mixed(seed) % operations, fate);
    static_cast<void>(run(work));
    disk.mend();  // there is room again
    REQUIRE(is_sound(Store::open_or_create(work.store).check()));
    REQUIRE(run(work) == "");
    REQUIRE(answers(work) == expected);
  }
}
