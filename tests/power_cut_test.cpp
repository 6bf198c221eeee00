// The power fails at any operation of the disk, and what had not been brought to the disk is there,
// or not, or in parts. Whatever was acknowledged is kept, nothing is there half, the store is
// sound, and the same commands once more end where an undisturbed run ends.
//
// FLEETMETER_CUTS says how many cuts each kind of work gets; a long run takes some 10,000.

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>

#include "sim/adversarial.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"
#include "support/power_disk.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;
using test::PowerDisk;

std::uint64_t cuts() {
  const char* const said = std::getenv("FLEETMETER_CUTS");
  return said == nullptr ? 60 : std::strtoull(said, nullptr, 10);
}

/// A number of a seed that has nothing to do with that of the next one.
std::uint64_t mixed(std::uint64_t seed) {
  seed = (seed + 1) * 0x9E3779B97F4A7C15U;
  seed = (seed ^ seed >> 31U) * 0xBF58476D1CE4E5B9U;
  return seed ^ seed >> 29U;
}

/// Work in steps, of which each is acknowledged by coming to its end.
struct Work {
  std::string store;
  std::vector<std::function<void(Store&)>> steps;
  /// Whether a step has been done, as far as one can see; true of each that was acknowledged.
  std::function<bool(Store&, std::size_t step)> is_done;
};

/// Everything that the store answers, but for what depends on how often something was read.
std::string answers(const std::string& path) {
  const Store store = Store::open(path);
  Question by_process;
  by_process.by = {GroupBy::process, GroupBy::day};
  std::string all =
      test::csv(store, "billing", by_process) + test::csv(store, "egress", by_process);
  const StoreStatus status = store.status();
  for (const std::int64_t count : {status.snapshots, status.processes, status.observations,
                                   status.rooms, status.ports, status.rejects}) {
    all += std::to_string(count) + '\n';
  }
  for (const SealRow& seal : store.seals()) {
    all += seal.month + ' ' + seal.root + '\n';
  }
  return all;
}

/// How far work came.
struct Ran {
  std::size_t steps = 0;  ///< that were acknowledged
  std::string error;      ///< why it ended; empty: it came to its end
};

/// Runs the steps, as far as the disk lets it.
Ran run(const Work& work) {
  Ran ran;
  try {
    Store store = Store::open_or_create(work.store);
    for (; ran.steps < work.steps.size(); ++ran.steps) {
      work.steps[ran.steps](store);
    }
  } catch (const Error& error) {
    ran.error = error.what();
  }
  return ran;
}

struct Outcome {
  std::string fault;  ///< empty: all is well
  bool was_cut = false;
};

/// One cut, and what is found afterwards.
Outcome cut(const Work& work, PowerDisk& disk, const PowerDisk::Image& begin,
            std::uint64_t operations, const std::string& expected, std::uint64_t seed) {
  constexpr PowerDisk::Left kLeft[] = {PowerDisk::Left::nothing, PowerDisk::Left::everything,
                                       PowerDisk::Left::some_writes, PowerDisk::Left::some_sectors};
  disk.load(begin);
  disk.plan(1 + mixed(seed) % operations, PowerDisk::Fate::power_cut);
  const std::size_t acknowledged = run(work).steps;
  const bool was_cut = disk.happened();
  disk.restart(kLeft[seed % 4], seed);
  try {
    if (!disk.image().empty()) {
      Store store = Store::open_or_create(work.store);
      for (const Finding& one : store.check()) {
        if (one.status != Finding::Status::ok) {
          return {one.check + ": " + one.first_difference.value_or(""), was_cut};
        }
      }
      for (std::size_t step = 0; step < acknowledged; ++step) {
        if (!work.is_done(store, step)) {
          return {"step " + std::to_string(step) + " was acknowledged and is not there", was_cut};
        }
      }
    } else if (acknowledged > 0) {
      return {"the store is gone", was_cut};
    }
    if (const Ran again = run(work); !again.error.empty()) {
      return {"once more: " + again.error, was_cut};
    }
    return {answers(work.store) == expected ? "" : "the same once more ends elsewhere", was_cut};
  } catch (const Error& error) {
    return {error.what(), was_cut};
  }
}

/// The first fault of many cuts; empty: there is none.
std::string first_fault(const Work& work, PowerDisk& disk, std::uint64_t times) {
  const PowerDisk::Image begin = disk.image();
  disk.mend();
  REQUIRE(run(work).error == "");
  const std::uint64_t operations = disk.operations();
  const std::string expected = answers(work.store);
  std::uint64_t were_cut = 0;
  for (std::uint64_t seed = 0; seed < times; ++seed) {
    const Outcome outcome = cut(work, disk, begin, operations, expected, seed);
    if (!outcome.fault.empty()) {
      return "seed " + std::to_string(seed) + ": " + outcome.fault;
    }
    were_cut += outcome.was_cut ? 1 : 0;
  }
  CHECK(were_cut > times / 2);  // or nothing was tried
  return "";
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

/// Brings the bytes of a file of SQLite onto the disk, as the power disk's own.
void put(PowerDisk& disk, const std::string& name, const std::string& sql) {
  disk.load({});
  SQLite::Database db(name, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(sql);
  db.exec(
      "PRAGMA application_id = 1179407437; PRAGMA user_version = 11; PRAGMA journal_mode = WAL");
}

std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

TEST_CASE("a power cut while archives are read costs nothing that was acknowledged", "[power]") {
  for (const std::uint64_t seed : {1U, 2U}) {
    const Folder folder;
    PowerDisk disk;
    INFO("archive " << seed);
    CHECK(first_fault(ingest_of(folder, seed), disk, cuts()) == "");
  }
}

TEST_CASE("a power cut while prices are imported and months sealed leaves either", "[power]") {
  const Folder folder;
  PowerDisk disk;
  Work work = ingest_of(folder, 3);
  static_cast<void>(run(work));
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

TEST_CASE("a power cut while an old store is brought up to date leaves it old or new", "[power]") {
  const Folder folder;
  PowerDisk disk;
  Work work;
  work.store = folder.write("store.db", "");
  put(disk, work.store,
      text_of_file(std::string(FLEETMETER_SOURCE_DIR) + "/tests/golden/schema_0011.sql"));
  work.steps = {[](Store&) {}};
  work.is_done = [](Store&, std::size_t) { return true; };
  CHECK(first_fault(work, disk, cuts() / 2) == "");
}

TEST_CASE("a disk that says it has done what it has not is found out", "[power]") {
  const Folder folder;
  PowerDisk disk;
  disk.lie();
  CHECK_FALSE(first_fault(ingest_of(folder, 1), disk, 40).empty());
}

TEST_CASE("an error of the disk, or a full one, ends the work and nothing else", "[power]") {
  const Folder folder;
  PowerDisk disk;
  const Work work = ingest_of(folder, 2);
  REQUIRE(run(work).error == "");
  const std::string expected = answers(work.store);
  disk.load({});
  static_cast<void>(run({work.store, {work.steps.front()}, {}}));
  const PowerDisk::Image begin = disk.image();
  disk.mend();
  static_cast<void>(run(work));
  const std::uint64_t operations = disk.operations();
  for (std::uint64_t seed = 0; seed < cuts(); ++seed) {
    const auto fate = seed % 2 == 0 ? PowerDisk::Fate::io_error : PowerDisk::Fate::full;
    INFO("seed " << seed);
    disk.load(begin);
    disk.plan(1 + mixed(seed) % operations, fate);
    static_cast<void>(run(work));
    disk.mend();  // there is room again
    REQUIRE(is_sound(Store::open_or_create(work.store).check()));
    REQUIRE(run(work).error == "");
    REQUIRE(answers(work.store) == expected);
  }
}
