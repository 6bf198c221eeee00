// A store that lost rows, or holds values that nobody wrote, gives an answer or says that it is
// damaged. It never ends the program, and is never called an error of ours.

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <vector>

#include "support/altered.hpp"
#include "support/catch.hpp"
#include "support/damage.hpp"

namespace {

using namespace fleetmeter;
using namespace fleetmeter::test;

/// What is done to a table: rows go, and values of each column become others.
std::vector<std::string> mutations_of(SQLite::Database& db, const std::string& table) {
  const std::vector<std::string> others{
      "0", "-1", "$ + 1", "$ * 1000", "9223372036854775807", "-9223372036854775808", "NULL", "17"};
  std::vector<std::string> all{"DELETE FROM " + table};
  SQLite::Statement column(db, "SELECT name FROM pragma_table_info(?)");
  column.bind(1, table);
  for (std::size_t i = table.size(); column.executeStep(); ++i) {
    const std::string name = column.getColumn(0).getString();
    if (all.size() == 1) {
      all.push_back("DELETE FROM " + table + " WHERE length(" + name + ") % 2 = 0 OR " + name +
                    " % 3 = 1");
    }
    std::string value = others[i % others.size()];
    if (const std::size_t at = value.find('$'); at != std::string::npos) {
      value.replace(at, 1, name);
    }
    all.push_back("UPDATE OR IGNORE " + table + " SET " + name + " = " + value);
  }
  return all;
}

/// What a disk does to a file: bits turn, a page is zeros or another page, the end is missing.
std::string damaged(std::string bytes, std::mt19937_64& random) {
  constexpr std::size_t kPage = 4096;
  const std::size_t pages = bytes.size() / kPage;
  const auto page = [&] { return random() % pages * kPage; };
  switch (random() % 5) {
    case 0:
      for (std::uint64_t left = 1 + random() % 20; left > 0; --left) {
        char& byte = bytes[random() % bytes.size()];
        byte = static_cast<char>(static_cast<unsigned char>(byte) ^ (1U << (random() % 8)));
      }
      break;
    case 1:
      bytes.replace(page(), kPage, kPage, '\0');
      break;
    case 2:
      bytes.replace(page(), kPage, bytes.substr(page(), kPage));
      break;
    case 3:
      bytes.resize(random() % bytes.size());
      break;
    default:
      // In what was written, and not between: the first bytes of a page lead to its rows.
      for (std::size_t i = 0, at = page(); i < 8; ++i) {
        bytes[at + random() % 64] = static_cast<char>(random());
      }
  }
  return bytes;
}

}  // namespace

TEST_CASE("a store with bytes lost or altered ends no program, nor answers otherwise unnoticed",
          "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  std::string process_id;
  {
    SQLite::Database db(sound, SQLite::OPEN_READWRITE);
    db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    process_id = db.execAndGet("SELECT max(process_id) FROM process").getString();
  }
  const std::string bytes = bytes_of(sound);
  const std::string answers = answers_of(Store::open(sound));
  const char* const longer = std::getenv("FLEETMETER_DAMAGED_STORES");
  const std::uint64_t seeds = longer == nullptr ? 60 : std::stoull(longer);
  std::uint64_t noticed = 0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    INFO("seed " << seed);
    std::mt19937_64 random(seed);
    const std::string path = folder.write("damaged.db", damaged(bytes, random));
    std::filesystem::remove(path + "-wal");
    std::filesystem::remove(path + "-shm");
    CHECK(fault_in(path, process_id, folder) == "");
    try {
      const Store store = Store::open(path);
      if (is_sound(store.check())) {
        CHECK(answers_of(store) == answers);
      } else {
        ++noticed;
      }
    } catch (const Error&) {
      ++noticed;
    }
  }
  CHECK(noticed * 2 > seeds);
}

TEST_CASE("a store with rows lost or altered ends no program", "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  const std::string path = folder / "damaged.db";
  SQLite::Database db(sound, SQLite::OPEN_READWRITE);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string process_id =
      db.execAndGet("SELECT process_id FROM process ORDER BY process_key DESC LIMIT 1").getString();
  REQUIRE(fault_in(sound, process_id, folder).empty());
  SQLite::Statement table(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  while (table.executeStep()) {
    for (const std::string& mutation : mutations_of(db, table.getColumn(0).getString())) {
      INFO(mutation);
      if (alter(sound, path, mutation)) {
        CHECK(fault_in(path, process_id, folder) == "");
      }
    }
  }
}

TEST_CASE("a number that no archive gives ends no program, in whichever column", "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  const std::string path = folder / "damaged.db";
  SQLite::Database db(sound, SQLite::OPEN_READWRITE);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string process_id =
      db.execAndGet("SELECT process_id FROM process ORDER BY process_key DESC LIMIT 1").getString();
  SQLite::Statement column(
      db,
      "SELECT t.name, c.name FROM sqlite_schema AS t JOIN pragma_table_info(t.name) AS c "
      "WHERE t.type = 'table' AND c.type IN ('INTEGER', 'ANY') ORDER BY t.name, c.name");
  while (column.executeStep()) {
    const std::string table = column.getColumn(0).getString();
    const std::string name = column.getColumn(1).getString();
    for (const char* value :
         {"9223372036854775807", "-9223372036854775808", "4611686018427387904"}) {
      const std::string mutation = "UPDATE OR IGNORE " + table + " SET " + name + " = " + value +
                                   " WHERE " + name + " IS NOT NULL";
      INFO(mutation);
      if (alter(sound, path, mutation)) {
        CHECK(fault_in(path, process_id, folder) == "");
      }
    }
  }
}

TEST_CASE("damaged numbers are named with what they are not", "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  SQLite::Database(sound, SQLite::OPEN_READWRITE).exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string path = folder / "damaged.db";
  Question by_process;
  by_process.by = {GroupBy::process};
  const auto said_of = [&](const std::string& mutation) -> std::string {
    REQUIRE(alter(sound, path, mutation));
    const Store store = Store::open(path);
    try {
      static_cast<void>(store.billing(by_process));
      static_cast<void>(store.egress(by_process));
    } catch (const Error& error) {
      CHECK(error.kind() == ErrorKind::foreign_store);
      return error.what();
    }
    std::string differences;
    for (const Finding& finding : store.check()) {
      differences += finding.first_difference.value_or("");
    }
    return differences;
  };
  using Catch::Contains;
  CHECK_THAT(said_of("UPDATE process SET started_at_ms = 9223372036854775807"),
             Contains("started_at_ms is no time that an archive can speak of"));
  CHECK_THAT(said_of("UPDATE egress_gap SET to_hour = 1152921504606846976"),
             Contains("to_hour is no hour that an archive can speak of"));
  CHECK_THAT(said_of("UPDATE egress_gap SET extent = 63"),
             Contains("extent is no extent of a span"));
  CHECK_THAT(said_of("UPDATE OR IGNORE rollup SET bucket = -1152921504606846976"),
             Contains("bucket is no hour, day or era that an archive can speak of"));
  CHECK_THAT(said_of("UPDATE process_meter SET egress_bytes = -1 WHERE egress_bytes IS NOT NULL"),
             Contains("egress_bytes is no number of bytes"));
  CHECK_THAT(said_of("UPDATE observation SET egressed_bytes = -2147483649 "
                     "WHERE egressed_bytes IS NOT NULL"),
             Contains("egressed_bytes is no reading of a counter"));
}

TEST_CASE("a store whose tables are not ours ends no program", "[damage]") {
  const Folder folder;
  const std::string sound = folder / "sound.db";
  make_store(sound, folder);
  const std::string path = folder / "damaged.db";
  SQLite::Database db(sound, SQLite::OPEN_READWRITE);
  db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  const std::string process_id = db.execAndGet("SELECT max(process_id) FROM process").getString();
  const std::int64_t objects = db.execAndGet("SELECT max(rowid) FROM sqlite_schema").getInt64();
  for (const char* damage :
       {"DELETE FROM sqlite_schema WHERE rowid = ",
        "UPDATE sqlite_schema SET name = 'x' || name, "
        "tbl_name = 'x' || tbl_name WHERE rowid = ",
        "UPDATE sqlite_schema SET sql = replace(sql, '_key', '_kex') WHERE rowid = ",
        "UPDATE sqlite_schema SET sql = replace(sql, 'PRIMARY KEY', 'NOT NULL') WHERE rowid = "}) {
    for (std::int64_t object = 1; object <= objects; ++object) {
      INFO(damage << object);
      REQUIRE(alter(sound, path, damage + std::to_string(object)));
      CHECK(fault_in(path, process_id, folder) == "");
    }
  }
}
