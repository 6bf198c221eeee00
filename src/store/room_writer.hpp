#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

#include "model/record.hpp"
#include "store/histories.hpp"
#include "store/query.hpp"
#include "store/seen.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// Records of documents about rooms → what was said of a room and of its allocations. (Rooms that
/// the record of a process lists belong to the observation of that process.)
class RoomWriter {
 public:
  RoomWriter(SQLite::Database& db, Histories& histories);

  /// Takes in what the document at `document` says of a room. A duplicate is only counted.
  void write(const model::RoomRecord& record, const Standing& document, DocumentTally& tally);

 private:
  /// What a document already said of a room at one instant.
  struct Known {
    std::int64_t snapshot_seq = 0;
    std::int64_t room_fact_no = 0;
    std::vector<std::int64_t> allocations;
  };

  [[nodiscard]] std::vector<Known> known_at(const RoomMemory& room, const Standing& document);
  [[nodiscard]] bool says_again(RoomMemory& room, const model::RoomRecord& record,
                                const std::vector<Known>& known);
  void add(RoomMemory& room, const model::RoomRecord& record, const Standing& at);

  Histories& histories_;
  Query<ingest::AddRoomObservation> add_observation_;
  Query<ingest::AddRoomObservationAllocation> add_allocation_;
  ControlSum& observations_;
  ControlSum& allocations_;
  Query<ingest::LoadRoomObservationsAt> load_known_;
};

}  // namespace fleetmeter::store
