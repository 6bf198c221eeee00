#pragma once

#include <vector>

#include "fleetmeter/int128.hpp"

namespace fleetmeter::rate {

/// More than anything that is shared.
inline constexpr Int128 kNoLimit = Int128{1} << 126;

/// One part of what is shared: how much it weighs, and between which numbers its share lies.
struct Claim {
  Int128 weight = 0;
  Int128 least = 0;
  Int128 most = kNoLimit;
};

/// Shares a whole number by weight, so that the shares sum to it. Each is its exact share rounded
/// down, and those with the largest remainders get one more; of equal remainders the first. A limit
/// goes before that. `total` is 0 or more, no weight is below 0 and some is above, and the limits
/// leave room for the total; else Error(internal).
[[nodiscard]] std::vector<Int128> share_out(Int128 total, const std::vector<Claim>& claims);

}  // namespace fleetmeter::rate
