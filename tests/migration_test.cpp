// Stores of older versions: what their views said, they say after the migration.

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "sql/catalog.hpp"
#include "support/catch.hpp"

namespace {

namespace sql = fleetmeter::sql;

std::string rows_of(SQLite::Database& db, const std::string& query) {
  std::string all;
  SQLite::Statement row(db, query);
  while (row.executeStep()) {
    for (int i = 0; i < row.getColumnCount(); ++i) {
      all += std::string(row.getColumnName(i)) + '=' +
             (row.isColumnNull(i) ? "NULL" : row.getColumn(i).getString()) + ' ';
    }
    all += '\n';
  }
  return all;
}

std::string views(SQLite::Database& db) {
  return rows_of(db, "SELECT * FROM activity_history ORDER BY process_id, first_seen_ms") +
         rows_of(db, "SELECT * FROM process_latest ORDER BY process_id") +
         rows_of(db, "SELECT * FROM process_history ORDER BY process_id, first_seen_ms") +
         rows_of(db, "SELECT * FROM port_latest ORDER BY process_id, port") +
         rows_of(db, "SELECT * FROM port_history ORDER BY process_id, port") +
         rows_of(db,
                 "SELECT process_key, snapshot_seq, restatement, egressed_bytes, attribute_no, "
                 "activity_no FROM observation ORDER BY process_key, snapshot_seq, "
                 "restatement") +
         rows_of(db, "SELECT * FROM room_latest ORDER BY room_id") +
         rows_of(db, "SELECT * FROM room_on_process ORDER BY room_id, process_id");
}

}  // namespace

TEST_CASE("a store of schema 1 says the same through its views after 0002", "[sql][migrate]") {
  SQLite::Database db(":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  db.exec(std::string(sql::all_migrations.at(0)->text));
  db.exec(std::string(R"(
    INSERT INTO label VALUES (1, 'app'), (2, 'active'), (3, 'twice');
    INSERT INTO source VALUES (1, 'a', 'plain', 0);
    INSERT INTO snapshot VALUES
      (1, 1, 0, 1, zeroblob(32), 1000, 'envelope', NULL, 0, 1, 0, 0, 0, 0, 0, 0),
      (2, 1, 1, 1, zeroblob(32), 2000, 'envelope', NULL, 0, 1, 0, 0, 0, 0, 0, 0),
      (3, 1, 2, 1, zeroblob(32), 3000, 'envelope', NULL, 0, 1, 0, 0, 0, 0, 0, 0);
    INSERT INTO process VALUES
      (1, 'p', 1000, 3000, 3, 0, 0, 1, NULL, NULL, NULL, 500, NULL, NULL),
      (2, 'named', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    INSERT INTO process_attribute (process_key, attribute_no, snapshot_seq, app_key, started_at_ms,
      port_set_no, first_seen_ms, last_seen_ms, last_snapshot_seq, last_restatement)
      VALUES (1, 0, 2, 1, 500, 1, 1000, 3000, 3, 0), (1, 1, 3, 1, 510, 0, 3000, 3000, 3, 1);
    INSERT INTO port VALUES (1, 1, 0, 2, NULL, 3, 7777);
    INSERT INTO process_activity VALUES
      (1, 0, 1, 1, 900, 2.5, 950, '1.50', 900, 900, 1, 1, 1000, 2000),
      (1, 1, 3, NULL, NULL, 7, 940, NULL, NULL, NULL, NULL, 1, 3000, 3000);
    INSERT INTO observation VALUES (1, 1, 0, 10, 0, 0), (1, 2, 0, 20, 0, 0), (1, 3, 0, 30, 0, 1),
      (1, 3, 1, 40, 1, 1);
    INSERT INTO room VALUES (1, 'r'), (2, 's');
    INSERT INTO room_allocation VALUES
      (1, 0, 1, 'stay', 1, 800, NULL, 1000, 2000, 2), (1, 1, 3, 'stay', 1, 800, 2500, 3000, 3000, 3);
    INSERT INTO room_fact VALUES
      (1, 0, 1, 1, 2, '{"a":1}', 0, 1000, 2000, 2), (1, 1, 3, 1, 2, 'twice', 1, 3000, 3000, 3),
      (2, 0, 1, NULL, NULL, NULL, NULL, 1000, 1000, 1);
    INSERT INTO process_room VALUES (1, 0, 0, 1, 0), (1, 0, 1, 2, 0), (1, 1, 0, 1, 1);
  )"));
  const std::string before = views(db);
  CHECK(before.find("room_config=twice") != std::string::npos);
  db.exec(std::string(sql::all_migrations.at(1)->text));
  CHECK(views(db) == before);
}
