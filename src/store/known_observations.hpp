#pragma once

#include <cstdint>

#include "model/record.hpp"
#include "store/histories.hpp"
#include "store/instant_memory.hpp"
#include "store/process_memory.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// What is known of a process at an instant that is not later than its newest: whether a record
/// only says it again (a duplicate) or says something else (a restatement).
class KnownObservations {
 public:
  KnownObservations(SQLite::Database& db, Histories& histories);

  /// What is known of a process at one instant, from documents up to `snapshot_seq`, the number of
  /// the document being written. It stays in memory until the process is seen at another instant.
  [[nodiscard]] InstantMemory& at(ProcessMemory& process, std::int64_t observed_at_ms,
                                  std::int64_t snapshot_seq);

  /// Whether a record says exactly what one of these observations said. Takes nothing in: a
  /// duplicate leaves no trace in the history.
  [[nodiscard]] bool hold(const InstantMemory& known, ProcessMemory& process,
                          const model::Observation& observation);

 private:
  void recall(InstantMemory& known, ProcessMemory& process,
              const ingest::LoadObservationsAt::Out& row);

  Histories& histories_;
  Query<ingest::LoadObservationsAt> load_;
};

}  // namespace fleetmeter::store
