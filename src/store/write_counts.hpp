#pragma once

#include <cstdint>
#include <string>

namespace fleetmeter::store {

/// What became of the documents of one source.
struct WriteCounts {
  std::int64_t snapshots = 0;
  std::int64_t processes = 0;      ///< records of processes read, good ones
  std::int64_t new_processes = 0;  ///< of them, processes never observed before
  std::int64_t duplicates = 0;     ///< of them, saying again what was known for that instant
  std::int64_t restated = 0;       ///< of them, saying something else of a known instant
  std::int64_t rooms = 0;
  std::int64_t rejected = 0;
  std::int64_t rejected_before = 0;  ///< of them, reported by an earlier run
  std::int64_t refused = 0;          ///< of them, of processes whose observations were pruned
  std::int64_t made_good = 0;        ///< rejects of earlier runs in whose place a good document is
  std::int64_t set_aside = 0;
  std::int64_t placeholder_times = 0;   ///< in what was stored: times that mean none
  std::int64_t scope_contradicted = 0;  ///< running lists that hold what they were not asked for
};

/// What the records of the document that is being written add up to.
struct DocumentTally {
  std::int64_t processes = 0;  ///< records of processes, duplicates among them
  std::int64_t stored = 0;     ///< of them, observations that have a row
  std::int64_t refused = 0;    ///< records of processes whose observations were moved to a file
  std::string first_refused;   ///< the process of the first of them
  std::int64_t rooms = 0;
  std::int64_t new_processes = 0;
  std::int64_t duplicates = 0;  ///< of processes and of rooms
  std::int64_t restated = 0;    ///< likewise
  std::int64_t rejected = 0;
  std::int64_t placeholder_times = 0;
  std::uint64_t egressed_sum = 0;  ///< of the counters of the stored observations, modulo 2^64
};

}  // namespace fleetmeter::store
