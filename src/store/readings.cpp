#include "store/readings.hpp"

namespace fleetmeter::store {

namespace {

constexpr std::size_t kMostKept = 100'000;  // times, and instants, in memory

/// What a query says of a key; asked once, as long as there is room to keep it.
template <class Ask>
std::int64_t once(std::int64_t key, std::unordered_map<std::int64_t, std::int64_t>& kept,
                  Ask&& ask_store) {
  if (const auto found = kept.find(key); found != kept.end()) {
    return found->second;
  }
  if (kept.size() >= kMostKept) {
    kept.clear();
  }
  return kept[key] = ask_store();
}

}  // namespace

Readings::Readings(Queries& queries, Pruned& pruned, std::int64_t known_seq)
    : known_seq_(known_seq), queries_(queries), pruned_(pruned) {}

std::int64_t Readings::time_of(std::int64_t snapshot_seq) {
  return once(snapshot_seq, times_, [&] {
    const auto row = queries_.of<ask::SnapshotTime>().first({.snapshot_seq = snapshot_seq});
    return row ? row->observed_at_ms : 0;
  });
}

std::int64_t Readings::snapshot_at(std::int64_t at_ms) {
  return once(at_ms, snapshots_, [&] {
    const auto row = queries_.of<ask::FirstOfLastPoll>().first({.at_ms = at_ms});
    return row ? row->snapshot_seq : 0;
  });
}

template <class Row>
model::Reading Readings::reading_of(const Row& row) {
  return {time_of(row.snapshot_seq), row.egressed_bytes};
}

void Readings::read_all(std::int64_t process_key, std::vector<model::Reading>& out) {
  for (const auto& row : queries_.of<ask::ListReadings>().rows(
           {.process_key = process_key, .known_seq = known_seq_})) {
    out.push_back(reading_of(row));
  }
}

std::vector<model::Reading> Readings::of(std::int64_t process_key) {
  std::vector<model::Reading> readings;
  read_all(process_key, readings);
  if (readings.empty() && pruned_.brings_readings(process_key)) {
    read_all(process_key, readings);
  }
  return readings;
}

meter::Neighbours Readings::around(std::int64_t process_key, std::int64_t at_ms) {
  const meter::Neighbours found = find_around(process_key, at_ms);
  return !found.before && !found.after && pruned_.brings_readings(process_key)
             ? find_around(process_key, at_ms)
             : found;
}

meter::Neighbours Readings::find_around(std::int64_t process_key, std::int64_t at_ms) {
  meter::Neighbours found;
  const auto take = [&](const auto& row) {
    const model::Reading reading = reading_of(row);
    (reading.at_ms <= at_ms ? found.before : found.after) = reading;
  };
  const std::int64_t near = snapshot_at(at_ms);
  for (const auto& row : queries_.of<ask::ListReadingsFrom>().rows(
           {.process_key = process_key, .snapshot_seq = near})) {
    take(row);
    if (found.after) {
      break;
    }
  }
  if (!found.before) {
    for (const auto& row : queries_.of<ask::ListReadingsBack>().rows(
             {.process_key = process_key, .snapshot_seq = near})) {
      take(row);
      if (found.before) {
        break;
      }
    }
  }
  return found;
}

}  // namespace fleetmeter::store
