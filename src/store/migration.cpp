#include "store/migration.hpp"

#include <sqlite3.h>

#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/control_sums.hpp"
#include "store/rollup_writer.hpp"
#include "store/sighting_writer.hpp"

namespace fleetmeter::store {

namespace {

// Versions of the schema.
constexpr std::size_t kFirstWithSightings = 5;
constexpr std::size_t kFirstWithControlSums = 19;
constexpr std::size_t kFirstWithSumsOfSeals = 21;
constexpr std::size_t kAddedUpSince21 = 2;  // made_good and seal, the first of list_control_sums
static_assert(kFirstWithSightings < kFirstWithControlSums &&
                  kFirstWithControlSums < kFirstWithSumsOfSeals &&
                  kFirstWithSumsOfSeals <= sql::all_migrations.size(),
              "a version that the program fills tables of is one of ours");

/// A step that does not compile here does in every store that is as its version says.
void run_migration(SQLite::Database& db, const std::string& path, const sql::SqlText& step) {
  try {
    db.exec(std::string(step.text));
  } catch (const SQLite::Exception& failure) {
    if ((failure.getErrorCode() & 0xFF) == SQLITE_ERROR) {
      throw damaged(path + ": " + std::string(step.path) + ": " + failure.what());
    }
    throw;
  }
}

/// Whether processes were observed and have no rollups: an old store, or one whose rollups a
/// migration took away because they are to be made anew.
bool lacks_rollups(SQLite::Database& db) {
  return db.execAndGet(
               "SELECT EXISTS (SELECT 1 FROM process WHERE last_seen_ms IS NOT NULL) "
               "AND NOT EXISTS (SELECT 1 FROM process_meter)")
             .getInt64() != 0;
}

}  // namespace

void migrate(SQLite::Database& db, const std::string& path, std::size_t from) {
  for (std::size_t i = from; i < sql::all_migrations.size(); ++i) {
    run_migration(db, path, *sql::all_migrations.at(i));
  }
  if (lacks_rollups(db)) {
    RollupWriter(db).rebuild();
  }
  if (from < kFirstWithSightings) {
    ControlSums added(db);  // which are made of all rows below
    SightingWriter(db, added).rebuild();
  }
  if (from < kFirstWithControlSums) {
    ControlSums::rebuild(db);
  } else if (from < kFirstWithSumsOfSeals) {
    ControlSums::rebuild(db, kAddedUpSince21);
  }
  if (db.execAndGet("SELECT count(*) FROM pragma_foreign_key_check").getInt64() != 0) {
    throw damaged(path + ": migration found rows that refer to nothing");
  }
}

}  // namespace fleetmeter::store
