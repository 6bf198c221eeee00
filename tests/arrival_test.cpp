// What is kept depends on what is known, not on the order, the pieces or the repetition in which it
// came; and `check` believes every such store.

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <random>

#include "base/time_text.hpp"
#include "sim/adversarial.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;
using Random = std::mt19937_64;

constexpr std::int64_t kMinute_ms = 60'000;
constexpr std::int64_t kBegin_ms = 1'730'446'500'000;  // 2024-11-01T07:35:00Z

std::int64_t pick(Random& random, std::int64_t from, std::int64_t to) {
  return std::uniform_int_distribution<std::int64_t>(from, to)(random);
}

bool chance(Random& random, std::int64_t percent) {
  return pick(random, 1, 100) <= percent;
}

// ---- an archive whose answer hangs on nothing but its documents

/// A process whose readings go on after its end, dip, and whose times become known late.
struct Told {
  std::string id;
  std::int64_t started_ms = 0;
  std::int64_t stopping_ms = 0;
  std::int64_t terminated_ms = 0;
  std::int64_t moved_terminated_ms = 0;  ///< what the later half of the documents says instead
  std::int64_t says_start_from_ms = 0;
  std::int64_t bytes = 0;
};

Told any_process(Random& random, const std::string& id) {
  Told told;
  told.id = id;
  told.started_ms = kBegin_ms + pick(random, -90, 60) * kMinute_ms;
  told.stopping_ms = told.started_ms + pick(random, 0, 150) * kMinute_ms;
  told.terminated_ms = told.stopping_ms + pick(random, -10, 20) * kMinute_ms;
  told.moved_terminated_ms =
      told.terminated_ms + (chance(random, 30) ? pick(random, -40, 40) * kMinute_ms : 0);
  told.says_start_from_ms = kBegin_ms + pick(random, -60, 150) * kMinute_ms;
  told.bytes = pick(random, 0, 1000);
  return told;
}

std::string time_or_null(bool known, std::int64_t at_ms) {
  return known ? '"' + base::format_utc(at_ms) + '"' : "null";
}

std::string record_of(const Told& told, std::int64_t at_ms, std::int64_t bytes) {
  const std::int64_t terminated_ms =
      at_ms > kBegin_ms + 120 * kMinute_ms ? told.moved_terminated_ms : told.terminated_ms;
  return R"({"processId":")" + told.id + R"(","appId":"app","deploymentId":1,"region":"London",)" +
         R"("startedAt":)" + time_or_null(at_ms >= told.says_start_from_ms, told.started_ms) +
         R"(,"stoppingAt":)" + time_or_null(at_ms >= told.stopping_ms, told.stopping_ms) +
         R"(,"terminatedAt":)" + time_or_null(at_ms >= terminated_ms, terminated_ms) +
         R"(,"egressedBytes":)" + std::to_string(bytes) + '}';
}

/// One document a poll. Some instants are told twice, with another counter.
std::vector<std::string> any_archive(std::uint64_t seed) {
  Random random(seed);
  std::vector<Told> fleet;
  for (int i = 0; i < 12; ++i) {
    fleet.push_back(
        any_process(random, "process-" + std::to_string(seed) + '-' + std::to_string(i)));
  }
  std::vector<std::string> documents;
  for (int poll = 0; poll < 40; ++poll) {
    const std::int64_t at_ms = kBegin_ms + (poll - (chance(random, 15) ? 1 : 0)) * 6 * kMinute_ms;
    std::string records;
    for (Told& told : fleet) {
      told.bytes += chance(random, 70) ? pick(random, 0, 500) : 0;
      const std::int64_t bytes =
          chance(random, 15) ? told.bytes * pick(random, 0, 99) / 100 : told.bytes;
      if (chance(random, 70)) {
        records += (records.empty() ? "" : ",") + record_of(told, at_ms, bytes);
      }
    }
    documents.push_back(R"({"observedAt":")" + base::format_utc(at_ms) + R"(","processes":[)" +
                        records + "]}\n");
  }
  return documents;
}

// ---- what is kept, without the numbers that say when it came

constexpr const char* kProcesses =
    "SELECT process.process_id, first_seen_ms, last_seen_ms, starting_at_ms, scheduled_at_ms, "
    "booted_at_ms, started_at_ms, stopping_at_ms, terminated_at_ms FROM process";
constexpr const char* kAttributes = "SELECT * FROM process_history";
constexpr const char* kMeters =
    "SELECT process.process_id, app.label, deployment.label, region.label, extent, from_ms, to_ms, "
    "tail_ms, irregular, unended_ms, first_reading_ms, rise_ms, top_ms, last_reading_ms, "
    "egress_bytes, below FROM process_meter JOIN process USING (process_key) "
    "LEFT JOIN label AS app ON app.label_key = app_key "
    "LEFT JOIN label AS deployment ON deployment.label_key = deployment_key "
    "LEFT JOIN label AS region ON region.label_key = region_key";
constexpr const char* kRollups =
    "SELECT level, bucket, app.label, deployment.label, region.label, billed_count, billed_ms, "
    "billed_lo_count, billed_lo_ms, billed_hi_count, billed_hi_ms, billed_begin, billed_end, "
    "egress_bytes, egress_bytes_lo, egress_bytes_hi, sent_begin, sent_end, open_begin, open_end, "
    "unmetered_begin, unmetered_end FROM rollup "
    "LEFT JOIN label AS app ON app.label_key = app_key "
    "LEFT JOIN label AS deployment ON deployment.label_key = deployment_key "
    "LEFT JOIN label AS region ON region.label_key = region_key";
constexpr const char* kGaps =
    "SELECT process_id, extent, from_hour, to_hour, bytes FROM egress_gap JOIN process USING "
    "(process_key)";
constexpr const char* kSpan = "SELECT earliest_ms FROM store_span";
constexpr const char* kSightings =
    "SELECT DISTINCT observed_at_ms, app.label, region.label FROM sighting JOIN snapshot "
    "USING (snapshot_seq) JOIN place ON place_no / 63 = block AND places >> place_no % 63 & 1 "
    "LEFT JOIN label AS app ON app.label_key = app_key "
    "LEFT JOIN label AS region ON region.label_key = region_key";
constexpr const char* kObservations =
    "SELECT DISTINCT process_id, observed_at_ms, egressed_bytes FROM observation_view";
constexpr const char* kRooms = "SELECT * FROM room_on_process";
constexpr const char* kRoomsNow = "SELECT * FROM room_latest";
constexpr const char* kPorts = "SELECT * FROM port_history";
constexpr const char* kPlain =
    "SELECT process_id, plain FROM process_meter JOIN process USING "
    "(process_key)";

std::string row_text(const SQLite::Statement& row) {
  std::string text;
  for (int i = 0; i < row.getColumnCount(); ++i) {
    text += (row.getColumn(i).isNull() ? "NULL" : row.getColumn(i).getString()) + '|';
  }
  return text;
}

/// The rows of a query, sorted as text.
std::string rows_of(SQLite::Database& db, const char* query) {
  std::vector<std::string> rows;
  SQLite::Statement row(db, query);
  while (row.executeStep()) {
    rows.push_back(row_text(row));
  }
  std::sort(rows.begin(), rows.end());
  std::string all = std::string(query) + '\n';
  for (const std::string& one : rows) {
    all += one + '\n';
  }
  return all;
}

std::string kept(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  std::string all;
  for (const char* query :
       {kProcesses, kAttributes, kMeters, kRollups, kGaps, kSpan, kSightings, kObservations}) {
    all += rows_of(db, query);
  }
  return all;
}

/// Whether readings lie in the order in which they came is a fact about the order, and only of it.
std::string kept_in_order(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  return kept(path) + rows_of(db, kPlain) + rows_of(db, kRooms) + rows_of(db, kRoomsNow) +
         rows_of(db, kPorts);
}

/// What `check` finds, one finding a line.
std::string findings(const std::string& path) {
  std::string found;
  for (const Finding& one : Store::open(path).check()) {
    if (one.status != Finding::Status::ok) {
      found += one.check + ": " + one.first_difference.value() + '\n';
    }
  }
  return found;
}

// ---- ways to store it

using Documents = std::vector<std::string>;

/// Stores documents in runs of a few, each run a store opened anew.
std::string store_in_pieces(const Folder& folder, const std::string& name,
                            const Documents& documents, Random& random, std::int64_t most) {
  const std::string path = folder / (name + ".db");
  static_cast<void>(Store::open_or_create(path));
  for (std::size_t next = 0, piece = 0; next < documents.size(); ++piece) {
    std::string text;
    for (std::int64_t more = pick(random, 1, most); more > 0 && next < documents.size(); --more) {
      text += documents[next++];
    }
    Store::open_or_create(path).ingest(
        {folder.write(name + '/' + std::to_string(piece) + ".ndjson", text)});
  }
  return path;
}

std::string store_at_once(const Folder& folder, const std::string& name,
                          const Documents& documents) {
  Random random(1);
  return store_in_pieces(folder, name, documents, random,
                         static_cast<std::int64_t>(documents.size()) * 1'000'000);
}

Documents shuffled(Documents documents, Random& random) {
  std::shuffle(documents.begin(), documents.end(), random);
  return documents;
}

/// Some documents a second time, somewhere behind the first.
Documents repeated(Documents documents, Random& random) {
  for (int more = 0; more < 15; ++more) {
    const auto from =
        static_cast<std::size_t>(pick(random, 0, static_cast<std::int64_t>(documents.size()) - 1));
    const auto to = static_cast<std::ptrdiff_t>(
        pick(random, static_cast<std::int64_t>(from), static_cast<std::int64_t>(documents.size())));
    documents.insert(documents.begin() + to, std::string(documents[from]));
  }
  return documents;
}

void check_same(const std::string& path, const std::string& expected) {
  CHECK(findings(path) == "");
  CHECK((kept(path) == expected));
}

/// Stores a file in another process, which is killed after a while or runs to its end.
void store_in_child(const std::string& path, const std::string& archive,
                    std::optional<useconds_t> killed_after) {
  const pid_t child = fork();
  if (child == 0) {
    Store::open_or_create(path).ingest({archive});
    _exit(0);
  }
  if (killed_after) {
    usleep(*killed_after);
    kill(child, SIGKILL);
  }
  int status = 0;
  waitpid(child, &status, 0);
}

std::string joined(const Documents& documents) {
  std::string text;
  for (const std::string& document : documents) {
    text += document;
  }
  return text;
}

}  // namespace

TEST_CASE("what is kept depends on what is known, not on how it came", "[arrival]") {
  const char* const more = std::getenv("FLEETMETER_ARRIVAL_SEEDS");
  const std::uint64_t seeds = more == nullptr ? 6 : std::stoull(more);
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const Folder folder;
    const Documents documents = any_archive(seed);
    const std::string clean = store_at_once(folder, "clean", documents);
    const std::string expected = kept(clean);
    CHECK(findings(clean) == "");
    const auto as_pieces = [&](const std::string& name, const Documents& all, std::int64_t most) {
      INFO(name);
      check_same(store_in_pieces(folder, name, all, random, most), expected);
    };
    as_pieces("pieces", documents, 7);
    as_pieces("backwards", Documents(documents.rbegin(), documents.rend()), 3);
    as_pieces("shuffled", shuffled(documents, random), 1'000'000);
    as_pieces("shuffled-pieces", shuffled(documents, random), 5);
    as_pieces("one-by-one", shuffled(documents, random), 1);
    as_pieces("repeated", repeated(documents, random), 4);
    as_pieces("repeated-shuffled", shuffled(repeated(documents, random), random), 4);
  }
}

TEST_CASE("check believes archives that try to break it, however they came", "[arrival]") {
  for (std::uint64_t seed = 4000; seed < 4012; ++seed) {
    INFO("seed " << seed);
    Random random(seed);
    const Folder folder;
    const auto adversarial = sim::adversarial_archive(seed);
    std::vector<std::string> paths;
    for (const auto& document : adversarial) {
      const std::string name = document.file_name.substr(document.file_name.find_last_of('/') + 1);
      paths.push_back(folder.write(std::to_string(paths.size()) + '/' + name, document.text));
    }
    Store::open_or_create(folder / "clean.db").ingest(paths);
    CHECK(findings(folder / "clean.db") == "");
    for (const std::string& path : paths) {
      Store::open_or_create(folder / "pieces.db").ingest({path});
    }
    CHECK(findings(folder / "pieces.db") == "");
    CHECK((kept_in_order(folder / "pieces.db") == kept_in_order(folder / "clean.db")));
    std::shuffle(paths.begin(), paths.end(), random);
    for (const std::string& path : paths) {
      Store::open_or_create(folder / "shuffled.db").ingest({path});
    }
    CHECK(findings(folder / "shuffled.db") == "");
  }
}

TEST_CASE("what is kept after kills, and of two writers, is what a clean run keeps", "[arrival]") {
  const Folder folder;
  Documents documents;
  for (std::uint64_t seed = 100; seed < 130; ++seed) {
    const Documents more = any_archive(seed);
    documents.insert(documents.end(), more.begin(), more.end());
  }
  Random random(7);
  const std::string clean = store_at_once(folder, "clean", documents);
  const std::string expected = kept(clean);
  CHECK(findings(clean) == "");
  const std::string late = folder.write("late.ndjson", joined(shuffled(documents, random)));
  const std::string archive = folder.write("archive.ndjson", joined(documents));
  for (int round = 0; round < 6; ++round) {
    INFO("round " << round);
    const std::string path = folder / ("killed" + std::to_string(round) + ".db");
    static_cast<void>(Store::open_or_create(path));
    store_in_child(path, late, static_cast<useconds_t>(3000 + 9000 * round));
    store_in_child(path, archive, static_cast<useconds_t>(3000 + 9000 * round));
    Store::open_or_create(path).ingest({late});
    check_same(path, expected);
  }
  const std::string path = folder / "two.db";
  static_cast<void>(Store::open_or_create(path));
  const pid_t child = fork();
  if (child == 0) {
    for (int piece = 0; piece < 4; ++piece) {
      Store::open_or_create(path).ingest({archive});
    }
    _exit(0);
  }
  store_in_pieces(folder, "two", shuffled(documents, random), random, 200);
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  check_same(path, expected);
}

TEST_CASE("a store that kept something else is told apart", "[arrival]") {
  const Folder folder;
  Documents documents = any_archive(3);
  const std::string expected = kept(store_at_once(folder, "clean", documents));
  // The comparison sees the fault that used to be there: another first reading, after the end.
  const std::string path = store_at_once(folder, "planted", documents);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  db.exec("UPDATE process_meter SET first_reading_ms = first_reading_ms + 1 WHERE process_key = 1");
  CHECK((kept(path) != expected));
  CHECK(findings(path).find("process_meters: process process-") != std::string::npos);
  // And a document that is missing.
  documents.pop_back();
  CHECK((kept(store_at_once(folder, "less", documents)) != expected));
}

TEST_CASE("of several readings after the end the largest counts, whichever came first",
          "[arrival]") {
  const Folder folder;
  const auto reading = [&](const std::string& name, const std::string& minute, int bytes) {
    return folder.write(
        name + "/2024-11-01T10-" + minute + "-00Z.json",
        R"([{"processId":"p","appId":"a","region":"R","startedAt":"2024-11-01T09:00:00Z",)"
        R"("stoppingAt":"2024-11-01T10:00:00Z","terminatedAt":"2024-11-01T10:00:00Z",)"
        R"("egressedBytes":)" +
            std::to_string(bytes) + "}]");
  };
  const std::vector<std::string> paths{reading("a", "05", 300), reading("b", "10", 900),
                                       reading("c", "15", 500)};
  std::vector<std::size_t> order{0, 1, 2};
  do {
    const std::string path =
        folder / ("store" + std::to_string(order[0] * 100 + order[1] * 10 + order[2]) + ".db");
    for (const std::size_t next : order) {
      Store::open_or_create(path).ingest({paths[next]});
    }
    CHECK(findings(path) == "");
    SQLite::Database db(path, SQLite::OPEN_READONLY);
    SQLite::Statement row(
        db, "SELECT first_reading_ms, last_reading_ms, egress_bytes, below FROM process_meter");
    REQUIRE(row.executeStep());
    CHECK(row.getColumn(0).getInt64() == 1'730'455'500'000);  // 10:05, as it was read
    CHECK(row.getColumn(1).getInt64() == 1'730'455'200'000);  // 10:00, as it counts
    CHECK(row.getColumn(2).getInt64() == 900);
    CHECK(row.getColumn(3).getInt64() == 0);  // 500 after 900 is no break: of one instant
  } while (std::next_permutation(order.begin(), order.end()));
}
