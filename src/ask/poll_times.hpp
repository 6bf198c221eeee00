#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ask/window.hpp"
#include "meter/life.hpp"

namespace fleetmeter::ask {

// When somebody looked, and when nobody did.

inline constexpr std::int64_t kUsualTimes = 3;  // a gap is longer than so many usual distances

/// Several keys may be the same place to a reader. Then its polls come in several parts.
void put_in_order(std::vector<std::int64_t>& at_ms);

/// The instants in a window. The window's end counts as inside, because the last poll stands at the
/// as-of itself.
[[nodiscard]] std::span<const std::int64_t> polls_in(const meter::Window& window,
                                                     const std::vector<std::int64_t>& at_ms);

/// The median of distances, which it puts into another order; the lower of two middle ones. 0 when
/// there is none.
[[nodiscard]] std::int64_t median_of(std::vector<std::int64_t>& distances);

/// The median distance between polls.
[[nodiscard]] std::int64_t usual_distance(std::span<const std::int64_t> at_ms);

/// How much of a window lies in spans without a poll that are too long. The spans before the first
/// poll and after the last count, too.
[[nodiscard]] std::vector<meter::Window> far_from(const std::vector<std::int64_t>& at_ms,
                                                  std::int64_t longest_ms,
                                                  const meter::Window& window);

/// The part of a span that lies in a window; when there is none, it ends before it begins, or
/// there.
[[nodiscard]] meter::Window part_in(const meter::Window& window, const meter::Window& span);

[[nodiscard]] std::int64_t length_of(const std::vector<meter::Window>& parts);

/// The instants that belong to any of some spans, as spans in order that do not touch.
[[nodiscard]] std::vector<meter::Window> merged(std::vector<meter::Window> spans);

/// A window, and as much before and after it as a process can have lived without being seen, up to
/// what is known.
[[nodiscard]] meter::Window around(const ResolvedWindow& window);

}  // namespace fleetmeter::ask
