#pragma once

#include <vector>

#include "base/ratio.hpp"
#include "fleetmeter/bounded.hpp"
#include "fleetmeter/int128.hpp"

namespace fleetmeter::reconcile {

/// What was used at one price, and what each of it counts: its price, or 1.
struct UsedPart {
  Bounded<Int128> used;
  base::Ratio weight;
};

// Parts of a whole that is itself known between bounds. Each part may lie at its lower bound, but
// not all of them at once where the bounds of the whole are closer than the sums of theirs: bytes
// that were not sent before a price changed were sent after it.

/// The parts that count least together: what the whole has beyond their lower bounds is in those of
/// the least weight.
[[nodiscard]] std::vector<Int128> least_parts(const std::vector<UsedPart>& parts,
                                              const Bounded<Int128>& whole);

/// The parts that count most together: what their upper bounds have beyond the whole is left out of
/// those of the least weight.
[[nodiscard]] std::vector<Int128> most_parts(const std::vector<UsedPart>& parts,
                                             const Bounded<Int128>& whole);

}  // namespace fleetmeter::reconcile
