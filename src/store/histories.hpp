#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>

#include "store/control_sums.hpp"
#include "store/labels.hpp"
#include "store/list_writer.hpp"
#include "store/process_history.hpp"
#include "store/room_history.hpp"
#include "store/sighting_writer.hpp"
#include "store/snapshot_rows.hpp"

namespace fleetmeter::store {

/// What is remembered of a store while documents come in, and takes in what they say. It is written
/// a group of documents at a time.
struct Histories {
  explicit Histories(SQLite::Database& db);

  /// `observed_at_ms` is when the document that begins now was true; 0 when nobody knows.
  /// `snapshot_seq` is the number that it gets. `may_be_list` is false when it is known to be no
  /// running list.
  void begin_document(std::int64_t observed_at_ms, std::int64_t snapshot_seq, bool may_be_list);

  /// Forgets what memory holds, because the store changed beneath it.
  void forget();

  ControlSums sums;
  Labels labels;
  ProcessHistory processes;
  RoomHistory rooms;
  SightingWriter sightings;
  ListWriter lists;
  SnapshotRows snapshots;
  std::int64_t document_at_ms = 0;  ///< when the document being written was true
};

}  // namespace fleetmeter::store
