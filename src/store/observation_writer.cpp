#include "store/observation_writer.hpp"

#include <algorithm>
#include <utility>

#include "base/invariant.hpp"

namespace fleetmeter::store {

ObservationWriter::ObservationWriter(SQLite::Database& db, Histories& histories)
    : histories_(histories), repeats_(histories), known_(db, histories) {}

void ObservationWriter::write(std::span<const model::Observation> observations,
                              const Standing& document, DocumentTally& tally) {
  const auto settled = [&] { return tally.stored + tally.duplicates + tally.refused; };
  const std::int64_t before = settled();
  for (const model::Observation& observation : observations) {
    ProcessMemory& process = histories_.processes.find(observation);
    if (process.is_pruned) {
      if (tally.refused == 0) {
        tally.first_refused = process.process_id;
      }
      tally.refused += 1;
      tally.rejected += 1;
    } else {
      write_one(process, observation, document, tally);
    }
  }
  base::check(settled() - before == std::ssize(observations),
              "a record has a row, is a duplicate or is refused, or a snapshot would say less than "
              "it did");
}

void ObservationWriter::write_one(ProcessMemory& process, const model::Observation& observation,
                                  const Standing& document, DocumentTally& tally) {
  tally.processes += 1;
  Standing at = document;
  if (!process.observed()) {
    tally.new_processes += 1;
  } else if (at.observed_at_ms > process.latest.observed_at_ms) {
    process.instant.reset();
  } else if (is_duplicate(process, observation, at, tally)) {
    return;
  }
  histories_.processes.touch(process);
  const bool is_newest = !process.observed() || process.latest < at;
  if (is_newest && process.repeat.record == observation.record) {
    repeat_newest(process, observation, at);
  } else {
    take_in_change(process, observation, at, is_newest);
  }
  if (process.instant) {
    remember_at_instant(process);
  }
  tally.stored += 1;
  tally.egressed_sum += static_cast<std::uint64_t>(observation.egressed_bytes.value_or(0));
}

/// Keeps what was taken in last with what is known of its instant.
void ObservationWriter::remember_at_instant(ProcessMemory& process) {
  const PendingObservation& said = process.pending.back();
  const ProcessMemory::ActivityRow* const activity = process.find_activity(said.activity_no);
  base::check(activity != nullptr,
              "what was just taken in is remembered, or its next duplicate would be none");
  process.instant->add(
      InstantMemory::content_of(said.egressed_bytes, said.attribute_no, activity->content),
      said.snapshot_seq);
}

/// Of a record about an instant that is not later than the newest. When it is no duplicate, it gets
/// its place among what this document says of the process.
bool ObservationWriter::is_duplicate(ProcessMemory& process, const model::Observation& observation,
                                     Standing& at, DocumentTally& tally) {
  const InstantMemory& known = known_.at(process, at.observed_at_ms, at.snapshot_seq);
  if (known_.hold(known, process, observation)) {
    tally.duplicates += 1;
    histories_.lists.see_again(*observation->attributes);
    return true;
  }
  tally.restated += known.empty() ? 0 : 1;
  at.restatement = known.count_in(at.snapshot_seq);
  return false;
}

/// Takes in an observation whose record is the newest one again.
void ObservationWriter::repeat_newest(ProcessMemory& process, const model::Observation& observation,
                                      const Standing& at) {
  ProcessMemory::Repeat& repeat = process.repeat;
  repeat.is_untold = true;
  process.pending.push_back({at.observed_at_ms, at.snapshot_seq, at.restatement,
                             observation.egressed_bytes, repeat.attribute_no, repeat.activity_no});
  process.observe(at, repeat.attribute_no, repeat.activity_no);
  see(observation, repeat.place_no);
}

/// Notes for the document's snapshot where a process was seen.
void ObservationWriter::see(const model::Observation& observation, std::size_t place_no) {
  histories_.sightings.see(place_no);
  histories_.lists.see(*observation->attributes, place_no);
}

/// Takes in an observation whose record is another one, or is not the newest.
void ObservationWriter::take_in_change(ProcessMemory& process,
                                       const model::Observation& observation, const Standing& at,
                                       bool is_newest) {
  const bool same_rooms = is_newest && Repeats::lists_the_same_rooms(process, *observation.record);
  if (same_rooms) {
    Repeats::tell_attributes(process);
  } else {
    repeats_.tell(process);
  }
  ProcessMemory::Repeat taken = take_in(process, observation, at, same_rooms);
  see(observation, taken.place_no);
  process.repeat = is_newest ? std::move(taken) : ProcessMemory::Repeat();
}

ProcessMemory::Repeat ObservationWriter::take_in(ProcessMemory& process,
                                                 const model::Observation& observation,
                                                 const Standing& at, bool same_rooms) {
  const model::ProcessRecord& record = *observation.record;
  ProcessMemory::Repeat taken{observation.record};
  take_in_attributes(process, *record.attributes, at, taken);
  normalise::Activity activity = normalise::activity_of(record);
  if (same_rooms) {
    // They are told of this snapshot, and of those before it, when the new repeat is.
    activity.rooms = process.find_activity(process.repeat.activity_no)->content.rooms;
    taken.is_untold = true;
  } else {
    activity.rooms = take_in_rooms(process, record, at);
  }
  taken.activity_no = process.activity_of(std::move(activity));
  process.observe(at, taken.attribute_no, taken.activity_no);
  process.pending.push_back({at.observed_at_ms, at.snapshot_seq, at.restatement,
                             observation.egressed_bytes, taken.attribute_no, taken.activity_no});
  return taken;
}

void ObservationWriter::take_in_attributes(ProcessMemory& process,
                                           const model::ProcessAttributes& said, const Standing& at,
                                           ProcessMemory::Repeat& taken) {
  const ProcessMemory::Repeat& newest = process.repeat;
  if (newest.record && normalise::same_attributes(*newest.record->attributes, said)) {
    taken.attribute_no = newest.attribute_no;
    taken.place_no = newest.place_no;
    process.attributes.at(static_cast<std::size_t>(taken.attribute_no)).see(at);
    return;
  }
  normalise::Attributes attributes = normalise::attributes_of(said, histories_.labels);
  attributes.port_set_no = process.port_set_of(normalise::ports_of(said, histories_.labels));
  taken.attribute_no = process.attribute_of(attributes, at);
  taken.place_no = histories_.sightings.place_of(attributes);
}

/// Takes in the rooms of a record. Most were in the newest list, too, and in the same order.
std::vector<normalise::ListedRoom> ObservationWriter::take_in_rooms(
    ProcessMemory& process, const model::ProcessRecord& record, const Standing& at) {
  const auto numbered = Repeats::newest_rooms(process);
  const auto before =
      numbered.empty() ? std::span<const model::RoomRecord>() : process.repeat.record->rooms();
  std::vector<normalise::ListedRoom> listed;
  listed.reserve(record.rooms().size());
  auto next = before.begin();
  for (const model::RoomRecord& room : record.rooms()) {
    const auto same = std::find(next, before.end(), room);
    const auto index = static_cast<std::size_t>(same - before.begin());
    if (same != before.end() && histories_.rooms.see(numbered[index], at)) {
      listed.push_back(numbered[index]);
      next = same + 1;
    } else {
      listed.push_back(histories_.rooms.say(room, at, process.process_key));
      listed.back().is_unplaced = normalise::is_unplaced(room, record.attributes->process_id);
    }
  }
  return listed;
}

}  // namespace fleetmeter::store
