#include "fleetmeter/push.hpp"

#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string_view>

#include "fleetmeter/error.hpp"
#include "fleetmeter/text.hpp"
#include "push/database.hpp"
#include "push/staging.hpp"

namespace fleetmeter {

namespace {

using push::Database;

/// Any number, as long as all pushes into a database take the same one.
constexpr const char* kLock = "SELECT pg_advisory_xact_lock(7310576240719431)";

/// A number that no other push takes. Who gets its lock in a database is the first who asks there.
std::int64_t new_mark() {
  std::random_device random;
  return std::uniform_int_distribution<std::int64_t>(1)(random);
}

std::int64_t number_of(const std::string& text) {
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// What a database says that it holds: the row of meta by the names of its columns.
using Held = std::map<std::string, std::string>;

std::optional<Held> held_by(Database& database) {
  const Database::Rows rows =
      database.ask("SELECT " + push::meta_columns() + " FROM fleetmeter.meta");
  if (rows.empty()) {
    return std::nullopt;
  }
  Held held;
  std::size_t place = 0;
  for (const Column<ContractMeta>& column : ContractMeta::columns()) {
    held[column.name] = rows.front()[place++];
  }
  return held;
}

/// One database on its way from one watermark to the next, within one transaction.
class Shard {
 public:
  Shard(const Store& store, const std::string& target, const Question& question,
        const ContractGiven& given)
      : store_(store),
        database_(target, static_cast<std::size_t>(given.shard) + 1),
        question_(question),
        given_(given) {}

  /// Changes nothing. Until looked_at(), a database that is looked at twice is noticed.
  void look(const ContractMeta& newest, std::int64_t mark);
  void looked_at() { database_.run("COMMIT"); }

  PushedShard push(const ContractMeta& newest);

 private:
  void open(const ContractMeta& newest);
  void read_held(const ContractMeta& newest);
  void expect_same_version(const ContractMeta& newest);
  void expect_same_shards();
  void expect_same_store(const ContractMeta& newest);
  void expect_known(const ContractMeta& newest);
  [[nodiscard]] bool is_ahead_of(const ContractMeta& newest) const;
  [[nodiscard]] bool is_up_to_date(const ContractMeta& newest) const;
  void read_unsettled();
  void name_shard();
  void replace(PushedShard& outcome);
  void replace_changed(const std::string& table, const std::string& key);
  [[nodiscard]] std::int64_t counted_on(const char* name, std::int64_t came,
                                        const std::string& gone) const;
  void replace_meta(ContractMeta meta, const Database::Rows& removed, std::int64_t gone_hours);
  void verify();

  const Store& store_;
  Database database_;
  Question question_;
  ContractGiven given_;
  std::optional<Held> held_;
};

void Shard::look(const ContractMeta& newest, std::int64_t mark) {
  database_.run("SET client_encoding TO 'UTF8'");
  database_.run("BEGIN READ ONLY");
  const auto is_first =
      database_.ask("SELECT pg_try_advisory_xact_lock(" + std::to_string(mark) + ')');
  if (is_first.front().front() != "t") {
    throw database_.failed(ErrorKind::usage, "is named twice");
  }
  const auto meta =
      database_.ask("SELECT relkind FROM pg_class WHERE oid = to_regclass('fleetmeter.meta')");
  if (meta.empty()) {
    return;
  }
  if (meta.front().front() != "r") {
    throw database_.failed(ErrorKind::data,
                           "has views in the place of the tables; push to the databases that it "
                           "is the coordinator of");
  }
  read_held(newest);
}

/// The tables are there, and nobody else pushes until the transaction ends.
void Shard::open(const ContractMeta& newest) {
  database_.run("BEGIN ISOLATION LEVEL READ COMMITTED");
  static_cast<void>(database_.ask(kLock));
  push::make_tables(database_);
  read_held(newest);
  name_shard();
}

void Shard::read_held(const ContractMeta& newest) {
  expect_same_version(newest);
  held_ = held_by(database_);
  expect_same_shards();
  if (held_) {
    expect_same_store(newest);
  }
}

void Shard::expect_same_version(const ContractMeta& newest) {
  for (const auto& row : database_.ask("SELECT contract_version FROM fleetmeter.meta")) {
    const std::int64_t version = number_of(row.front());
    if (version != newest.contract_version) {
      throw database_.failed(ErrorKind::data, "holds contract tables of version " +
                                                  std::to_string(version) +
                                                  ", and this program writes version " +
                                                  std::to_string(newest.contract_version));
    }
  }
}

void Shard::expect_same_shards() {
  const auto rows = database_.ask("SELECT shard, shards FROM fleetmeter.shard");
  if (!rows.empty() &&
      (number_of(rows.front()[0]) != given_.shard || number_of(rows.front()[1]) != given_.shards)) {
    throw database_.failed(
        ErrorKind::data, "is shard " + rows.front()[0] + " of " + rows.front()[1] + ", not " +
                             std::to_string(given_.shard) + " of " + std::to_string(given_.shards) +
                             "; name the targets as they were named before");
  }
}

bool Shard::is_ahead_of(const ContractMeta& newest) const {
  return number_of(held_->at("watermark_seq")) > newest.watermark_seq ||
         number_of(held_->at("as_of_ms")) > newest.as_of_ms;
}

/// What a database knows is of the store; perhaps of what the store learned since this push began,
/// when another push was quicker.
void Shard::expect_known(const ContractMeta& newest) {
  if (!is_ahead_of(newest)) {
    return;
  }
  Question now = question_;
  now.known_seq.reset();
  now.as_of_ms.reset();
  const ContractMeta store = store_.contract_head(now, given_);
  if (is_ahead_of(store)) {
    throw database_.failed(ErrorKind::data,
                           "is ahead of the store: it knows " + held_->at("watermark_seq") +
                               " snapshots, and the store " + std::to_string(store.watermark_seq));
  }
}

void Shard::expect_same_store(const ContractMeta& newest) {
  expect_known(newest);
  const std::int64_t watermark_seq = number_of(held_->at("watermark_seq"));
  if (held_->at("history_sha256") != store_.history_sha256(watermark_seq)) {
    throw database_.failed(ErrorKind::data, "holds the facts of another store");
  }
  const std::array<std::pair<const char*, std::string>, 4> options{
      {{"grain_ms", std::to_string(newest.grain_ms)},
       {"grace_ms", std::to_string(newest.grace_ms)},
       {"max_lifespan_ms", std::to_string(newest.max_lifespan_ms)},
       {"absence", newest.absence}}};
  for (const auto& [name, value] : options) {
    if (held_->at(name) != value) {
      throw database_.failed(ErrorKind::data, std::string("was made with ") + name + ' ' +
                                                  held_->at(name) + ", not " + value);
    }
  }
}

bool Shard::is_up_to_date(const ContractMeta& newest) const {
  return is_ahead_of(newest) ||
         (held_->at("watermark_seq") == std::to_string(newest.watermark_seq) &&
          held_->at("as_of_ms") == std::to_string(newest.as_of_ms));
}

/// Only processes that are settled stay as they are until more is said of them.
void Shard::read_unsettled() {
  given_.after_seq = number_of(held_->at("watermark_seq"));
  for (const auto& row :
       database_.ask("SELECT process_id FROM fleetmeter.process WHERE is_settled = 0")) {
    given_.also.insert(row.front());
  }
}

/// A database is told once which one it is.
void Shard::name_shard() {
  database_.run("INSERT INTO fleetmeter.shard SELECT " + std::to_string(given_.shard) + ", " +
                std::to_string(given_.shards) +
                " WHERE NOT EXISTS (SELECT 1 FROM fleetmeter.shard)");
}

void Shard::replace(PushedShard& outcome) {
  push::Staging staging(database_);
  store_.contract(question_, given_, staging);
  const ContractMeta meta = staging.finish();
  const Database::Rows removed = database_.ask(
      "SELECT count(*), coalesce(sum(billable_ms), 0), coalesce(sum(billable_ms_lo), 0), "
      "coalesce(sum(billable_ms_hi), 0), coalesce(sum(egress_bytes), 0), "
      "coalesce(sum(egress_bytes_lo), 0), coalesce(sum(egress_bytes_hi), 0) "
      "FROM fleetmeter.process WHERE process_id IN (SELECT process_id FROM new_process)");
  const std::int64_t gone_hours = database_.run(
      "DELETE FROM fleetmeter.process_hour "
      "WHERE process_id IN (SELECT process_id FROM new_process)");
  database_.run(
      "DELETE FROM fleetmeter.process WHERE process_id IN (SELECT process_id FROM new_process)");
  for (const char* table : {"process", "process_hour", "snapshot"}) {
    database_.run(std::string("INSERT INTO fleetmeter.") + table + " SELECT * FROM new_" + table);
  }
  replace_changed("room_stay", "process_id, room_id, from_ms");
  replace_changed("poll", "app_id, region, observed_at_ms");
  outcome.processes = meta.processes;
  outcome.hours = meta.hours;
  outcome.snapshots = meta.snapshots;
  outcome.to_seq = meta.watermark_seq;
  replace_meta(meta, removed, gone_hours);
}

/// Of a table that comes whole, only the rows that differ are written.
void Shard::replace_changed(const std::string& table, const std::string& key) {
  const std::string stored = "SELECT * FROM fleetmeter." + table;
  const std::string newer = "SELECT * FROM new_" + table;
  database_.run("DELETE FROM fleetmeter." + table + " WHERE (" + key + ") IN (SELECT " + key +
                " FROM (" + stored + " EXCEPT " + newer + ") AS gone)");
  database_.run("INSERT INTO fleetmeter." + table + ' ' + newer + " EXCEPT " + stored);
}

/// A total as it was, with what came and without what went.
std::int64_t Shard::counted_on(const char* name, std::int64_t came, const std::string& gone) const {
  const Int128 total = Int128{number_of(held_->at(name))} + came - number_of(gone);
  if (total > std::numeric_limits<std::int64_t>::max()) {
    throw database_.failed(ErrorKind::data, std::string(name) +
                                                ": the total of all processes is "
                                                "more than 64 bits hold (" +
                                                to_text(total) + ')');
  }
  return static_cast<std::int64_t>(total);
}

/// What the database holds is what it held before, without what was removed, and with what came.
void Shard::replace_meta(ContractMeta meta, const Database::Rows& removed,
                         std::int64_t gone_hours) {
  if (held_) {
    const std::vector<std::string>& gone = removed.front();
    const auto count_on = [&](const char* name, std::int64_t& value, const std::string& less) {
      value = counted_on(name, value, less);
    };
    count_on("processes", meta.processes, gone[0]);
    count_on("hours", meta.hours, std::to_string(gone_hours));
    count_on("snapshots", meta.snapshots, "0");
    count_on("billable_ms", meta.billable_ms.point, gone[1]);
    count_on("billable_ms_lo", meta.billable_ms.lo, gone[2]);
    count_on("billable_ms_hi", meta.billable_ms.hi, gone[3]);
    count_on("egress_bytes", meta.egress_bytes.point, gone[4]);
    count_on("egress_bytes_lo", meta.egress_bytes.lo, gone[5]);
    count_on("egress_bytes_hi", meta.egress_bytes.hi, gone[6]);
  }
  database_.run("DELETE FROM fleetmeter.meta");
  database_.copy("fleetmeter.meta", push::copy_row(cells_of(meta)));
}

/// Compares every control total with what the tables hold.
void Shard::verify() {
  for (const auto& row : database_.ask(contract_query("control_totals").text)) {
    if (row[1] != row[2]) {
      throw database_.failed(
          ErrorKind::data, "does not hold what its control totals say: " + row[0] + " should be " +
                               row[1] + " and is " + row[2]);
    }
  }
}

PushedShard Shard::push(const ContractMeta& newest) {
  PushedShard outcome;
  outcome.shard = given_.shard;
  outcome.database = database_.name();
  open(newest);
  if (held_) {
    outcome.from_seq = outcome.to_seq = number_of(held_->at("watermark_seq"));
  }
  database_.run("SET LOCAL search_path TO fleetmeter, pg_temp");
  if (!held_ || !is_up_to_date(newest)) {
    if (held_) {
      read_unsettled();
    }
    replace(outcome);
    outcome.changed = true;
  }
  verify();
  database_.run("COMMIT");
  return outcome;
}

}  // namespace

std::vector<PushedShard> push_tables(const Store& store, const std::vector<std::string>& targets,
                                     const Question& question, const ContractGiven& given) {
  if (question.as_of_ms || question.known_seq || question.known_at_ms) {
    throw Error(ErrorKind::usage,
                "push: databases follow the store, and take no as-of and no state of knowledge");
  }
  const ContractMeta newest = store.contract_head(question, given);
  Question same = question;  // also when somebody ingests meanwhile
  same.known_seq = newest.watermark_seq;
  same.as_of_ms = newest.as_of_ms;
  std::vector<std::unique_ptr<Shard>> shards;
  ContractGiven of_shard = given;
  of_shard.shards = static_cast<std::int64_t>(targets.size());
  for (const std::string& target : targets) {
    of_shard.shard = static_cast<std::int64_t>(shards.size());
    shards.push_back(std::make_unique<Shard>(store, target, same, of_shard));
  }
  const std::int64_t mark = new_mark();
  for (const auto& shard : shards) {
    shard->look(newest, mark);
  }
  for (const auto& shard : shards) {
    shard->looked_at();
  }
  std::vector<PushedShard> outcomes;
  outcomes.reserve(shards.size());
  for (const auto& shard : shards) {
    outcomes.push_back(shard->push(newest));
  }
  return outcomes;
}

const std::vector<Column<PushedShard>>& PushedShard::columns() {
  using Row = PushedShard;
  static const std::vector<Column<Row>> kColumns{
      Field<&Row::shard>{"shard", "its place among the targets, from 0"},
      Field<&Row::database>{"database", "its name and host"},
      Field<&Row::from_seq>{"from_seq", "its watermark before; 0: it was new"},
      Field<&Row::to_seq>{"to_seq", "its watermark now"},
      Field<&Row::processes>{"processes", "whose facts were replaced"},
      Field<&Row::hours>{"hours", "rows of process_hour that they have now"},
      Field<&Row::snapshots>{"snapshots", "documents that were added"},
      {"changed", "1, or 0: it was up to date",
       [](const Row& row) -> Cell { return std::int64_t{row.changed ? 1 : 0}; }},
  };
  return kColumns;
}

}  // namespace fleetmeter
