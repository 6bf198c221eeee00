#pragma once

#include <SQLiteCpp/Database.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "model/life.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// One observation as all of them are read.
struct Observation {
  /// What a set of attributes tells of the life of a process.
  using Told = ask::ListAttributesOf::Out;
  std::int64_t process_key = 0;
  std::int64_t observed_at_ms = 0;
  std::int64_t snapshot_seq = 0;
  std::int64_t restatement = 0;
  const Told* told = nullptr;  ///< until the next observation is given
};

/// Reads every observation there is. Most processes say the same attributes for hours, so these are
/// read once for each process, and the times of snapshots once for all.
class Observations {
 public:
  explicit Observations(SQLite::Database& db);

  /// Calls `use` for every observation that snapshots until `known_seq` made, by process, in the
  /// order in which they became known. One whose snapshot or attributes are missing is left out.
  void each(std::int64_t known_seq, const std::function<void(const Observation&)>& use);

 private:
  [[nodiscard]] model::Instant time_of(std::int64_t snapshot_seq) const;
  void load_told(std::int64_t process_key);
  [[nodiscard]] const Observation::Told* told(std::int64_t attribute_no) const;

  SQLite::Database& db_;
  Query<ask::ListAttributesOf> attributes_;
  std::vector<ask::ListSnapshotTimes::Out> times_;  ///< by snapshot
  std::vector<Observation::Told> told_;             ///< of one process, by attribute_no
};

}  // namespace fleetmeter::store
