// The half of the SnapshotWriter that takes in records and finds out what was said before. The
// other half, snapshot_writer.cpp, keeps transactions, documents and sources.

#include <algorithm>
#include <utility>

#include "store/snapshot_writer.hpp"

namespace fleetmeter::store {

// ---- processes

void SnapshotWriter::write_process(const model::Observation& observation,
                                   const model::DocumentHead& head) {
  ProcessMemory& process = processes_.find(observation);
  tally_.processes += 1;
  Standing at{*head.observed_at_ms, next_seq_, 0};
  if (!process.observed()) {
    tally_.new_processes += 1;
  } else if (at.observed_at_ms <= process.latest.observed_at_ms) {
    const InstantMemory& known = known_at(process, at.observed_at_ms);
    if (is_duplicate(process, observation, known)) {
      tally_.duplicates += 1;
      return;
    }
    tally_.restated += known.empty() ? 0 : 1;
    at.restatement = known.count_in(next_seq_);
  } else {
    process.instant.reset();
  }
  processes_.touch(process, group_);
  const bool is_newest = !process.observed() || process.latest < at;
  ProcessMemory::Repeat& repeat = process.repeat;
  if (is_newest && repeat.record == observation.record) {
    repeat.is_untold = true;
    process.pending.push_back({at.observed_at_ms, at.snapshot_seq, at.restatement,
                               observation.egressed_bytes, repeat.attribute_no,
                               repeat.activity_no});
    process.observe(at, repeat.attribute_no, repeat.activity_no);
    sightings_.see(repeat.place_no);
  } else {
    const bool same_rooms = is_newest && lists_the_same_rooms(process, *observation.record);
    if (same_rooms) {
      tell_attributes(process);
    } else {
      tell_repeat(process);
    }
    const ProcessMemory::Repeat taken = take_in(process, observation, at, same_rooms);
    sightings_.see(taken.place_no);
    repeat = is_newest ? taken : ProcessMemory::Repeat();
  }
  if (process.instant) {
    const PendingObservation& said = process.pending.back();
    process.instant->add(
        InstantMemory::content_of(said.egressed_bytes, said.attribute_no,
                                  process.find_activity(said.activity_no)->content),
        next_seq_);
  }
  tally_.stored += 1;
  tally_.egressed_sum += static_cast<std::uint64_t>(observation.egressed_bytes.value_or(0));
}

/// Whether a record lists the rooms that the newest one listed, and says the same of them.
bool SnapshotWriter::lists_the_same_rooms(ProcessMemory& process,
                                          const model::ProcessRecord& record) {
  const ProcessMemory::Repeat& repeat = process.repeat;
  return repeat.record &&
         (repeat.record->room_list == record.room_list ||
          std::ranges::equal(repeat.record->rooms(), record.rooms())) &&
         process.find_activity(repeat.activity_no) != nullptr;
}

/// Takes in an observation whose record is not simply the newest one again.
ProcessMemory::Repeat SnapshotWriter::take_in(ProcessMemory& process,
                                              const model::Observation& observation,
                                              const Standing& at, bool same_rooms) {
  const model::ProcessRecord& record = *observation.record;
  ProcessMemory::Repeat taken{observation.record};
  if (process.repeat.record &&
      normalise::same_attributes(*process.repeat.record->attributes, *record.attributes)) {
    taken.attribute_no = process.repeat.attribute_no;
    taken.place_no = process.repeat.place_no;
    process.attributes.at(static_cast<std::size_t>(taken.attribute_no)).see(at);
  } else {
    normalise::Attributes attributes = normalise::attributes_of(*record.attributes, labels_);
    attributes.port_set_no = process.port_set_of(normalise::ports_of(*record.attributes, labels_));
    taken.attribute_no = process.attribute_of(attributes, at);
    taken.place_no = sightings_.place_of(attributes);
  }
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

/// How the rooms of the newest record were numbered; nothing when memory let that go.
std::span<const normalise::ListedRoom> SnapshotWriter::newest_rooms(ProcessMemory& process) {
  const ProcessMemory::Repeat& repeat = process.repeat;
  const auto* activity = repeat.record ? process.find_activity(repeat.activity_no) : nullptr;
  return activity == nullptr ? std::span<const normalise::ListedRoom>() : activity->content.rooms;
}

/// Takes in the rooms of a record. Most were in the newest list, too, and in the same order.
std::vector<normalise::ListedRoom> SnapshotWriter::take_in_rooms(ProcessMemory& process,
                                                                 const model::ProcessRecord& record,
                                                                 const Standing& at) {
  const auto numbered = newest_rooms(process);
  const auto before =
      numbered.empty() ? std::span<const model::RoomRecord>() : process.repeat.record->rooms();
  std::vector<normalise::ListedRoom> listed;
  listed.reserve(record.rooms().size());
  auto next = before.begin();
  for (const model::RoomRecord& room : record.rooms()) {
    const auto same = std::find(next, before.end(), room);
    const auto index = static_cast<std::size_t>(same - before.begin());
    if (same != before.end() && rooms_.see(numbered[index], at, group_)) {
      listed.push_back(numbered[index]);
      next = same + 1;
    } else {
      listed.push_back(rooms_.say(room, at, group_));
    }
  }
  return listed;
}

void SnapshotWriter::tell_attributes(ProcessMemory& process) {
  if (process.repeat.is_untold) {
    const auto attribute = static_cast<std::size_t>(process.repeat.attribute_no);
    process.attributes.at(attribute).see(process.latest);
  }
}

/// Takes the span of a repeat into the history of what it said.
void SnapshotWriter::tell_repeat(ProcessMemory& process) {
  if (!process.repeat.is_untold) {
    return;
  }
  tell_attributes(process);
  process.repeat.is_untold = false;
  const auto rooms = process.repeat.record->rooms();
  const auto numbered = newest_rooms(process);
  for (std::size_t i = 0; i < rooms.size(); ++i) {
    if (i >= numbered.size() || !rooms_.see(numbered[i], process.latest, group_)) {
      static_cast<void>(rooms_.say(rooms[i], process.latest, group_));
    }
  }
}

/// What is already known of a process at one instant, this document included.
InstantMemory& SnapshotWriter::known_at(ProcessMemory& process, std::int64_t observed_at_ms) {
  if (process.instant && process.instant->observed_at_ms() == observed_at_ms) {
    return *process.instant;
  }
  process.instant = std::make_unique<InstantMemory>(observed_at_ms);
  processes_.write_observations(process);
  for (const auto& row : load_known_.rows({.process_key = process.process_key,
                         .observed_at_ms = observed_at_ms,
                         .this_snapshot_seq = next_seq_})) {
    const bool is_remembered = process.find_activity(row.activity_no) != nullptr;
    processes_.recall_activity(process, row.activity_no);
    const ProcessMemory::ActivityRow* const activity = process.find_activity(row.activity_no);
    process.instant->add(
        InstantMemory::content_of(row.egressed_bytes, row.attribute_no,
                                  activity == nullptr ? normalise::Activity() : activity->content),
        row.snapshot_seq);
    if (!is_remembered && activity != nullptr) {
      process.activities.pop_back();  // needed for this look only
    }
  }
  return *process.instant;
}

/// Whether a record says exactly what one of these observations said. Takes nothing in: a
/// duplicate leaves no trace in the history.
bool SnapshotWriter::is_duplicate(ProcessMemory& process, const model::Observation& observation,
                                  const InstantMemory& known) {
  if (known.empty()) {
    return false;
  }
  const model::ProcessRecord& record = *observation.record;
  normalise::Attributes attributes = normalise::attributes_of(*record.attributes, labels_);
  const auto ports = normalise::ports_of(*record.attributes, labels_);
  const auto set = std::find(process.port_sets.begin(), process.port_sets.end(), ports);
  attributes.port_set_no = set - process.port_sets.begin();  // past the end: matches nothing
  const auto said = std::find_if(process.attributes.begin(), process.attributes.end(),
                                 [&](const auto& row) { return row.content == attributes; });
  normalise::Activity activity = normalise::activity_of(record);
  for (const model::RoomRecord& room : record.rooms()) {
    const std::optional<normalise::ListedRoom> listed = rooms_.known(room);
    if (!listed) {
      return false;
    }
    activity.rooms.push_back(*listed);
  }
  return said != process.attributes.end() &&
         known.holds(InstantMemory::content_of(observation.egressed_bytes, said->no, activity));
}

// ---- rooms

void SnapshotWriter::write_room(const model::RoomRecord& record, const model::DocumentHead& head) {
  RoomMemory& room = rooms_.find(record.room_id);
  tally_.rooms += 1;
  Standing at{*head.observed_at_ms, next_seq_, 0};
  const std::vector<KnownRoom> known = known_rooms_at(room, at.observed_at_ms);
  if (says_again(room, record, known)) {
    tally_.duplicates += 1;
    return;
  }
  at.restatement = std::count_if(known.begin(), known.end(), [&](const KnownRoom& one) {
    return one.snapshot_seq == next_seq_;
  });
  tally_.restated += known.empty() ? 0 : 1;
  const normalise::ListedRoom listed = rooms_.say(record, at, group_);
  add_room_observation_.run({.room_key = room.room_key,
                             .snapshot_seq = at.snapshot_seq,
                             .restatement = at.restatement,
                             .room_fact_no = listed.room_fact_no});
  for (std::size_t i = 0; i < record.allocations.size(); ++i) {
    add_listed_allocation_.run({.room_key = room.room_key,
                                .snapshot_seq = at.snapshot_seq,
                                .restatement = at.restatement,
                                .position = static_cast<std::int64_t>(i),
                                .allocation_no = rooms_.say(room, record.allocations[i])});
  }
}

/// What documents about rooms already said of a room at one instant.
std::vector<SnapshotWriter::KnownRoom> SnapshotWriter::known_rooms_at(const RoomMemory& room,
                                                                      std::int64_t observed_at_ms) {
  std::vector<KnownRoom> known;
  std::int64_t restatement = -1;
  for (const auto& row : load_known_rooms_.rows({.room_key = room.room_key,
                         .observed_at_ms = observed_at_ms,
                         .this_snapshot_seq = next_seq_})) {
    if (known.empty() || known.back().snapshot_seq != row.snapshot_seq ||
        restatement != row.restatement) {
      known.push_back({row.snapshot_seq, row.room_fact_no, {}});
      restatement = row.restatement;
    }
    if (row.allocation_no) {
      known.back().allocations.push_back(*row.allocation_no);
    }
  }
  return known;
}

bool SnapshotWriter::says_again(RoomMemory& room, const model::RoomRecord& record,
                                const std::vector<KnownRoom>& known) {
  const std::optional<normalise::ListedRoom> listed =
      known.empty() ? std::nullopt : rooms_.known(record);
  if (!listed) {
    return false;
  }
  std::vector<std::int64_t> allocations;
  for (const model::AllocationRecord& one : record.allocations) {
    const std::optional<std::int64_t> no = rooms_.known(room, one);
    if (!no) {
      return false;
    }
    allocations.push_back(*no);
  }
  return std::any_of(known.begin(), known.end(), [&](const KnownRoom& one) {
    return one.room_fact_no == listed->room_fact_no && one.allocations == allocations;
  });
}

}  // namespace fleetmeter::store
