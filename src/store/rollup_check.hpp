#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>

#include "rollup/deltas.hpp"
#include "store/checked.hpp"
#include "store/reader.hpp"

namespace fleetmeter::store {

/// Recomputes from the observations what the store keeps beside them, and compares. Reads every
/// observation once; memory grows with the buckets, not with the observations.
class RollupCheck {
 public:
  RollupCheck(SQLite::Database& db, Reader& reader);

  /// The summaries in `process`, against the observations.
  [[nodiscard]] const Checked& processes() const { return processes_; }
  [[nodiscard]] const Checked& process_meters() const { return meters_; }
  [[nodiscard]] const Checked& rollups() const { return rollups_; }
  [[nodiscard]] const Checked& gaps() const { return gaps_; }

 private:
  void compare_processes(SQLite::Database& db);
  void compare_rollups(SQLite::Database& db);
  void compare_gaps(SQLite::Database& db);
  [[nodiscard]] std::string name_of(const rollup::BucketKey& key);

  Reader& reader_;
  rollup::Deltas deltas_;
  Checked processes_;
  Checked meters_;
  Checked rollups_;
  Checked gaps_;
};

/// SQLite's own: pages, indexes, constraints; and that every key refers to a row.
[[nodiscard]] Checked check_integrity(SQLite::Database& db);

/// Compares the sightings with the observations.
[[nodiscard]] Checked check_sightings(SQLite::Database& db, Reader& reader);

/// Compares the counts and sums of counters that snapshots say with those that are found.
[[nodiscard]] Checked check_control_totals(SQLite::Database& db);

}  // namespace fleetmeter::store
