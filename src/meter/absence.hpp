#pragma once

#include <cstdint>
#include <limits>
#include <optional>

#include "meter/life.hpp"

namespace fleetmeter::meter {

// What a running list proves of the processes that it does not hold. docs/semantics.md says why.

/// From when on a running list that was cut speaks for processes: it shows those that started most
/// recently, so whoever started later than all it shows would be in it. One that was not cut speaks
/// for everybody.
struct ListFloor {
  static constexpr std::int64_t kNone_ms = std::numeric_limits<std::int64_t>::min();

  std::int64_t started_ms = kNone_ms;   ///< the least startedAt among its elements
  std::int64_t starting_ms = kNone_ms;  ///< the least startingAt

  /// Whether it is the floor of a list that was cut.
  [[nodiscard]] bool is_of_cut() const { return started_ms != kNone_ms; }
  friend bool operator==(const ListFloor&, const ListFloor&) = default;
};

/// Whether a list of this floor ought to hold a process that runs.
[[nodiscard]] inline bool speaks_for(const ListFloor& floor, const Life& life) {
  return !floor.is_of_cut() || (life.started_at_ms && *life.started_at_ms > floor.started_ms &&
                                life.starting_at_ms && *life.starting_at_ms > floor.starting_ms);
}

/// The first instant at which a list can show that a process is gone: it was not seen since, had
/// started, and nothing says its end. Nothing when no list can show it.
[[nodiscard]] inline Instant may_be_gone_from(const Life& life) {
  if (!life.started_at_ms || life.stopping_at_ms || life.terminated_at_ms ||
      !is_instant(life.last_seen_ms)) {
    return std::nullopt;
  }
  return std::max(life.last_seen_ms + 1, *life.started_at_ms);
}

}  // namespace fleetmeter::meter
