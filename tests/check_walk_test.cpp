// `check` names a change of any value in any table, but for those that have no second witness: of
// every column, the value of a row in the middle of the table is changed.

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <iterator>
#include <set>

#include "api/check.hpp"
#include "store/connection.hpp"
#include "support/archive.hpp"
#include "support/catch.hpp"

namespace {

using namespace fleetmeter;
using test::Folder;

/// What nothing else in a store tells of, so that only the archive can (`explain --verify`): what a
/// snapshot said of a process beside its counter and its last timestamps, and where it stood. The
/// list may only become shorter.
const std::set<std::string> kWithoutWitness{
    "egress_gap.extent",
    "label.label",
    "money_document.given",
    "money_document.imported_at_ms",
    "money_document.kind",
    "money_document.name",
    "money_document.source_key",
    "port.host_key",
    "port.name_key",
    "port.port",
    "port.port_set_no",
    "port.position",
    "port.process_key",
    "port.transport_type_key",
    "process.booted_at_ms",
    "process.latest_activity_no",
    "process.process_id",
    "process.scheduled_at_ms",
    "process_activity.active_connections",
    "process_activity.active_connections_updated_after_ms",
    "process_activity.idle_since_after_ms",
    "process_activity.room_slots_available",
    "process_activity.room_slots_available_updated_after_ms",
    "process_activity.rooms_allocated",
    "process_activity.rooms_allocated_updated_at_ms",
    "process_activity.total_rooms",
    "process_attribute.booted_at_ms",
    "process_attribute.deployment_key",
    "process_attribute.draining",
    "process_attribute.fleet_key",
    "process_attribute.host_key",
    "process_attribute.hosting_key",
    "process_attribute.legacy_port",
    "process_attribute.rooms_per_process",
    "process_attribute.scheduled_at_ms",
    "process_attribute.status_key",
    "process_attribute.summary_exit_reason_key",
    "process_room.room_set_no",
    "reject.byte_offset",
    "reject.document_sha256",
    "reject.ingested_at_ms",
    "reject.json_pointer",
    "reject.made_good_seq",
    "reject.raw",
    "reject.reason",
    "reject.record_length",
    "reject.record_offset",
    "reject.reject_key",
    "reject.snapshot_seq",
    "reject.source_key",
    "room.room_id",
    "room_allocation.is_unlisted",
    "room_allocation.room_allocation_id",
    "room_allocation.scheduled_at_ms",
    "room_allocation.unscheduled_at_ms",
    "room_config.part_1",
    "room_config.part_2",
    "room_config.part_3",
    "room_config.part_4",
    "room_config_form.form",
    "room_fact.allocation_no",
    "room_fact.app_key",
    "room_fact.first_snapshot_seq",
    "room_fact.last_snapshot_seq",
    "room_fact.room_config_key",
    "room_fact.status_key",
    "room_observation_allocation.position",
    "seal.sealed_at_ms",
    "set_aside.byte_offset",
    "set_aside.ingested_at_ms",
    "set_aside.kind",
    "set_aside.raw",
    "set_aside.set_aside_key",
    "set_aside.sha256",
    "set_aside.source_key",
    "snapshot.byte_length",
    "snapshot.byte_offset",
    "snapshot.capped",
    "snapshot.duplicate_count",
    "snapshot.list_app_key",
    "snapshot.list_is_given",
    "snapshot.list_kind",
    "snapshot.list_region_key",
    "snapshot.observed_at_ms",
    "snapshot.observed_at_origin",
    "snapshot.reject_count",
    "snapshot.restated_count",
    "snapshot.room_count",
    "snapshot.sha256",
    "snapshot.source_key",
    "source.encoding",
    "source.ingested_at_ms",
    "source.path",
    "store_span.store_span_key"};

/// A store that has rows in every table: the newest golden dump, with a seal.
std::string make_store(const Folder& folder) {
  const std::string path = folder / "store.db";
  {
    std::ifstream dump(FLEETMETER_SOURCE_DIR "/tests/golden/schema_0017.sql");
    SQLite::Database db(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    db.exec(std::string(std::istreambuf_iterator<char>(dump), {}));
    db.exec("PRAGMA application_id = " + std::to_string(store::kApplicationId));
    db.exec("PRAGMA user_version = 17");
  }
  Store store = Store::open_to_write(path);
  Question by_month;
  by_month.by = {GroupBy::month};
  SealRequest request;
  request.month = store.billing(by_month).front().group.front();
  Question later;
  later.as_of_ms = *store.status().last_observed_at_ms + 40 * 86'400'000LL;
  static_cast<void>(store.seal(request, later));
  return path;
}

std::vector<std::string> texts(SQLite::Database& db, const std::string& query) {
  std::vector<std::string> all;
  SQLite::Statement row(db, query);
  while (row.executeStep()) {
    all.push_back(row.getColumn(0).getString());
  }
  return all;
}

/// The columns by which a row is found: its key, or its rowid.
std::string key_of(SQLite::Database& db, const std::string& table) {
  std::string key;
  for (const std::string& column :
       texts(db, "SELECT name FROM pragma_table_info('" + table + "') WHERE pk > 0 ORDER BY pk")) {
    key += (key.empty() ? "" : ", ") + column;
  }
  return key.empty() ? "rowid" : key;
}

/// Other values for a column, of which one should be possible.
std::vector<std::string> others(const std::string& column) {
  return {
      "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " + 1 WHEN 'text' THEN " +
          column + " || 'x' WHEN 'blob' THEN CAST(" + column +
          " || 'x' AS BLOB) WHEN 'null' THEN 1 ELSE " + column + " + 1 END",
      "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " - 1 ELSE 'x' END",
      "CASE typeof(" + column + ") WHEN 'integer' THEN " + column + " + 1000003 ELSE X'78' END"};
}

/// Changes one value; false when nothing else can stand there.
bool change(SQLite::Database& db, const std::string& table, const std::string& column,
            std::int64_t row) {
  const std::string key = key_of(db, table);
  for (const std::string& other : others(column)) {
    try {
      if (db.exec("UPDATE " + table + " SET " + column + " = " + other + " WHERE (" + key +
                  ") IN (SELECT " + key + " FROM " + table + " ORDER BY " + key +
                  " LIMIT 1 OFFSET " + std::to_string(row) + ")") == 1) {
        return true;
      }
    } catch (const SQLite::Exception&) {
      continue;  // another row has this value, or the type forbids it
    }
  }
  return false;
}

bool is_found(SQLite::Database& db) {
  store::Reader reader(db, std::nullopt, Absence::trust);
  return !is_sound(api::check(db, reader));
}

}  // namespace

TEST_CASE("check names a change of any value that has a second witness", "[check]") {
  const Folder folder;
  SQLite::Database db(make_store(folder), SQLite::OPEN_READWRITE);
  db.exec("PRAGMA foreign_keys = OFF");
  db.exec("PRAGMA ignore_check_constraints = ON");
  REQUIRE_FALSE(is_found(db));
  std::set<std::string> missed;
  std::size_t changes = 0;
  for (const std::string& table :
       texts(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")) {
    const std::int64_t rows = db.execAndGet("SELECT count(*) FROM " + table).getInt64();
    for (const std::string& column :
         texts(db, "SELECT name FROM pragma_table_info('" + table + "')")) {
      db.exec("BEGIN");
      if (rows > 0 && change(db, table, column, rows / 2)) {
        ++changes;
        if (!is_found(db)) {
          missed.insert(table + '.' + column);
        }
      }
      db.exec("ROLLBACK");
    }
  }
  CHECK(changes > 200);
  CHECK(missed == kWithoutWitness);
}
