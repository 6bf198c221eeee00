#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/record.hpp"
#include "normalise/rows.hpp"
#include "store/bulk_insert.hpp"
#include "store/labels.hpp"
#include "store/new_keys.hpp"
#include "store/new_names.hpp"
#include "store/process_history.hpp"
#include "store/query.hpp"
#include "store/recently_named.hpp"
#include "store/room_configs.hpp"
#include "store/seen.hpp"

namespace fleetmeter::store {

/// What is remembered of one room while documents come in: everything said of it.
struct RoomMemory {
  std::string_view room_id;
  normalise::Key room_key = 0;
  std::vector<Remembered<normalise::RoomFact>> facts;
  std::vector<normalise::Allocation> allocations;  ///< by their numbers
  std::size_t allocations_stored = 0;
  std::vector<bool> are_unlisted;  ///< the allocations that wait to be stored, in their order
  std::uint64_t named_in_group = 0;
  bool dirty = false;
};

/// The rooms of a store while writing; the counterpart of ProcessHistory.
class RoomHistory {
 public:
  RoomHistory(SQLite::Database& db, ControlSums& sums, Labels& labels, ProcessHistory& processes);

  [[nodiscard]] RoomMemory& find(std::string_view room_id);

  /// Takes in what was said of a room; gives it the key and the number of the fact. `lister` is the
  /// process whose list said it; nobody when it was no list.
  [[nodiscard]] normalise::ListedRoom say(const model::RoomRecord& record, const Standing& at,
                                          normalise::OptionalKey lister = std::nullopt);

  /// Takes in that a fact which say() numbered was said again; false when memory let it go.
  [[nodiscard]] bool see(const normalise::ListedRoom& listed, const Standing& at);

  /// The key and number of a fact that is already known, without taking anything in.
  [[nodiscard]] std::optional<normalise::ListedRoom> known(const model::RoomRecord& record);

  /// The number of a thing already known of an allocation, without taking anything in.
  [[nodiscard]] std::optional<std::int64_t> known(const RoomMemory& room,
                                                  const model::AllocationRecord& record);

  /// Takes in what was said of one of its allocations; gives its number.
  [[nodiscard]] std::int64_t say(RoomMemory& room, const model::AllocationRecord& record,
                                 normalise::OptionalKey lister = std::nullopt);

  /// When the document being written was true: its snapshot has no row before it ends.
  void begin_document(std::int64_t observed_at_ms) { document_at_ms_ = observed_at_ms; }

  /// Writes what changed. The rows of new rooms may go on waiting, see write_ids().
  void flush();

  /// After a flush, which ends a group: forgets the rooms that were not named lately.
  void trim();

  /// Writes the rows of the rooms that are new. They come in the order of their ids, and many at
  /// once: the index of ids is larger than the memory, and each of its pages is then visited once
  /// for all of them, not once for each.
  void write_ids();

  /// Forgets what memory holds, because the store changed beneath it.
  void forget() {
    dirty_.clear();
    unwritten_.clear();
    keys_.forget();
    names_.forget();
    configs_.forget();
    let_all_go();
  }

 private:
  void touch(RoomMemory& room);
  void let_all_go();
  [[nodiscard]] normalise::OptionalKey key_of(std::string_view room_id);
  void load(RoomMemory& room);
  [[nodiscard]] normalise::Allocation allocation_of(const model::AllocationRecord& record);
  void write_fact(const RoomMemory& room, Remembered<normalise::RoomFact>& row);
  void write_allocations(RoomMemory& room);

  Labels& labels_;
  ProcessHistory& processes_;
  Query<ingest::FindRoom> find_;
  NewKeys<ingest::LastRoomKey> keys_;
  NewNames<ingest::ListRoomIds> names_;
  BulkInsert<ingest::AddRoom> add_;
  RoomConfigs configs_;
  Query<ingest::LoadRoomFacts> load_facts_;
  BulkInsert<ingest::AddRoomFact> add_fact_;
  Query<ingest::SeeRoomFact> see_fact_;
  Query<ingest::LoadRoomAllocations> load_allocations_;
  BulkInsert<ingest::AddRoomAllocation> add_allocation_;
  TextMap<std::unique_ptr<RoomMemory>> known_;
  std::unordered_map<normalise::Key, RoomMemory*> by_key_;
  RecentlyNamed<RoomMemory> named_;
  TextMap<normalise::Key> unwritten_;  ///< rooms that have no row yet
  std::vector<RoomMemory*> dirty_;
  std::int64_t document_at_ms_ = 0;
};

}  // namespace fleetmeter::store
