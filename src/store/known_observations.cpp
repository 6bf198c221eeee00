#include "store/known_observations.hpp"

#include <algorithm>
#include <memory>

namespace fleetmeter::store {

KnownObservations::KnownObservations(SQLite::Database& db, Histories& histories)
    : histories_(histories), load_(db) {}

InstantMemory& KnownObservations::at(ProcessMemory& process, std::int64_t observed_at_ms,
                                     std::int64_t snapshot_seq) {
  if (process.instant && process.instant->observed_at_ms() == observed_at_ms) {
    return *process.instant;
  }
  process.instant = std::make_unique<InstantMemory>(observed_at_ms);
  histories_.snapshots.flush();
  histories_.processes.write_observations(process);
  for (const auto& row : load_.rows({.process_key = process.process_key,
                         .observed_at_ms = observed_at_ms,
                         .this_snapshot_seq = snapshot_seq})) {
    recall(*process.instant, process, row);
  }
  return *process.instant;
}

void KnownObservations::recall(InstantMemory& known, ProcessMemory& process,
                               const ingest::LoadObservationsAt::Out& row) {
  const bool is_remembered = process.find_activity(row.activity_no) != nullptr;
  histories_.processes.recall_activity(process, row.activity_no);
  const ProcessMemory::ActivityRow* const activity = process.find_activity(row.activity_no);
  known.add(
      InstantMemory::content_of(row.egressed_bytes, row.attribute_no,
                                activity == nullptr ? normalise::Activity() : activity->content),
      row.snapshot_seq);
  if (!is_remembered && activity != nullptr) {
    process.activities.pop_back();  // needed for this look only
  }
}

bool KnownObservations::hold(const InstantMemory& known, ProcessMemory& process,
                             const model::Observation& observation) {
  if (known.empty()) {
    return false;
  }
  const model::ProcessRecord& record = *observation.record;
  normalise::Attributes attributes =
      normalise::attributes_of(*record.attributes, histories_.labels);
  const auto ports = normalise::ports_of(*record.attributes, histories_.labels);
  const auto set = std::find(process.port_sets.begin(), process.port_sets.end(), ports);
  attributes.port_set_no = set - process.port_sets.begin();  // past the end: matches nothing
  const auto said = std::find_if(process.attributes.begin(), process.attributes.end(),
                                 [&](const auto& row) { return row.content == attributes; });
  normalise::Activity activity = normalise::activity_of(record);
  for (const model::RoomRecord& room : record.rooms()) {
    const std::optional<normalise::ListedRoom> listed = histories_.rooms.known(room);
    if (!listed) {
      return false;
    }
    activity.rooms.push_back(*listed);
    activity.rooms.back().is_unplaced = normalise::is_unplaced(room, record.attributes->process_id);
  }
  return said != process.attributes.end() &&
         known.holds(InstantMemory::content_of(observation.egressed_bytes, said->no, activity));
}

}  // namespace fleetmeter::store
