#include "store/known_tables.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>
#include <vector>

#include "fleetmeter/error.hpp"
#include "fleetmeter/spelling.hpp"
#include "rollup/account.hpp"
#include "sql/catalog.hpp"
#include "store/connection.hpp"
#include "store/making.hpp"
#include "store/meter_row.hpp"
#include "store/pruned.hpp"
#include "store/reader.hpp"

namespace fleetmeter::store {

namespace {

using Names = std::set<std::string>;

bool any_of(const Names& tables, std::initializer_list<const char*> sought) {
  return std::any_of(sought.begin(), sought.end(),
                     [&](const char* name) { return tables.contains(name); });
}

/// Where rows are only counted, SQLite names the schema as the statement does, mostly not at all.
int note_table(void* names, int action, const char* table, const char* /*column*/,
               const char* schema, const char* /*inner*/) {
  if (action == SQLITE_READ && (schema == nullptr || std::string_view(schema) == "main")) {
    static_cast<Names*>(names)->insert(table);
  }
  return SQLITE_OK;
}

/// Makes the temporary ones of what the store has of a type: all views, or what is of one table.
void make_like(SQLite::Database& db, std::string_view type, std::string_view of_table) {
  std::vector<std::string> made;
  Query<known::ListMade> objects(db);
  for (const auto& row : objects.rows({.type = type, .of_table = of_table})) {
    made.push_back(row.made_by);
  }
  for (const std::string& text : made) {
    if (type == "index") {
      db.exec("CREATE INDEX temp." + text.substr(std::string_view("CREATE INDEX ").size()));
    } else {
      db.exec("CREATE TEMP" + text.substr(std::string_view("CREATE").size()));
    }
  }
}

/// Fills the tables of what is known of processes of which later snapshots say more.
class Changed {
 public:
  /// `plain` is a connection to the same store that shows all that is known by now.
  Changed(SQLite::Database& plain, SQLite::Database& shown, std::int64_t known_seq,
          const std::function<void()>& check)
      : known_seq_(known_seq),
        check_(check),
        reader_(plain, known_seq),
        load_readings_(plain),
        add_process_(shown),
        add_meter_(shown) {}

  [[nodiscard]] const Hindsight& hindsight() { return reader_.hindsight(); }

  void add_processes() {
    for (const std::int64_t process_key : hindsight().changed()) {
      check_();
      const auto facts = reader_.facts_from_observations(process_key);
      add_process_.run(
          {.process_key = process_key, .gone_ms = facts ? facts->life.gone_ms : std::nullopt});
    }
  }

  void add_meters() {
    for (const std::int64_t process_key : hindsight().changed()) {
      check_();
      if (const auto facts = reader_.facts_from_observations(process_key)) {
        rollup::Change change;
        change.after = *facts;
        change.fresh = readings_of(process_key);
        rollup::Deltas none_of_sums;
        add_meter_.run(meter_row<ingest::AddProcessMeter::In>(process_key,
                                                              rollup::take(change, none_of_sums)));
      }
    }
  }

 private:
  std::vector<rollup::KnownReading> readings_of(std::int64_t process_key) {
    std::vector<rollup::KnownReading> readings;
    for (const auto& row : load_readings_.rows({.process_key = process_key, .unsaved_at_ms = 0})) {
      if (row.snapshot_seq <= known_seq_) {
        readings.push_back(
            {row.snapshot_seq, row.restatement, {row.observed_at_ms, row.egressed_bytes}});
      }
    }
    return readings;
  }

  std::int64_t known_seq_;
  const std::function<void()>& check_;
  Reader reader_;
  Query<ingest::LoadReadings> load_readings_;
  Query<known::AddChangedProcess> add_process_;
  Query<ingest::AddProcessMeter> add_meter_;
};

/// Throws when observations were moved that would tell since when something of a room was known.
void expect_facts(SQLite::Database& plain, std::int64_t known_seq, std::int64_t last_key) {
  const auto found =
      Query<known::FindPrunedFact>(plain).first({.known_seq = known_seq, .last_key = last_key});
  if (found) {
    Queries queries(plain);
    static_cast<void>(Pruned(plain, queries, nullptr).brings(found->process_key));
  }
}

/// Every statement of queries/known that shows a table, but for the first one.
void show_tables(SQLite::Database& db) {
  for (const sql::SqlText* text : sql::all_queries_known) {
    if (text->path.starts_with("queries/known/show_") && text != &known::show_known_state) {
      db.exec(std::string(text->text));
    }
  }
}

}  // namespace

std::set<std::string> tables_read(SQLite::Database& db, const std::string& statement) {
  Names names;
  sqlite3_set_authorizer(db.getHandle(), note_table, &names);
  sqlite3_stmt* compiled = nullptr;
  sqlite3_prepare_v2(db.getHandle(), statement.c_str(), -1, &compiled, nullptr);
  sqlite3_finalize(compiled);
  sqlite3_set_authorizer(db.getHandle(), nullptr, nullptr);
  return names;
}

std::set<std::string, std::less<>> shown_instead(SQLite::Database& db) {
  std::set<std::string, std::less<>> names;
  Query<known::ListShown> shown(db);
  for (const auto& row : shown.rows()) {
    names.insert(row.name);
  }
  return names;
}

void show_as_known(SQLite::Database& db, std::int64_t known_seq, const Names& tables,
                   const std::function<void()>& check) {
  if (any_of(tables, {"rollup", "egress_gap", "process_block", "control_sum"})) {
    throw Error(
        ErrorKind::usage,
        "rollup, egress_gap, process_block and control_sum hold what is known by now; leave out " +
            spelled(Term::known_seq) + ", or read other tables");
  }
  // What is read from now on is of this moment. Whoever ingests meanwhile changes later moments
  // alone: of these `plain` may tell, and then more processes count as changed, which is no harm.
  db.exec("BEGIN");
  if (Query<ask::LastKnown>(db).first().value().snapshot_seq.value_or(0) <= known_seq) {
    return;
  }
  const auto plain = open_store(db.getFilename(), Access::read);
  Changed changed(*plain, db, known_seq, check);
  const Making making(db);
  db.exec(std::string(known::show_known_state.text));
  Query<known::AddKnownState>(db).run(
      {.known_seq = known_seq, .last_key = changed.hindsight().last_key()});
  show_tables(db);
  changed.add_processes();
  if (any_of(tables, {"process", "process_attribute"})) {
    Query<known::AddChangedAttributes>(db).run({});
    Query<known::AddChangedSummaries>(db).run({});
  }
  if (any_of(tables, {"room", "room_allocation", "room_fact"})) {
    expect_facts(*plain, known_seq, changed.hindsight().last_key());
    Query<known::AddChangedFacts>(db).run({});
  }
  if (any_of(tables, {"process_meter"})) {
    make_like(db, "table", "process_meter");
    Query<known::AddUnchangedMeters>(db).run({});
    changed.add_meters();
    make_like(db, "index", "process_meter");
  }
  make_like(db, "view", {});
}

}  // namespace fleetmeter::store
