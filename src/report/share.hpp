#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "fleetmeter/bounded.hpp"
#include "fleetmeter/int128.hpp"

namespace fleetmeter::report {

/// How many regions, apps or deployments a page tells apart. A fleet may have tens of thousands of
/// them, and nobody reads so many lines: the files beside the page have them all.
inline constexpr std::size_t kMostShown = 20;

/// What one region, or one app, adds to the totals of a period.
struct Share {
  std::string name;
  std::int64_t parts = 1;  ///< how many regions or apps it is about; more than 1: all the others
  Bounded<Int128> billable_ms;
  Bounded<Int128> egress_bytes;
  std::int64_t open_processes = 0;
  Int128 billable_ms_before = 0;  ///< of the period before; 0 when nothing is known of it
  Int128 egress_bytes_before = 0;
  std::vector<Bounded<Int128>> egress_by_slot;  ///< of regions only

  Share& operator+=(const Share& other);
};

/// The largest parts of a whole, the largest first. When there are more than `most`, the last of
/// them stands for all others. So the sum is that of all parts, and the number of lines is bounded.
/// A part has `parts`, and can be added to another; `is_larger` is a total order.
template <class Part, class IsLarger>
[[nodiscard]] std::vector<Part> largest(std::vector<Part> all, std::size_t most,
                                        IsLarger&& is_larger) {
  std::sort(all.begin(), all.end(), is_larger);
  if (all.size() <= most) {
    return all;
  }
  Part rest;
  rest.parts = 0;
  for (std::size_t i = most - 1; i < all.size(); ++i) {
    rest += all[i];
  }
  all.resize(most - 1);
  all.push_back(std::move(rest));
  return all;
}

/// The shares with the most billable time; of those alike, with the most egress.
[[nodiscard]] std::vector<Share> largest_shares(std::vector<Share> all);

/// The few shares whose billable time changed most against the period before, up or down.
[[nodiscard]] std::vector<Share> movers(std::vector<Share> all);

/// What a line about a share is called: `London`, `(none)`, `the rest: 49,981 regions`.
[[nodiscard]] std::string name_of(const std::string& name, std::int64_t parts,
                                  const std::string& kind);

}  // namespace fleetmeter::report
