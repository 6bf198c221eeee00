#pragma once

#include <cstddef>
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

/// How much closer that brings the bounds of what they count: what is to be added to the sums of
/// their own bounds. The point stays.
[[nodiscard]] Bounded<base::Ratio> closer_by(const std::vector<UsedPart>& parts,
                                             const Bounded<Int128>& whole);

/// Brings the bounds of a sum of lines, each rounded for itself, as near as what the lines come to
/// together at least and at most allows.
void narrow(Bounded<Int128>& amount, const base::Ratio& least, const base::Ratio& most,
            std::size_t lines, base::Rounding rounding);

}  // namespace fleetmeter::reconcile
