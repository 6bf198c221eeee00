#include "ask/poll_times.hpp"

#include <algorithm>

namespace fleetmeter::ask {

void put_in_order(std::vector<std::int64_t>& at_ms) {
  if (!std::is_sorted(at_ms.begin(), at_ms.end())) {
    std::sort(at_ms.begin(), at_ms.end());
  }
  at_ms.erase(std::unique(at_ms.begin(), at_ms.end()), at_ms.end());
}

std::span<const std::int64_t> polls_in(const meter::Window& window,
                                       const std::vector<std::int64_t>& at_ms) {
  const auto from = std::lower_bound(at_ms.begin(), at_ms.end(), window.from_ms);
  return {from, std::upper_bound(from, at_ms.end(), window.to_ms)};
}

std::int64_t median_of(std::vector<std::int64_t>& distances) {
  if (distances.empty()) {
    return 0;
  }
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>((distances.size() - 1) / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle;
}

std::int64_t usual_distance(std::span<const std::int64_t> at_ms) {
  std::vector<std::int64_t> distances;
  for (std::size_t i = 1; i < at_ms.size(); ++i) {
    distances.push_back(at_ms[i] - at_ms[i - 1]);
  }
  return median_of(distances);
}

std::vector<meter::Window> far_from(const std::vector<std::int64_t>& at_ms, std::int64_t longest_ms,
                                    const meter::Window& window) {
  std::vector<meter::Window> parts;
  const auto add = [&](std::int64_t from_ms, std::int64_t to_ms) {
    const meter::Window part = part_in(window, {from_ms, to_ms});
    if (to_ms - from_ms > longest_ms && part.from_ms < part.to_ms) {
      parts.push_back(part);
    }
  };
  if (at_ms.empty()) {
    return {window};
  }
  add(std::min(window.from_ms, at_ms.front()), at_ms.front());
  for (std::size_t i = 1; i < at_ms.size(); ++i) {
    add(at_ms[i - 1], at_ms[i]);
  }
  add(at_ms.back(), std::max(window.to_ms, at_ms.back()));
  return parts;
}

meter::Window part_in(const meter::Window& window, const meter::Window& span) {
  return {std::max(span.from_ms, window.from_ms), std::min(span.to_ms, window.to_ms)};
}

std::int64_t length_of(const std::vector<meter::Window>& parts) {
  std::int64_t length_ms = 0;
  for (const meter::Window& part : parts) {
    length_ms += part.to_ms - part.from_ms;
  }
  return length_ms;
}

std::vector<meter::Window> merged(std::vector<meter::Window> spans) {
  std::sort(spans.begin(), spans.end(), [](const meter::Window& a, const meter::Window& b) {
    return a.from_ms != b.from_ms ? a.from_ms < b.from_ms : a.to_ms < b.to_ms;
  });
  std::vector<meter::Window> all;
  for (const meter::Window& span : spans) {
    if (span.from_ms >= span.to_ms) {
      continue;
    }
    if (!all.empty() && span.from_ms <= all.back().to_ms) {
      all.back().to_ms = std::max(all.back().to_ms, span.to_ms);
    } else {
      all.push_back(span);
    }
  }
  return all;
}

meter::Window around(const ResolvedWindow& window) {
  const std::int64_t margin_ms = window.belief.max_lifespan_ms;
  return {window.window.from_ms - margin_ms,
          std::max(window.window.to_ms,
                   std::min(window.window.to_ms + margin_ms, window.belief.as_of_ms))};
}

}  // namespace fleetmeter::ask
