// The half of the SnapshotWriter that takes in records and finds out what was said before. The
// other half, snapshot_writer.cpp, keeps transactions, documents and sources.

#include <algorithm>

#include "store/snapshot_writer.hpp"

namespace fleetmeter::store {

// ---- processes

void SnapshotWriter::write_process(const model::ProcessRecord& record,
                                   const model::DocumentHead& head) {
  ProcessMemory& process = processes_.find(record.process_id);
  tally_.processes += 1;
  Standing at{*head.observed_at_ms, next_seq_, 0};
  if (!process.observed()) {
    tally_.new_processes += 1;
  } else if (at.observed_at_ms <= process.latest.observed_at_ms) {
    const std::vector<KnownObservation> known = known_at(process, at.observed_at_ms);
    if (is_duplicate(process, record, known)) {
      tally_.duplicates += 1;
      return;
    }
    tally_.restated += known.empty() ? 0 : 1;
    at.restatement = std::count_if(known.begin(), known.end(), [&](const KnownObservation& one) {
      return one.snapshot_seq == next_seq_;
    });
  }
  processes_.touch(process, group_);
  normalise::Attributes attributes = normalise::attributes_of(record, labels_);
  attributes.port_set_no = process.port_set_of(normalise::ports_of(record, labels_));
  normalise::Activity activity = normalise::activity_of(record);
  for (const model::RoomRecord& room : record.rooms) {
    activity.rooms.push_back(rooms_.say(room, at, group_));
  }
  const std::int64_t attribute_no = process.attribute_of(attributes, at);
  const std::int64_t activity_no = process.activity_of(std::move(activity), at);
  process.observe(at, attribute_no, activity_no);
  pending_.push_back({process.process_key, at.snapshot_seq, at.restatement, record.egressed_bytes,
                      attribute_no, activity_no});
  if (record.egressed_bytes) {
    fresh_.push_back(
        {process.process_key,
         {at.snapshot_seq, at.restatement, {at.observed_at_ms, *record.egressed_bytes}}});
  }
  tally_.stored += 1;
  tally_.egressed_sum += static_cast<std::uint64_t>(record.egressed_bytes.value_or(0));
}

/// What is already known of a process at one instant, this document included.
std::vector<SnapshotWriter::KnownObservation> SnapshotWriter::known_at(
    ProcessMemory& process, std::int64_t observed_at_ms) {
  write_observations();
  std::vector<KnownObservation> known;
  load_known_.bind(":process_key", process.process_key)
      .bind(":observed_at_ms", observed_at_ms)
      .bind(":this_snapshot_seq", next_seq_);
  while (load_known_.next()) {
    known.push_back({load_known_.integer(0), load_known_.maybe_integer(1), load_known_.integer(2),
                     load_known_.integer(3)});
  }
  for (const KnownObservation& one : known) {
    processes_.recall_activity(process, one.activity_no);
  }
  return known;
}

/// Whether a record says exactly what one of these observations said. Takes nothing in: a
/// duplicate leaves no trace in the history.
bool SnapshotWriter::is_duplicate(ProcessMemory& process, const model::ProcessRecord& record,
                                  const std::vector<KnownObservation>& known) {
  if (known.empty()) {
    return false;
  }
  normalise::Attributes attributes = normalise::attributes_of(record, labels_);
  const auto ports = normalise::ports_of(record, labels_);
  const auto set = std::find(process.port_sets.begin(), process.port_sets.end(), ports);
  attributes.port_set_no = set - process.port_sets.begin();  // past the end: matches nothing
  normalise::Activity activity = normalise::activity_of(record);
  for (const model::RoomRecord& room : record.rooms) {
    const std::optional<normalise::ListedRoom> listed = rooms_.known(room);
    if (!listed) {
      return false;
    }
    activity.rooms.push_back(*listed);
  }
  return std::any_of(known.begin(), known.end(), [&](const KnownObservation& one) {
    return one.egressed_bytes == record.egressed_bytes &&
           process.says(attributes, one.attribute_no, activity, one.activity_no);
  });
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
  add_room_observation_.bind(":room_key", room.room_key)
      .bind(":snapshot_seq", at.snapshot_seq)
      .bind(":restatement", at.restatement)
      .bind(":room_fact_no", listed.room_fact_no)
      .run();
  for (std::size_t i = 0; i < record.allocations.size(); ++i) {
    add_listed_allocation_.bind(":room_key", room.room_key)
        .bind(":snapshot_seq", at.snapshot_seq)
        .bind(":restatement", at.restatement)
        .bind(":position", static_cast<std::int64_t>(i))
        .bind(":allocation_no", rooms_.say(room, record.allocations[i], at))
        .run();
  }
}

/// What documents about rooms already said of a room at one instant.
std::vector<SnapshotWriter::KnownRoom> SnapshotWriter::known_rooms_at(const RoomMemory& room,
                                                                      std::int64_t observed_at_ms) {
  std::vector<KnownRoom> known;
  std::int64_t restatement = -1;
  load_known_rooms_.bind(":room_key", room.room_key)
      .bind(":observed_at_ms", observed_at_ms)
      .bind(":this_snapshot_seq", next_seq_);
  while (load_known_rooms_.next()) {
    const std::int64_t seq = load_known_rooms_.integer(0);
    if (known.empty() || known.back().snapshot_seq != seq ||
        restatement != load_known_rooms_.integer(1)) {
      known.push_back({seq, load_known_rooms_.integer(2), {}});
      restatement = load_known_rooms_.integer(1);
    }
    if (const auto allocation_no = load_known_rooms_.maybe_integer(3)) {
      known.back().allocations.push_back(*allocation_no);
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
