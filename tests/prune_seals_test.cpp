// Pruning beside what else a store does: sealed months, documents that come late, files that are
// not what they were.

#include <filesystem>
#include <fstream>

#include "base/time_text.hpp"
#include "support/altered.hpp"
#include "support/catch.hpp"
#include "support/pruning.hpp"
#include "support/sealing.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;

constexpr std::int64_t kDay_ms = 86'400'000;

std::string written_below(const Folder& folder, const Archive& archive) {
  for (const auto& [name, text] : archive) {
    folder.write("archive/" + name, text);
  }
  return folder / "archive";
}

std::string csv_of_restatements(const Store& store) {
  std::ostringstream out;
  const auto writer = make_writer(Format::csv, out);
  give(store.restatements(), *writer);
  return out.str();
}

std::string one_process(const std::string& id, std::int64_t at_ms, const std::string& more) {
  return R"({"observedAt":")" + base::format_utc(at_ms) + R"(","processes":[{"processId":")" + id +
         R"(","appId":"a","region":"x",)" + more + R"(}]})" + '\n';
}

/// Two processes of the first of November, and a poll ten days later.
std::string make_small(const Folder& folder) {
  const std::int64_t hour_ms = 3'600'000;
  const std::string started = R"("startedAt":"2024-11-01T00:10:00Z")";
  const std::string ended = R"(,"terminatedAt":"2024-11-01T03:00:00Z","stoppingAt":)"
                            R"("2024-11-01T02:50:00Z")";
  std::string text;
  for (const char* id : {"p", "q"}) {
    text += one_process(id, kFleetStart_ms + hour_ms, started + R"(,"egressedBytes":100)");
    text += one_process(id, kFleetStart_ms + 2 * hour_ms, started + R"(,"egressedBytes":300)");
    text +=
        one_process(id, kFleetStart_ms + 3 * hour_ms, started + ended + R"(,"egressedBytes":700)");
  }
  text += one_process("r", kFleetStart_ms + 10 * kDay_ms, R"("startedAt":"2024-11-11T00:00:00Z")");
  const std::string path = folder / "store.db";
  Store store = Store::open_or_create(path);
  static_cast<void>(store.ingest({folder.write("polls.ndjson", text)}));
  return path;
}

std::string only_file(const Folder& folder) {
  for (const auto& one : std::filesystem::directory_iterator(folder.path())) {
    if (one.path().extension() == ".parquet") {
      return one.path().string();
    }
  }
  return "";
}

}  // namespace

TEST_CASE("sealed months are worked out as before when observations were pruned", "[prune]") {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const Folder folder;
    const std::int64_t start_ms = kFleetStart_ms - 4 * kDay_ms;
    Archive archive = fleet_of_days(seed, 15, start_ms);
    Archive late;
    std::size_t number = 0;
    for (const auto& [name, text] : archive) {
      if (++number % 9 == 0 || number > archive.size() * 6 / 10) {
        late[name] = text;
      }
    }
    for (const auto& [name, text] : late) {
      archive.erase(name);
    }
    Store store = Store::open_or_create(folder / "store.db");
    static_cast<void>(store.ingest({written_below(folder, archive)}));
    static_cast<void>(seal_month(store, "2024-10"));
    static_cast<void>(store.ingest({written_below(folder, late)}));
    const std::string restated = csv_of_restatements(store);
    expect_ok(store.verify_seals());
    const Pruning done = store.prune({kFleetStart_ms + 8 * kDay_ms, folder.path(), false});
    CHECK(done.processes > 0);
    CHECK(done.kept_for_seals > 0);
    expect_ok(store.verify_seals());
    CHECK(csv_of_restatements(store) == restated);
  }
}

TEST_CASE("a late document about a pruned process is rejected, a known one is known", "[prune]") {
  const Folder folder;
  const std::string path = make_small(folder);
  Store store = Store::open_or_create(path);
  const Pruning done = store.prune({kFleetStart_ms + 5 * kDay_ms, folder.path(), false});
  REQUIRE(done.processes == 2);
  const std::string dump = dump_of(store);
  const SourceReport known = store.ingest({folder / "polls.ndjson"}).front();
  CHECK(known.rejected == 0);
  CHECK(known.duplicates == known.processes);
  CHECK(dump_of(store) == dump);

  Question question;
  question.to_ms = kFleetStart_ms + 5 * kDay_ms;
  question.process_ids = {"p", "q"};
  const std::string billing = csv(store, "billing", question);
  const std::string egress = csv(store, "egress", question);
  const std::string late = folder.write(
      "late.json", R"({"observedAt":"2024-11-01T03:30:00Z","list":"running","processes":[)"
                   R"({"processId":"p","appId":"a","region":"x","egressedBytes":900},)"
                   R"({"processId":"s","appId":"a","region":"x","egressedBytes":1}]})");
  const SourceReport report = store.ingest({late}).front();
  CHECK(report.rejected == 1);
  CHECK(report.new_count == 1);
  CHECK(csv(store, "billing", question) == billing);
  Table rejects;
  store.sql("SELECT reason FROM reject", rejects);
  REQUIRE(rejects.rows.size() == 1);
  CHECK(std::get<std::string>(rejects.rows[0][0]).find("process p: its observations were pruned") ==
        0);
  question.process_ids = {"p"};
  CHECK(store.egress(question).front().egress_bytes.point == 700);
  CHECK(is_sound(store.check()));
  // Again it is known, and changes nothing.
  const std::string with_late = dump_of(store);
  static_cast<void>(store.ingest({late}));
  CHECK(dump_of(store) == with_late);
}

TEST_CASE("check finds what is recorded wrongly of a pruned file", "[prune][check]") {
  const Folder folder;
  const std::string path = make_small(folder);
  {
    Store store = Store::open_or_create(path);
    REQUIRE(store.prune({kFleetStart_ms + 5 * kDay_ms, folder.path(), false}).processes == 2);
    REQUIRE(is_sound(store.check()));
  }
  for (const char* damage :
       {"UPDATE pruned_file SET process_count = 3", "UPDATE pruned_file SET observation_count = 7",
        "UPDATE pruned_file SET egressed_bytes_sum = 1", "DELETE FROM pruned_process",
        "UPDATE pruned_process SET row_count = row_count - 1 WHERE first_row = 0",
        "UPDATE pruned_process SET first_row = first_row + 1",
        "UPDATE pruned_file SET before_ms = 1730419300000",
        "INSERT INTO observation (process_key, snapshot_seq, restated_attribute_no, activity_no) "
        "SELECT process_key, 7, 0, 0 FROM pruned_process LIMIT 1"}) {
    INFO(damage);
    REQUIRE(alter(path, folder / "damaged.db", damage));
    CHECK(!is_sound(Store::open(folder / "damaged.db").check()));
  }
}

TEST_CASE("a file that is not what was pruned is refused", "[prune]") {
  const Folder folder;
  Store store = Store::open_or_create(make_small(folder));
  REQUIRE(store.prune({kFleetStart_ms + 5 * kDay_ms, folder.path(), false}).processes == 2);
  const std::string file = only_file(folder);
  Question question;
  question.archive = folder.path();
  REQUIRE(!store.explain("p", question).empty());
  {
    std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(20);
    bytes.put('\x7F');
  }
  CHECK_THROWS_AS(store.explain("p", question), Error);
  CHECK_THROWS_AS(store.restore_pruned(folder.path()), Error);
  std::filesystem::remove(file);
  CHECK_THROWS_AS(store.explain("p", question), Error);
  CHECK(store.status().pruned_observations == 6);
}

TEST_CASE("what names rows that a file does not have puts nothing back", "[prune]") {
  const Folder folder;
  const std::string path = make_small(folder);
  REQUIRE(Store::open_or_create(path)
              .prune({kFleetStart_ms + 5 * kDay_ms, folder.path(), false})
              .processes == 2);
  for (const char* damage :
       {"UPDATE pruned_process SET first_row = -1", "UPDATE pruned_process SET row_count = 0",
        "UPDATE pruned_process SET first_row = 9223372036854775807",
        "UPDATE pruned_process SET row_count = 9223372036854775807",
        "UPDATE pruned_process SET row_count = 1", "UPDATE pruned_process SET first_row = 0",
        "DELETE FROM pruned_process WHERE first_row = 0",
        "UPDATE pruned_file SET observation_count = 5",
        "UPDATE pruned_file SET egressed_bytes_sum = 1"}) {
    INFO(damage);
    REQUIRE(alter(path, folder / "damaged.db", damage));
    Store store = Store::open_or_create(folder / "damaged.db");
    const std::string dump = dump_of(store);
    CHECK_THROWS_AS(store.restore_pruned(folder.path()), Error);
    CHECK(dump_of(store) == dump);
  }
}

TEST_CASE("however many records a document has refused, they are taken up", "[prune]") {
  const Folder folder;
  const Folder whole_folder;
  Store store = Store::open_or_create(make_small(folder));
  Store whole = Store::open_or_create(make_small(whole_folder));
  REQUIRE(store.prune({kFleetStart_ms + 5 * kDay_ms, folder.path(), false}).processes == 2);
  std::vector<std::string> late;
  for (const char* minute : {"31", "32"}) {
    std::string text =
        R"({"observedAt":"2024-11-01T01:)" + std::string(minute) + R"(:00Z","processes":[)";
    for (int i = 0; i < 6'000; ++i) {
      text += std::string(i == 0 ? "" : ",") +
              R"({"processId":"p","appId":"a","region":"x","egressedBytes":)" + std::to_string(i) +
              '}';
    }
    late.push_back(folder.write(std::string("late") + minute + ".json", text + "]}"));
  }
  for (const SourceReport& report : store.ingest(late)) {
    CHECK(report.rejected == 6'000);
  }
  Table rejects;
  store.sql("SELECT reason FROM reject", rejects);
  REQUIRE(rejects.rows.size() == 2);
  CHECK(std::get<std::string>(rejects.rows[0][0]) ==
        "process p and 5999 more records: observations were pruned, so nothing can be added to "
        "them");
  static_cast<void>(store.restore_pruned(folder.path()));
  for (const SourceReport& report : store.ingest(late)) {
    CHECK(report.made_good == 1);
  }
  static_cast<void>(whole.ingest(late));
  Question question;
  CHECK(csv(store, "egress", question) == csv(whole, "egress", question));
  CHECK(csv(store, "billing", question) == csv(whole, "billing", question));
  CHECK(store.status().observations == whole.status().observations);
  CHECK(is_sound(store.check()));
}

TEST_CASE("an instant that is later than all that is known is refused", "[prune]") {
  const Folder folder;
  Store store = Store::open_or_create(make_small(folder));
  CHECK_THROWS_AS(store.prune({kFleetStart_ms + 11 * kDay_ms, folder.path(), false}), Error);
  CHECK_THROWS_AS(store.prune({kFleetStart_ms + 5 * kDay_ms, folder / "nowhere", false}), Error);
  CHECK(store.status().pruned_observations == 0);
}
