#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "meter/egress_track.hpp"
#include "meter/life.hpp"

namespace fleetmeter::meter {

/// Sums of this many bytes over a million processes stay below 2^63; a process with more is
/// irregular.
inline constexpr std::int64_t kMostBytes = std::int64_t{1} << 43;
static_assert(kMostBytes <= std::numeric_limits<std::int64_t>::max() / 1'000'000,
              "a bucket holds a million processes, or its sums would overflow");

/// A span of time: a window [a, b) counts it when `from_ms` < b and a < `to_ms`.
struct Span {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

/// What one process adds to the sums of its group, apart from the curve of its egress. An absent
/// span adds nothing.
struct Contribution {
  std::optional<Span> billed;     ///< billable time
  std::optional<Span> billed_lo;  ///< its lower bound
  std::optional<Span> billed_hi;  ///< its upper bound; billing counts the process where this lies
  std::optional<Span> sent;       ///< egress counts the process here, unless its curve stands still
  std::optional<Span> open;       ///< where nothing bounds its egress
  std::optional<Span> unmetered;  ///< where its egress is unknown
  std::optional<Span> still;      ///< its curve stands still at its end, inside `sent`
  /// Sums of windows cannot say what it adds; it must be asked for itself.
  bool irregular = false;
  std::int64_t from_ms = 0;  ///< nothing above begins or ends before this instant
  std::int64_t to_ms = 0;    ///< nothing above begins or ends after it, except at `tail_ms`
  Instant tail_ms;           ///< where the longest life of a process ends that was lost from sight

  friend bool operator==(const Contribution&, const Contribution&) = default;
};

/// Whatever the as-of: `belief` gives the grace and the longest life. `track` is absent when the
/// process has no reading.
[[nodiscard]] Contribution contribution_of(const Life& life,
                                           const std::optional<EgressTrack>& track, Belief belief,
                                           Believed believed);

}  // namespace fleetmeter::meter
