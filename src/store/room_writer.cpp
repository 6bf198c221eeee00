#include "store/room_writer.hpp"

#include <algorithm>
#include <optional>

namespace fleetmeter::store {

RoomWriter::RoomWriter(SQLite::Database& db, Histories& histories)
    : histories_(histories),
      add_observation_(db),
      add_allocation_(db),
      observations_(histories.sums.of("room_observation")),
      allocations_(histories.sums.of("room_observation_allocation")),
      load_known_(db) {}

void RoomWriter::write(const model::RoomRecord& record, const Standing& document,
                       DocumentTally& tally) {
  RoomMemory& room = histories_.rooms.find(record.room_id);
  tally.rooms += 1;
  const std::vector<Known> known = known_at(room, document);
  if (says_again(room, record, known)) {
    tally.duplicates += 1;
    return;
  }
  Standing at = document;
  at.restatement = std::count_if(known.begin(), known.end(), [&](const Known& one) {
    return one.snapshot_seq == document.snapshot_seq;
  });
  tally.restated += known.empty() ? 0 : 1;
  add(room, record, at);
}

void RoomWriter::add(RoomMemory& room, const model::RoomRecord& record, const Standing& at) {
  const normalise::ListedRoom listed = histories_.rooms.say(record, at);
  observations_.run(add_observation_, {.room_key = room.room_key,
                                       .snapshot_seq = at.snapshot_seq,
                                       .restatement = at.restatement,
                                       .room_fact_no = listed.room_fact_no});
  for (std::size_t i = 0; i < record.allocations.size(); ++i) {
    allocations_.run(add_allocation_,
                     {.room_key = room.room_key,
                      .snapshot_seq = at.snapshot_seq,
                      .restatement = at.restatement,
                      .position = static_cast<std::int64_t>(i),
                      .allocation_no = histories_.rooms.say(room, record.allocations[i])});
  }
}

/// What documents about rooms said of a room at the instant of this one, this one included.
std::vector<RoomWriter::Known> RoomWriter::known_at(const RoomMemory& room,
                                                    const Standing& document) {
  histories_.snapshots.flush();
  std::vector<Known> known;
  std::int64_t restatement = -1;
  for (const auto& row : load_known_.rows({.room_key = room.room_key,
                         .observed_at_ms = document.observed_at_ms,
                         .this_snapshot_seq = document.snapshot_seq})) {
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

bool RoomWriter::says_again(RoomMemory& room, const model::RoomRecord& record,
                            const std::vector<Known>& known) {
  const std::optional<normalise::ListedRoom> listed =
      known.empty() ? std::nullopt : histories_.rooms.known(record);
  if (!listed) {
    return false;
  }
  std::vector<std::int64_t> allocations;
  for (const model::AllocationRecord& one : record.allocations) {
    const std::optional<std::int64_t> no = histories_.rooms.known(room, one);
    if (!no) {
      return false;
    }
    allocations.push_back(*no);
  }
  return std::any_of(known.begin(), known.end(), [&](const Known& one) {
    return one.room_fact_no == listed->room_fact_no && one.allocations == allocations;
  });
}

}  // namespace fleetmeter::store
