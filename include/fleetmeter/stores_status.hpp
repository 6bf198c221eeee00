#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fleetmeter/columns.hpp"
#include "fleetmeter/public.hpp"

namespace FLEETMETER_PUBLIC fleetmeter {

/// What is in one of several stores; in the last row, what is in all of them. There, counts of
/// documents and of what they say are sums, in which a document of two stores counts twice, but
/// processes count once. What is no sum is absent there.
struct StoresStatus {
  std::string store;  ///< its path; of all, `all` and how many they are
  std::int64_t schema_version = 0;
  std::int64_t store_bytes = 0;                      ///< with its log
  std::optional<std::int64_t> first_observed_at_ms;  ///< absent in an empty store
  std::optional<std::int64_t> last_observed_at_ms;
  std::int64_t sources = 0;
  std::int64_t snapshots = 0;
  std::int64_t capped_snapshots = 0;
  std::int64_t processes = 0;         ///< observed at least once
  std::int64_t shared_processes = 0;  ///< of them, those that were observed in another store, too
  std::optional<std::int64_t> rooms;  ///< absent of all, because a room may lie in several
  std::optional<std::int64_t> ports;  ///< likewise
  std::int64_t observations = 0;
  std::int64_t duplicates = 0;          ///< records that said again what was known
  std::int64_t restated = 0;            ///< records that said something else of a known instant
  std::int64_t rejects = 0;             ///< but for those made good
  std::int64_t set_aside = 0;           ///< vendor objects that are not processes, kept whole
  std::int64_t made_good = 0;           ///< rejects whose place held a good document later
  std::int64_t shared_time = 0;         ///< snapshots that share the time in a source's name
  std::optional<std::int64_t> gaps;     ///< absent of all: another store may have polled meanwhile
  std::int64_t running_lists = 0;       ///< snapshots that say so, and count as evidence
  std::int64_t proving_lists = 0;       ///< of them, those that prove something
  std::int64_t scope_contradicted = 0;  ///< of them, those that hold what they were not asked for
  /// Processes without an end that a list proves gone; of all, also a list of another store. Absent
  /// of all when that needs observations that were moved to files.
  std::optional<std::int64_t> gone;
  std::int64_t pruned_observations = 0;  ///< of the observations, those that were moved to files
  /// No answer about this instant or a later one needs any of them; absent when none were moved.
  std::optional<std::int64_t> pruned_before_ms;

  static const std::vector<Column<StoresStatus>>& columns();
};

}  // namespace fleetmeter
