#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

#include "store/page_advice.hpp"
#include "store/query.hpp"
#include "store/rollup_reader.hpp"

namespace fleetmeter::store {

/// An instant before which everything is to be added up.
struct SumsBefore {
  std::int64_t at_ms = 0;
  std::int64_t hour = 0;  ///< up to this one, since 1970, the rollups say it
};

/// Knows what a question will read, and has it read ahead from a disk.
class ExpectedReads {
 public:
  ExpectedReads(SQLite::Database& db, Queries& queries) : advice_(db), queries_(queries) {}

  /// For the sums that `rollups` gives before each of these instants, in order; not for readings.
  void of_sums(const std::vector<SumsBefore>& instants, const Horizon& horizon,
               RollupReader& rollups);

  /// For the readings of some processes around a snapshot that was true near one of the instants.
  /// Nothing if of_sums() found the store in memory.
  void of_readings(const std::vector<std::int64_t>& process_keys, std::int64_t snapshot_seq);

 private:
  using Ranges = std::vector<PageAdvice::Range>;

  [[nodiscard]] PageAdvice::Pages pages_of_processes(const Ranges& entries, const Horizon& horizon);

  PageAdvice advice_;
  Queries& queries_;
  bool on_disk_ = false;
};

}  // namespace fleetmeter::store
