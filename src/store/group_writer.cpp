#include "store/group_writer.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

GroupWriter::GroupWriter(SQLite::Database& db, Histories& histories)
    : histories_(histories),
      repeats_(histories),
      absence_(db),
      rollups_(db),
      save_gone_(db),
      process_id_(db) {}

void GroupWriter::write() {
  histories_.snapshots.flush();
  repeats_.tell_all();
  histories_.processes.write_observations();
  histories_.sightings.flush();
  absence_.take(histories_.lists);
  roll_up();
  histories_.processes.flush();
  histories_.rooms.flush();
  histories_.processes.trim();
  histories_.rooms.trim();
}

void GroupWriter::forget() {
  histories_.forget();
  absence_.forget();
  rollups_.forget();
}

void GroupWriter::roll_up() {
  const std::vector<ProcessMemory*>& changed = histories_.processes.changed();
  for (ProcessMemory* process : changed) {
    roll_up(*process);
  }
  const auto is_changed = [&](std::int64_t process_key) {
    const auto found = std::lower_bound(
        changed.begin(), changed.end(), process_key,
        [](const ProcessMemory* process, std::int64_t key) { return process->process_key < key; });
    return found != changed.end() && (*found)->process_key == process_key;
  };
  absence_.each_affected(is_changed, [&](const RolledProcess& process, model::Instant gone_ms) {
    roll_up(process, gone_ms);
  });
  rollups_.flush();
}

/// Takes what the rollups know of a process that no document of the group spoke of to what a new
/// list proves of it.
void GroupWriter::roll_up(const RolledProcess& process, model::Instant gone_ms) {
  const std::int64_t process_key = process.facts.process_key;
  save_gone_.run({.gone_ms = gone_ms, .process_key = process_key});
  rollup::Change change{process.facts, process.facts, process.track, {}, {}};
  change.after.life.gone_ms = gone_ms;
  if (change.track) {
    change.track->unsummed = process.irregular;
  }
  change.all = [&] { return rollups_.readings_of(process_key, histories_.document_at_ms); };
  static_cast<void>(rollups_.take(change));
  if (const auto row = process_id_.first({.process_key = process_key})) {
    histories_.processes.note_gone(row->process_id, gone_ms);
  }
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
  change.after.life.gone_ms = absence_.gone_ms(process, change.after.life);
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
