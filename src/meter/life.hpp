#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>

#include "fleetmeter/bounded.hpp"
#include "model/life.hpp"

namespace fleetmeter::meter {

using model::Instant;
using model::Life;

/// No instant that a store can speak of is this late: "never ends".
inline constexpr std::int64_t kNever_ms = std::int64_t{1} << 60;
static_assert(kNever_ms <= std::numeric_limits<std::int64_t>::max() / 4,
              "the difference of two instants, twice over, is a number, or spans would overflow");

/// Whether an archive can speak of this instant. Only a damaged store has others: differences to
/// them may overflow, so that nothing is certain of them.
[[nodiscard]] inline bool is_instant(std::int64_t at_ms) {
  return -kNever_ms < at_ms && at_ms < kNever_ms;
}

/// The instant up to which questions are answered, and how long a silent process is believed.
struct Belief {
  std::int64_t as_of_ms = 0;
  std::int64_t grace_ms = 15 * 60'000;
  std::int64_t max_lifespan_ms = 72 * 3'600'000LL;
};

/// A half-open window of time.
struct Window {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// What two windows have in common; where that is nothing, it does not end after it begins.
[[nodiscard]] inline Window common(const Window& a, const Window& b) {
  return {std::max(a.from_ms, b.from_ms), std::min(a.to_ms, b.to_ms)};
}

/// How long that is.
[[nodiscard]] inline std::int64_t overlap_ms(const Window& a, const Window& b) {
  const Window both = common(a, b);
  return std::max<std::int64_t>(0, both.to_ms - both.from_ms);
}

/// lo <= point <= hi: what every number that a meter gives must satisfy.
[[nodiscard]] inline bool is_ordered(const Bounded<std::int64_t>& value) {
  return value.lo <= value.point && value.point <= value.hi;
}

/// What is believed of a process without an end: that it was lost when it was last seen, or, within
/// the grace of the as-of, that it runs on.
enum class Believed { lost, running };

[[nodiscard]] inline Believed believed_of(const Life& life, const Belief& belief) {
  return belief.as_of_ms - life.last_seen_ms <= belief.grace_ms ? Believed::running
                                                                : Believed::lost;
}

/// The instant after which a process surely sends nothing: its end if it is known; the as-of while
/// it was seen lately; else the longest life it can have had.
[[nodiscard]] std::int64_t death_bound(const Life& life, const Belief& belief, Believed believed);
[[nodiscard]] inline std::int64_t death_bound(const Life& life, const Belief& belief) {
  return death_bound(life, belief, believed_of(life, belief));
}

}  // namespace fleetmeter::meter
