// What must hold when a run is killed, when two write at once, and when a source breaks off.
//
// FLEETMETER_KILLS says how often a run is killed; a long run takes 1,000.

#include <SQLiteCpp/SQLiteCpp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "sim/archive.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// An archive of one file with many documents.
std::string write_archive(const Folder& folder) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.seed = 3;
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  return folder.write("archive.ndjson", text);
}

std::string answers(const std::string& path) {
  const Store store = Store::open(path);
  Question question;
  question.by = {GroupBy::process, GroupBy::day};
  return test::csv(store, "billing", question) + test::csv(store, "egress", question);
}

/// Every row that provenance and wall time do not touch, in order.
std::string contents(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  std::string all;
  for (const char* query :
       {"SELECT process_key || '|' || snapshot_seq || '|' || egressed_bytes || '|' || attribute_no "
        "|| '|' || activity_no FROM observation ORDER BY process_key, snapshot_seq, restatement",
        "SELECT snapshot_seq || hex(sha256) || process_count || '|' || duplicate_count FROM "
        "snapshot "
        "ORDER BY snapshot_seq",
        "SELECT process_id || first_seen_ms || last_seen_ms FROM process ORDER BY process_key"}) {
    SQLite::Statement row(db, query);
    while (row.executeStep()) {
      all += row.getColumn(0).getString() + '\n';
    }
  }
  return all;
}

std::string integrity(const std::string& path) {
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  return db.execAndGet("PRAGMA integrity_check").getString();
}

}  // namespace

TEST_CASE("a killed ingest leaves whole documents; run again, it equals a clean run", "[crash]") {
  const Folder folder;
  const std::string archive = write_archive(folder);
  Store::open_or_create(folder / "clean.db").ingest({archive});
  const std::string clean = contents(folder / "clean.db");
  const char* const said = std::getenv("FLEETMETER_KILLS");
  const std::int64_t rounds = said == nullptr ? 25 : std::stoll(said);
  const std::string clean_answers = answers(folder / "clean.db");
  std::int64_t interrupted = 0;
  for (std::int64_t round = 0; round < rounds; ++round) {
    const std::string path = folder / "killed.db";
    for (const char* const part : {"", "-wal", "-shm"}) {
      std::filesystem::remove(path + part);
    }
    static_cast<void>(Store::open_or_create(path));
    const pid_t child = fork();
    if (child == 0) {
      Store::open_or_create(path).ingest({archive});
      _exit(0);
    }
    usleep(static_cast<useconds_t>(2000 + 100'000 * round / rounds));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    interrupted += WIFSIGNALED(status) ? 1 : 0;
    INFO("round " << round);
    CHECK(integrity(path) == "ok");
    SQLite::Database db(path, SQLite::OPEN_READONLY);
    CHECK(db.execAndGet("SELECT count(*) FROM snapshot AS s WHERE s.process_count <> (SELECT "
                        "count(*) FROM observation AS o WHERE o.snapshot_seq = s.snapshot_seq)")
              .getInt() == 0);
    Store::open_or_create(path).ingest({archive});
    CHECK((contents(path) == clean));
    CHECK((answers(path) == clean_answers));
  }
  CHECK(interrupted * 5 > rounds);
}

TEST_CASE("a second writer waits, and then says that the store is busy", "[crash]") {
  const Folder folder;
  const std::string archive = write_archive(folder);
  Store store = Store::open_or_create(folder / "store.db");
  SQLite::Database other(folder / "store.db", SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");
  try {
    store.ingest({archive});
    FAIL("wrote beside another writer");
  } catch (const Error& error) {
    CHECK(error.kind() == ErrorKind::busy);
  }
  other.exec("COMMIT");
  CHECK(store.ingest({archive}).front().clean());
}

TEST_CASE("two writers at once store everything once", "[crash]") {
  const Folder folder;
  const std::string archive = write_archive(folder);
  Store::open_or_create(folder / "clean.db").ingest({archive});
  const std::string path = folder / "store.db";
  static_cast<void>(Store::open_or_create(path));
  std::thread one([&] { Store::open_or_create(path).ingest({archive}); });
  std::thread two([&] { Store::open_or_create(path).ingest({archive}); });
  one.join();
  two.join();
  CHECK(integrity(path) == "ok");
  CHECK(answers(path) == answers(folder / "clean.db"));
}

TEST_CASE("two processes that make the same store at once both fill it", "[crash]") {
  const Folder folder;
  const std::string archive = write_archive(folder);
  Store::open_or_create(folder / "clean.db").ingest({archive});
  const std::string clean = answers(folder / "clean.db");
  for (int round = 0; round < 20; ++round) {
    const std::string path = folder / ("made" + std::to_string(round) + ".db");
    const pid_t child = fork();
    if (child == 0) {
      int status = 1;
      try {
        Store::open_or_create(path).ingest({archive});
        status = 0;
      } catch (const Error&) {  // the parent looks at the status
      }
      _exit(status);
    }
    CHECK_NOTHROW(Store::open_or_create(path).ingest({archive}));
    int status = 0;
    waitpid(child, &status, 0);
    INFO("round " << round);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(answers(path) == clean);
  }
}

TEST_CASE("a long reader keeps its moment and does not hold up the writer", "[crash]") {
  const Folder folder;
  const std::string archive = write_archive(folder);
  const std::string path = folder / "store.db";
  Store store = Store::open_or_create(path);
  SQLite::Database reader(path, SQLite::OPEN_READONLY);
  reader.exec("BEGIN");
  const auto count = [&] { return reader.execAndGet("SELECT count(*) FROM observation").getInt(); };
  REQUIRE(count() == 0);
  CHECK(store.ingest({archive}).front().clean());
  CHECK(count() == 0);
  reader.exec("COMMIT");
  CHECK(count() > 1000);
  CHECK(integrity(path) == "ok");
}

TEST_CASE("a packed source that breaks off keeps its whole documents", "[crash]") {
  const Folder folder;
  const std::string archive = write_archive(folder);
  REQUIRE(std::system(("gzip -k " + archive).c_str()) == 0);
  std::filesystem::resize_file(archive + ".gz", std::filesystem::file_size(archive + ".gz") / 2);
  Store store = Store::open_or_create(folder / "store.db");
  const SourceReport report = store.ingest({archive + ".gz"}).front();
  CHECK(report.error_code == 65);
  CHECK(report.error.find("ends early") != std::string::npos);
  CHECK(report.snapshots > 50);
  CHECK(store.ingest({archive}).front().clean());
  Store::open_or_create(folder / "clean.db").ingest({archive});
  CHECK(answers(folder / "store.db") == answers(folder / "clean.db"));
}
