#include "store/readings.hpp"

#include "sql/catalog.hpp"

namespace fleetmeter::store {

namespace {

namespace ask = sql::queries::ask;

constexpr std::size_t kMostKept = 100'000;  // times, and instants, in memory

/// What `statement` says of a key; asked once, as long as there is room to keep it.
std::int64_t once(Statement& statement, const char* parameter, std::int64_t key,
                  std::unordered_map<std::int64_t, std::int64_t>& kept) {
  if (const auto found = kept.find(key); found != kept.end()) {
    return found->second;
  }
  if (kept.size() >= kMostKept) {
    kept.clear();
  }
  statement.bind(parameter, key);
  std::int64_t& value = kept[key];
  if (statement.next()) {
    value = statement.integer(0);
    statement.reset();
  }
  return value;
}

}  // namespace

Readings::Readings(SQLite::Database& db, std::int64_t known_seq)
    : known_seq_(known_seq),
      all_(db, ask::list_readings),
      onward_(db, ask::list_readings_from, {":process_key", ":snapshot_seq"}),
      back_(db, ask::list_readings_back, {":process_key", ":snapshot_seq"}),
      snapshot_time_(db, ask::snapshot_time),
      snapshot_at_(db, ask::first_of_last_poll) {}

std::int64_t Readings::time_of(std::int64_t snapshot_seq) {
  return once(snapshot_time_, ":snapshot_seq", snapshot_seq, times_);
}

std::int64_t Readings::snapshot_at(std::int64_t at_ms) {
  return once(snapshot_at_, ":at_ms", at_ms, snapshots_);
}

model::Reading Readings::reading_at(const Statement& row) {
  return {time_of(row.integer(0)), row.integer(1)};
}

std::vector<model::Reading> Readings::of(std::int64_t process_key) {
  std::vector<model::Reading> readings;
  all_.bind(":process_key", process_key).bind(":known_seq", known_seq_);
  while (all_.next()) {
    readings.push_back(reading_at(all_));
  }
  return readings;
}

meter::Neighbours Readings::around(std::int64_t process_key, std::int64_t at_ms) {
  meter::Neighbours found;
  const std::int64_t near = snapshot_at(at_ms);
  const auto take = [&](const model::Reading& reading) {
    (reading.at_ms <= at_ms ? found.before : found.after) = reading;
  };
  onward_.with(process_key, near);
  while (!found.after && onward_.next()) {
    take(reading_at(onward_));
  }
  onward_.reset();
  if (!found.before) {
    back_.with(process_key, near);
    while (!found.before && back_.next()) {
      take(reading_at(back_));
    }
    back_.reset();
  }
  return found;
}

}  // namespace fleetmeter::store
