#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "meter/egress.hpp"
#include "store/pruned.hpp"
#include "store/query.hpp"

namespace fleetmeter::store {

/// The counters of processes, as they were read.
class Readings {
 public:
  /// Later snapshots than `known_seq` do not count. Readings that were moved to a file are read
  /// from there, or asking for them throws, as `pruned` says.
  Readings(Queries& queries, Pruned& pruned, std::int64_t known_seq);

  /// All of one process, in the order in which they became known.
  [[nodiscard]] std::vector<model::Reading> of(std::int64_t process_key);

  /// Those on both sides of an instant, of a process whose readings became known in time order,
  /// whenever that was. Reads few others if it was when most documents around the instant became
  /// known. Of all that is known: not to be used with `known_seq`.
  [[nodiscard]] meter::Neighbours around(std::int64_t process_key, std::int64_t at_ms);

  /// The snapshot that most likely has what was read last before an instant; asked for once.
  [[nodiscard]] std::int64_t snapshot_at(std::int64_t at_ms);

 private:
  /// When a snapshot was true; its document's time is asked for once.
  [[nodiscard]] std::int64_t time_of(std::int64_t snapshot_seq);
  template <class Row>
  [[nodiscard]] model::Reading reading_of(const Row& row);

  void read_all(std::int64_t process_key, std::vector<model::Reading>& out);
  [[nodiscard]] meter::Neighbours find_around(std::int64_t process_key, std::int64_t at_ms);

  std::int64_t known_seq_;
  Queries& queries_;
  Pruned& pruned_;
  std::unordered_map<std::int64_t, std::int64_t> times_;      ///< of snapshots
  std::unordered_map<std::int64_t, std::int64_t> snapshots_;  ///< at instants
};

}  // namespace fleetmeter::store
