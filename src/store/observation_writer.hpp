#pragma once

#include <SQLiteCpp/Database.h>

#include <span>
#include <string>
#include <vector>

#include "model/record.hpp"
#include "store/histories.hpp"
#include "store/known_observations.hpp"
#include "store/repeats.hpp"
#include "store/seen.hpp"
#include "store/write_counts.hpp"

namespace fleetmeter::store {

/// Records of processes → observations, attributes and activity. A record that says again what was
/// known of its process at that instant is counted and leaves no row.
class ObservationWriter {
 public:
  ObservationWriter(SQLite::Database& db, Histories& histories);

  /// Takes in what the document at `document` says of processes, or a part of it. What it says of a
  /// process whose observations were moved to a file is refused, and counted.
  void write(std::span<const model::Observation> observations, const Standing& document,
             DocumentTally& tally);

 private:
  void write_one(ProcessMemory& process, const model::Observation& observation,
                 const Standing& document, DocumentTally& tally);
  [[nodiscard]] bool is_duplicate(ProcessMemory& process, const model::Observation& observation,
                                  Standing& at, DocumentTally& tally);
  static void remember_at_instant(ProcessMemory& process);
  void see(const model::Observation& observation, std::size_t place_no);
  void repeat_newest(ProcessMemory& process, const model::Observation& observation,
                     const Standing& at);
  void take_in_change(ProcessMemory& process, const model::Observation& observation,
                      const Standing& at, bool is_newest);
  [[nodiscard]] ProcessMemory::Repeat take_in(ProcessMemory& process,
                                              const model::Observation& observation,
                                              const Standing& at, bool same_rooms);
  void take_in_attributes(ProcessMemory& process, const model::ProcessAttributes& said,
                          const Standing& at, ProcessMemory::Repeat& taken);
  [[nodiscard]] std::vector<normalise::ListedRoom> take_in_rooms(ProcessMemory& process,
                                                                 const model::ProcessRecord& record,
                                                                 const Standing& at);

  Histories& histories_;
  Repeats repeats_;
  KnownObservations known_;
};

}  // namespace fleetmeter::store
