#include "store/group_writer.hpp"

#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

GroupWriter::GroupWriter(SQLite::Database& db, Histories& histories)
    : histories_(histories), repeats_(histories), rollups_(db) {}

void GroupWriter::write() {
  repeats_.tell_all();
  histories_.processes.write_observations();
  histories_.sightings.flush();
  roll_up();
  histories_.processes.flush();
  histories_.rooms.flush();
  histories_.processes.trim(histories_.group);
  histories_.rooms.trim(histories_.group);
  ++histories_.group;
}

void GroupWriter::forget() {
  histories_.forget();
  rollups_.forget();
}

void GroupWriter::roll_up() {
  for (ProcessMemory* process : histories_.processes.changed()) {
    roll_up(*process);
  }
  rollups_.flush();
}

/// Takes what the rollups know of a changed process on to what is known of it now.
void GroupWriter::roll_up(ProcessMemory& process) {
  base::check(process.observed(), "only an observation changes a process, or it had no facts");
  base::check(process.pending.empty(),
              "observations are written before they are summed, or a curve made anew would miss "
              "them");
  const std::int64_t process_key = process.process_key;
  if (!process.track_is_loaded) {
    process.track = rollups_.track_of(process_key);
    process.track_is_loaded = true;
  }
  rollup::Change change{
      process.rolled_up, process.facts(), process.track, std::move(process.fresh), {}};
  change.all = [&] { return rollups_.readings_of(process_key, histories_.document_at_ms); };
  process.fresh.clear();
  process.track = rollups_.take(change);
  process.rolled_up = change.after;
  rollups_.reach_back_to(change.after.life.first_seen_ms);
  for (const ProcessMemory::AttributeRow& row : process.attributes) {
    for (const model::Instant& at : {row.content.starting_at_ms, row.content.started_at_ms}) {
      rollups_.reach_back_to(at.value_or(change.after.life.first_seen_ms));
    }
  }
}

}  // namespace fleetmeter::store
