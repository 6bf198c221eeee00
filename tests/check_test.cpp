// `check` believes a sound store and finds planted damage.

#include <SQLiteCpp/SQLiteCpp.h>

#include <filesystem>
#include <map>

#include "sim/archive.hpp"
#include "sim/fleet.hpp"
#include "sim/options.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

void make_store(const std::string& path, const Folder& folder) {
  sim::ArchiveOptions options = sim::profile("demo");
  options.fleet.duration_ms = 8 * 3'600'000LL;
  std::string text;
  sim::emit_archive(options, [&](const sim::Document& document) {
    text += document.text;
    text += '\n';
  });
  Store::open_or_create(path).ingest({folder.write("archive.ndjson", text)});
}

/// The first difference of every check that found one.
std::map<std::string, std::string> findings(const std::string& path) {
  std::map<std::string, std::string> found;
  for (const Finding& one : Store::open(path).check()) {
    if (one.status != Finding::Status::ok) {
      found[one.check] = one.first_difference.value();
    }
  }
  return found;
}

std::map<std::string, std::string> findings_after(const std::string& damage) {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_store(path, folder);
  SQLite::Database db(path, SQLite::OPEN_READWRITE);
  REQUIRE(db.exec(damage) == 1);
  return findings(path);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("check believes a sound store", "[check]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_store(path, folder);
  const std::vector<Finding> findings = Store::open(path).check();
  CHECK(findings.size() == 22);
  CHECK(is_sound(findings));
  for (const Finding& one : findings) {
    INFO(one.check << ": " << one.first_difference.value_or(""));
    CHECK((one.rows > 0 || one.check == "gaps" || one.check == "money" || one.check == "lists" ||
           one.check == "pruned" || one.check == "seals"));
  }
}

TEST_CASE("check names the first bucket that differs", "[check]") {
  // The middle one of its level, in the order of the table.
  const auto found = findings_after(
      "UPDATE rollup SET egress_bytes = egress_bytes + 1 "
      "WHERE (level, bucket, app_key, deployment_key, region_key) IN ("
      "  SELECT level, bucket, app_key, deployment_key, region_key FROM rollup WHERE level = 0"
      "  ORDER BY bucket, app_key, deployment_key, region_key LIMIT 1 OFFSET 20)");
  REQUIRE(found.count("rollups") == 1);
  CHECK(has(found.at("rollups"), "hour 2024-1"));
  CHECK(has(found.at("rollups"), ", region "));
  CHECK(has(found.at("rollups"), ": egress_bytes is "));
  CHECK(has(found.at("rollups"), ", the observations say "));
}

TEST_CASE("check finds what was planted", "[check]") {
  struct Damage {
    std::string sql;
    std::string check;
    std::string says;
  };
  const std::string one_process = "(SELECT max(process_key) FROM process_meter)";
  for (const Damage& damage :
       {Damage{"DELETE FROM rollup WHERE (level, bucket, app_key, deployment_key, region_key) IN ("
               "SELECT level, bucket, app_key, deployment_key, region_key FROM rollup "
               "ORDER BY level DESC LIMIT 1)",
               "rollups", "the bucket is missing"},
        Damage{"INSERT INTO rollup SELECT 1, -7, 0, 0, 0, 1,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0",
               "rollups", "the observations say nothing of this bucket"},
        Damage{"UPDATE process_meter SET egress_bytes = coalesce(egress_bytes, 0) + 7 "
               "WHERE process_key = " +
                   one_process,
               "process_meters", "egress_bytes is "},
        Damage{"UPDATE process SET started_at_ms = coalesce(started_at_ms, 0) + 1 "
               "WHERE process_key = " +
                   one_process,
               "processes", "started_at_ms is "},
        Damage{"INSERT INTO egress_gap SELECT 3, 480000, " + one_process + ", 480005, 11", "gaps",
               "the observations say no gap"},
        Damage{"UPDATE sighting SET places = places - 1 WHERE snapshot_seq = 5", "sightings",
               "not seen, the observations say it was"},
        Damage{"UPDATE sighting SET places = 1023 WHERE snapshot_seq = 7", "sightings",
               "seen, the observations say it was not"},
        Damage{"DELETE FROM sighting WHERE snapshot_seq = 3", "sightings", "snapshot 3, app "},
        Damage{"UPDATE snapshot SET process_count = process_count + 1 WHERE snapshot_seq = 3",
               "control_totals", "snapshot 3: process_count is "},
        Damage{"UPDATE observation SET egressed_bytes = egressed_bytes + 1 "
               "WHERE (process_key, snapshot_seq, restatement) IN ("
               "SELECT process_key, snapshot_seq, restatement FROM observation "
               "WHERE egressed_bytes > 0 ORDER BY process_key, snapshot_seq LIMIT 1 OFFSET 50)",
               "control_totals", "egressed_bytes_sum is "},
        Damage{"UPDATE process_attribute SET last_seen_ms = 0 WHERE (process_key, attribute_no) IN "
               "(SELECT process_key, attribute_no FROM process_attribute LIMIT 1 OFFSET 9)",
               "spans", "last_seen_ms is 0, the observations say 17"},
        Damage{"UPDATE process_attribute SET first_seen_before_ms = 1 WHERE (process_key, "
               "attribute_no) IN (SELECT process_key, attribute_no FROM process_attribute "
               "LIMIT 1)",
               "spans", "first_seen_before_ms is 1, the observations say 0"},
        Damage{"UPDATE process SET latest_snapshot_seq = latest_snapshot_seq - 1 WHERE "
               "process_key = 5",
               "spans", "latest_snapshot_seq is "},
        Damage{"UPDATE store_span SET earliest_ms = earliest_ms + 86400000", "span",
               "earliest_ms is 2024-1"},
        Damage{"DELETE FROM process_activity WHERE (process_key, activity_no) IN ("
               "SELECT process_key, activity_no FROM process_activity LIMIT 1)",
               "references", "that are missing"},
        Damage{"DELETE FROM process_attribute WHERE (process_key, attribute_no) IN ("
               "SELECT process_key, attribute_no FROM process_attribute LIMIT 1)",
               "references", "observation: "},
        Damage{"DELETE FROM process_room WHERE (process_key, room_set_no, position) IN ("
               "SELECT process_key, room_set_no, position FROM process_room LIMIT 1)",
               "references", "process_room"},
        Damage{"UPDATE process_room SET is_unplaced = 1 - is_unplaced WHERE (process_key, "
               "room_set_no, position) IN (SELECT process_key, room_set_no, position "
               "FROM process_room LIMIT 1)",
               "references", "process_room: 1 refer to rows of room_allocation"},
        Damage{"UPDATE room_allocation SET process_key = process_key + 1 WHERE (room_key, "
               "allocation_no) IN (SELECT room_key, allocation_no FROM room_allocation "
               "WHERE is_unlisted = 0 LIMIT 1)",
               "references", "room_allocation"},
        Damage{"UPDATE label SET label = label || '!' WHERE label_key = 1", "control_sums",
               "label: some row is not as it was written"},
        Damage{"UPDATE port SET port = port + 1 WHERE (process_key, port_set_no, position) IN ("
               "SELECT process_key, port_set_no, position FROM port LIMIT 1)",
               "control_sums", "port: some row is not as it was written"},
        Damage{"DELETE FROM port WHERE (process_key, port_set_no, position) IN ("
               "SELECT process_key, port_set_no, position FROM port LIMIT 1)",
               "control_sums", " rows were written, "},
        Damage{"DELETE FROM control_sum WHERE table_name = 'room'", "control_sums",
               "room: 0 rows were written, "},
        Damage{
            "UPDATE process SET latest_activity_no = latest_activity_no + 1 WHERE process_key = 5",
            "last_said", "latest_activity_no is not what was said last"},
        Damage{"UPDATE process_block SET from_ms = from_ms + 1", "blocks",
               "block 0: a process of it begins before"},
        Damage{"DELETE FROM process_block", "blocks", "block 0: a process of it begins before"},
        Damage{"DELETE FROM source", "integrity", "refers to no row of source"}}) {
    INFO(damage.sql);
    const auto found = findings_after(damage.sql);
    REQUIRE(found.count(damage.check) == 1);
    INFO(found.at(damage.check));
    CHECK(has(found.at(damage.check), damage.says));
  }
}

TEST_CASE("check finds what lies in the schema", "[check]") {
  struct Damage {
    const char* sql;
    const char* says;
  };
  for (const Damage& damage :
       {Damage{"CREATE TRIGGER noise AFTER INSERT ON snapshot BEGIN SELECT 1; END",
               "trigger noise: is none of ours"},
        Damage{"CREATE VIEW mine AS SELECT 1 AS one", "view mine: is none of ours"},
        Damage{"DROP INDEX snapshot_by_time", "index snapshot_by_time: is missing"},
        Damage{"DROP VIEW poll; CREATE VIEW poll AS SELECT 1 AS app_id",
               "view poll: is not as the migrations make it"}}) {
    INFO(damage.sql);
    const Folder folder;
    const std::string path = folder / "store.db";
    make_store(path, folder);
    SQLite::Database(path, SQLite::OPEN_READWRITE).exec(damage.sql);
    CHECK(findings(path)["schema"] == damage.says);
  }
}

TEST_CASE("check finds what was altered in documents about money", "[check]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  const auto damage = [&](const char* sql) {
    std::filesystem::remove(path);
    Store store = Store::open_or_create(path);
    static_cast<void>(store.import_money(
        MoneyKind::invoice,
        {folder.write("i.csv",
                      "invoice_id,month,product,unit,quantity,unit_price,amount\n"
                      "I,2024-11,compute,vCPU hour,3,0.08,0.24\n")}));
    static_cast<void>(store.import_money(
        MoneyKind::rates, {folder.write("r.csv", "card,unit,price\nmine,vcpu_hour,0.08\n")}));
    SQLite::Database(path, SQLite::OPEN_READWRITE).exec(sql);
    return findings(path)["money"];
  };
  CHECK(damage("SELECT 1").empty());
  CHECK(damage("UPDATE invoice_line SET amount = '99.58'") ==
        "document 1 (invoice I): invoice_line 0: is "
        R"(["","vCPU hour","3","0.08","99.58",null,null,null,null], the document says )"
        R"(["","vCPU hour","3","0.08","0.24",null,null,null,null])");
  CHECK(has(damage("UPDATE rate_tier SET unit_price = '0.07'"), "document 2 (rates mine): rate_t"));
  CHECK(has(damage("DELETE FROM invoice_line"), "invoice_line 0: is missing"));
  CHECK(has(damage("UPDATE invoice_line SET kind = 'egress'"), "is egress, the document says com"));
  CHECK(has(damage("UPDATE money_document SET raw = CAST(raw || ' ' AS BLOB)"),
            "is not what its digest says"));
}

TEST_CASE("the sizes of a store add up to its file", "[check]") {
  const Folder folder;
  const std::string path = folder / "store.db";
  make_store(path, folder);
  std::int64_t bytes = 0;
  for (const TreeSize& one : Store::open(path).sizes()) {
    bytes += one.bytes;
  }
  SQLite::Database db(path, SQLite::OPEN_READONLY);
  CHECK(bytes == db.execAndGet("SELECT page_count * page_size FROM pragma_page_count, "
                               "pragma_page_size")
                     .getInt64());
}

TEST_CASE("check finds what was planted in the lists", "[check]") {
  const Folder folder;
  const auto process = [](const std::string& id, const std::string& region) {
    return R"({"processId":")" + id + R"(","appId":"a","region":")" + region +
           R"(","startingAt":"2024-11-01T08:00:00Z","startedAt":"2024-11-01T08:01:00Z"})";
  };
  const auto list = [](const std::string& minute, const std::string& said,
                       const std::string& processes) {
    return R"({"observedAt":"2024-11-01T09:)" + minute + R"(:00Z","list":"running")" + said +
           R"(,"processes":[)" + processes + "]}\n";
  };
  const std::string whole = folder / "whole.db";
  Store::open_or_create(whole).ingest({folder.write(
      "lists.ndjson",
      list("00", R"(,"appId":"a","region":"Oslo")", process("p", "Oslo")) +
          list("01", R"(,"capped":true)", process("q", "Rome") + ',' + process("r", "Oslo")) +
          list("02", R"(,"appId":"a","region":"Oslo")", "") +
          list("03", R"(,"appId":"a","region":"Oslo")", process("x", "Bonn")))});
  REQUIRE(is_sound(Store::open(whole).check()));
  for (const auto& [damage, says] : std::vector<std::pair<std::string, std::string>>{
           {"DELETE FROM list_scope WHERE snapshot_seq = 1", "snapshot 1: it proves something"},
           {"UPDATE snapshot SET list_proof = 'all' WHERE snapshot_seq = 2", "and capped is 1"},
           {"UPDATE snapshot SET list_proof = 'nothing: rejects' WHERE snapshot_seq = 3",
            "snapshot 3: it proves nothing, and has a scope"},
           {"UPDATE snapshot SET list_proof = NULL WHERE snapshot_seq = 3",
            "snapshot 3 is no running list"},
           {"UPDATE snapshot SET list_app_key = NULL WHERE snapshot_seq = 3",
            "snapshot 3: its scope"},
           {"UPDATE list_scope SET region_key = 0 WHERE snapshot_seq = 1", "snapshot 1: its scope"},
           {"UPDATE list_scope SET started_floor_ms = started_floor_ms - 1 WHERE snapshot_seq = 2",
            "snapshot 2: its floor"},
           {"UPDATE list_scope SET started_floor_ms = NULL WHERE snapshot_seq = 2",
            "a list has a floor when it was cut"},
           {"UPDATE list_scope SET observed_at_ms = observed_at_ms + 1 WHERE snapshot_seq = 1",
            "snapshot 1: its scope is of another time"},
           {"INSERT INTO roaming_process VALUES (1)", "roaming_process: process p"}}) {
    INFO(damage);
    const std::string path = folder / "damaged.db";
    std::filesystem::copy_file(whole, path, std::filesystem::copy_options::overwrite_existing);
    {
      SQLite::Database db(path, SQLite::OPEN_READWRITE);
      REQUIRE(db.exec(damage) > 0);
    }
    std::string found;
    for (const Finding& one : Store::open(path).check()) {
      found += one.check == "lists" ? one.first_difference.value_or("") : "";
    }
    INFO(found);
    CHECK(found.find(says) != std::string::npos);
  }
}
