#pragma once

#include <SQLiteCpp/Database.h>

#include <cstdint>
#include <string>
#include <vector>

#include "rollup/deltas.hpp"
#include "store/checked.hpp"
#include "store/reader.hpp"

namespace fleetmeter::store {

/// Recomputes from the observations what the store keeps beside them, and compares. Reads every
/// observation once; memory grows with the buckets, not with the observations. Of processes whose
/// observations were moved to files nothing is compared, and no bucket that these may reach.
class RollupCheck {
 public:
  RollupCheck(SQLite::Database& db, Reader& reader);

  /// The summaries in `process`, against the observations.
  [[nodiscard]] const Checked& processes() const { return processes_; }
  [[nodiscard]] const Checked& process_meters() const { return meters_; }
  [[nodiscard]] const Checked& rollups() const { return rollups_; }
  [[nodiscard]] const Checked& gaps() const { return gaps_; }

 private:
  void find_pruned(SQLite::Database& db);
  [[nodiscard]] bool is_pruned(std::int64_t process_key) const;
  template <class Row, class Rows>
  void pass_pruned(Row& row, const Rows& rows) const;
  void compare_processes(SQLite::Database& db);
  void compare_rollups(SQLite::Database& db);
  void compare_gaps(SQLite::Database& db);
  [[nodiscard]] std::string name_of(const rollup::BucketKey& key);

  Reader& reader_;
  model::Instant before_ms_;               ///< what was moved reaches no bucket from here on
  std::vector<std::int64_t> pruned_keys_;  ///< processes whose observations were moved, in order
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

/// Compares the counts and sums of counters that snapshots say with those that are found. Of times
/// of which observations were moved to files, all that is missing with all that was moved.
[[nodiscard]] Checked check_control_totals(SQLite::Database& db);

/// Compares what is recorded of each file that observations were moved to with its processes.
[[nodiscard]] Checked check_pruned(SQLite::Database& db);

}  // namespace fleetmeter::store
