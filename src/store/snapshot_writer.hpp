#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "model/document.hpp"
#include "store/labels.hpp"
#include "store/leftovers.hpp"
#include "store/open_rejects.hpp"
#include "store/process_history.hpp"
#include "store/query.hpp"
#include "store/rollup_writer.hpp"
#include "store/room_history.hpp"
#include "store/sighting_writer.hpp"

namespace fleetmeter::store {

/// What became of the documents of one source.
struct WriteCounts {
  std::int64_t snapshots = 0;
  std::int64_t processes = 0;      ///< records of processes read, good ones
  std::int64_t new_processes = 0;  ///< of them, processes never observed before
  std::int64_t duplicates = 0;     ///< of them, saying again what was known for that instant
  std::int64_t restated = 0;       ///< of them, saying something else of a known instant
  std::int64_t rooms = 0;
  std::int64_t rejected = 0;
  std::int64_t rejected_before = 0;  ///< of them, reported by an earlier run
  std::int64_t made_good = 0;        ///< rejects of earlier runs in whose place a good document is
  std::int64_t set_aside = 0;
  std::int64_t placeholder_times = 0;  ///< in what was stored: times that mean none
};

/// Documents → rows. A document is stored whole or not at all; several share one transaction.
///
/// Use: begin_run; begin_source, write every part, end_source for each source; then finish(), after
/// which another run may begin. A failure leaves the store as the last commit left it, and the
/// writer unusable.
class SnapshotWriter {
 public:
  explicit SnapshotWriter(SQLite::Database& db);
  ~SnapshotWriter();
  SnapshotWriter(const SnapshotWriter&) = delete;
  SnapshotWriter& operator=(const SnapshotWriter&) = delete;

  /// Whether the store has any document: if not, none need be looked for.
  [[nodiscard]] bool has_snapshots();

  /// Where earlier runs rejected documents of a source, from begin_run on; null for nowhere.
  [[nodiscard]] const model::RejectedPlaces* rejected_places(const std::string& path) const {
    return open_rejects_.of(path);
  }

  /// `now_ms` stamps provenance; no answer depends on it.
  void begin_run(std::int64_t now_ms);
  void begin_source(const model::SourceInfo& source);
  /// False when the document was known, or rejected, before this run.
  bool write(const model::DocumentPart& part);
  /// Nothing more comes for now: commits what came, unless it ends in the middle of a document.
  void pause();
  /// Forgets a document whose end will not come, because its source broke off.
  void abandon_document();
  [[nodiscard]] WriteCounts end_source();

  /// Commits what is not committed yet.
  void finish();

 private:
  /// What the observations of the document being written add up to.
  struct Tally {
    std::int64_t processes = 0;
    std::int64_t stored = 0;
    std::int64_t rooms = 0;
    std::int64_t new_processes = 0;
    std::int64_t duplicates = 0;
    std::int64_t restated = 0;
    std::int64_t rejected = 0;
    std::int64_t placeholder_times = 0;
    std::uint64_t egressed_sum = 0;
  };
  struct KnownRoom {
    std::int64_t snapshot_seq = 0;
    std::int64_t room_fact_no = 0;
    std::vector<std::int64_t> allocations;
  };

  void begin_transaction();
  void commit();
  void write_group();
  void write_if_much();
  void roll_up();
  void forget();

  void begin_document(const model::DocumentPart& part);
  bool end_document(const model::DocumentPart& part);
  void make_good(const model::DocumentPart& part, std::int64_t snapshot_seq);
  void undo_document();
  void write_records(const model::DocumentPart& part);
  void write_process(const model::Observation& observation, const model::DocumentHead& head);
  [[nodiscard]] ProcessMemory::Repeat take_in(ProcessMemory& process,
                                              const model::Observation& observation,
                                              const Standing& at, bool same_rooms);
  [[nodiscard]] bool lists_the_same_rooms(ProcessMemory& process,
                                          const model::ProcessRecord& record);
  [[nodiscard]] static std::span<const normalise::ListedRoom> newest_rooms(ProcessMemory& process);
  [[nodiscard]] std::vector<normalise::ListedRoom> take_in_rooms(ProcessMemory& process,
                                                                 const model::ProcessRecord& record,
                                                                 const Standing& at);
  void tell_attributes(ProcessMemory& process);
  void tell_repeat(ProcessMemory& process);
  void write_room(const model::RoomRecord& record, const model::DocumentHead& head);
  [[nodiscard]] std::vector<KnownRoom> known_rooms_at(const RoomMemory& room,
                                                      std::int64_t observed_at_ms);
  [[nodiscard]] bool says_again(RoomMemory& room, const model::RoomRecord& record,
                                const std::vector<KnownRoom>& known);
  [[nodiscard]] InstantMemory& known_at(ProcessMemory& process, std::int64_t observed_at_ms);
  [[nodiscard]] bool is_duplicate(ProcessMemory& process, const model::Observation& observation,
                                  const InstantMemory& known);
  void write_snapshot(const model::DocumentHead& head);
  [[nodiscard]] bool knows(const model::DocumentHead& head);
  [[nodiscard]] std::int64_t source_key();

  SQLite::Database& db_;
  std::int64_t now_ms_ = 0;
  Labels labels_;
  ProcessHistory processes_;
  RoomHistory rooms_;
  Query<ingest::AddSource> add_source_;
  Query<ingest::LastSnapshotSeq> last_seq_;
  Query<ingest::FindSnapshot> find_snapshot_;
  Query<ingest::AddSnapshot> add_snapshot_;
  Query<ingest::LoadObservationsAt> load_known_;
  Query<ingest::AddRoomObservation> add_room_observation_;
  Query<ingest::AddRoomObservationAllocation> add_listed_allocation_;
  Query<ingest::LoadRoomObservationsAt> load_known_rooms_;
  SightingWriter sightings_;
  Leftovers leftovers_;
  OpenRejects open_rejects_;
  RollupWriter rollups_;

  bool in_transaction_ = false;
  std::size_t transaction_documents_ = 0;
  std::size_t transaction_bytes_ = 0;
  std::uint64_t group_ = 0;
  std::size_t group_bytes_ = 0;
  std::size_t group_held_ = 0;  ///< in memory, by its parts
  std::size_t group_documents_ = 0;
  std::size_t largest_document_ = 0;  ///< of the group, in processes
  std::int64_t data_version_ = -1;
  std::int64_t next_seq_ = 1;

  model::SourceInfo source_;
  std::optional<std::int64_t> source_key_;
  bool source_is_new_in_document_ = false;
  WriteCounts counts_;
  Tally tally_;
  bool inside_document_ = false;
  bool long_document_ = false;
  std::int64_t document_at_ms_ = 0;  ///< when the document being written was true
};

}  // namespace fleetmeter::store
