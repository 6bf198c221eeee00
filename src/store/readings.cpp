#include "store/readings.hpp"

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;

constexpr std::size_t kMostKept = 100'000;  // times, and instants, in memory

/// What a statement says of a key; asked once, as long as there is room to keep it.
std::int64_t once(Statements& statements, const sql::SqlText& source, const char* parameter,
                  std::int64_t key, std::unordered_map<std::int64_t, std::int64_t>& kept) {
  if (const auto found = kept.find(key); found != kept.end()) {
    return found->second;
  }
  if (kept.size() >= kMostKept) {
    kept.clear();
  }
  Statement& statement = statements.of(source);
  statement.bind(parameter, key);
  std::int64_t& value = kept[key];
  if (statement.next()) {
    value = statement.integer(0);
    statement.reset();
  }
  return value;
}

}  // namespace

Readings::Readings(Statements& statements, std::int64_t known_seq)
    : known_seq_(known_seq), statements_(statements) {}

std::int64_t Readings::time_of(std::int64_t snapshot_seq) {
  return once(statements_, ask::snapshot_time, ":snapshot_seq", snapshot_seq, times_);
}

std::int64_t Readings::snapshot_at(std::int64_t at_ms) {
  return once(statements_, ask::first_of_last_poll, ":at_ms", at_ms, snapshots_);
}

model::Reading Readings::reading_at(const Statement& row) {
  return {time_of(row.integer(0)), row.integer(1)};
}

std::vector<model::Reading> Readings::of(std::int64_t process_key) {
  std::vector<model::Reading> readings;
  Statement& row = statements_.of(ask::list_readings);
  row.bind(":process_key", process_key).bind(":known_seq", known_seq_);
  while (row.next()) {
    readings.push_back(reading_at(row));
  }
  return readings;
}

meter::Neighbours Readings::around(std::int64_t process_key, std::int64_t at_ms) {
  meter::Neighbours found;
  const auto take = [&](const Statement& row) {
    const model::Reading reading = reading_at(row);
    (reading.at_ms <= at_ms ? found.before : found.after) = reading;
  };
  const std::int64_t near = snapshot_at(at_ms);
  Statement& onward = statements_.of(ask::list_readings_from);
  onward.bind(":process_key", process_key).bind(":snapshot_seq", near);
  while (!found.after && onward.next()) {
    take(onward);
  }
  onward.reset();
  if (!found.before) {
    Statement& back = statements_.of(ask::list_readings_back);
    back.bind(":process_key", process_key).bind(":snapshot_seq", near);
    while (!found.before && back.next()) {
      take(back);
    }
    back.reset();
  }
  return found;
}

}  // namespace fleetmeter::store
