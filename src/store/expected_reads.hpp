#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <vector>

#include "store/page_advice.hpp"
#include "store/statements.hpp"

namespace fleetmeter::store {

/// An instant before which everything is to be added up.
struct SumsBefore {
  std::int64_t at_ms = 0;
  std::int64_t hour = 0;  ///< up to this one, since 1970, the rollups say it
};

/// Knows what a question will read, and has it read ahead from a disk.
class ExpectedReads {
 public:
  ExpectedReads(SQLite::Database& db, Statements& statements)
      : advice_(db), statements_(statements) {}

  /// For the sums before each of these instants, in order, but for readings.
  void of_sums(const std::vector<SumsBefore>& instants);

  /// For the readings of some processes around an instant, of which of_sums() was told. Nothing
  /// if it found the store in memory.
  void of_readings(const std::vector<std::int64_t>& process_keys, std::int64_t at_ms);

 private:
  using Ranges = std::vector<PageAdvice::Range>;

  /// Entries of process_meter_by_time.
  [[nodiscard]] Ranges entries_around(const SumsBefore& instant);
  [[nodiscard]] PageAdvice::Pages pages_of_processes(const Ranges& entries);

  PageAdvice advice_;
  Statements& statements_;
  bool on_disk_ = false;
};

}  // namespace fleetmeter::store
