#include <algorithm>

#include "api/answer.hpp"
#include "api/evidence.hpp"

namespace fleetmeter::api {

namespace {

constexpr std::int64_t kUsualTimes = 3;  // a gap is longer than so many usual distances

/// A span between two polls that is too long.
struct Gap {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// The polls of one app and region, and what is missing between them.
struct Polled {
  std::vector<std::int64_t> at_ms;
  std::int64_t capped = 0;
  std::int64_t usual_ms = 0;
  std::vector<Gap> gaps;
  std::int64_t longest_ms = 0;
  std::int64_t uncovered_ms = 0;
};

/// The median distance between polls; the lower of two middle ones.
std::int64_t usual_distance(const std::vector<std::int64_t>& at_ms) {
  std::vector<std::int64_t> distances;
  for (std::size_t i = 1; i < at_ms.size(); ++i) {
    distances.push_back(at_ms[i] - at_ms[i - 1]);
  }
  if (distances.empty()) {
    return 0;
  }
  const auto middle = distances.begin() + static_cast<std::ptrdiff_t>((distances.size() - 1) / 2);
  std::nth_element(distances.begin(), middle, distances.end());
  return *middle;
}

void find_gaps(Polled& polled, std::int64_t gap_ms) {
  polled.usual_ms = usual_distance(polled.at_ms);
  const std::int64_t longest_ms = gap_ms > 0 ? gap_ms : polled.usual_ms * kUsualTimes;
  for (std::size_t i = 1; i < polled.at_ms.size(); ++i) {
    const std::int64_t distance_ms = polled.at_ms[i] - polled.at_ms[i - 1];
    if (distance_ms > longest_ms) {
      polled.gaps.push_back({polled.at_ms[i - 1], polled.at_ms[i]});
      polled.longest_ms = std::max(polled.longest_ms, distance_ms);
      polled.uncovered_ms += distance_ms;
    }
  }
}

using ByPlace = std::map<std::pair<std::string, std::string>, Polled>;

ByPlace read_polls(const Question& question, store::Reader& reader) {
  const ResolvedWindow window = resolve(question, reader.span());
  Filter filter(question, reader);
  ByPlace places;
  reader.each_poll(window.window.from_ms, window.window.to_ms, [&](const store::Poll& poll) {
    model::ProcessFacts place;
    place.app_key = poll.app_key;
    place.region_key = poll.region_key;
    if (filter.passes_place(place)) {
      Polled& polled = places[{reader.label(poll.app_key), reader.label(poll.region_key)}];
      polled.at_ms.push_back(poll.observed_at_ms);
      polled.capped += poll.capped ? 1 : 0;
    }
  });
  return places;
}

}  // namespace

Table ask_coverage(const Question& question, std::int64_t gap_ms, bool each_gap,
                   store::Reader& reader) {
  Table table;
  table.names = each_gap ? std::vector<std::string>{"app_id", "region", "from_ms", "to_ms", "gap_ms"}
                         : std::vector<std::string>{"app_id", "region", "polls", "capped_polls",
                                                    "first_poll_at_ms", "last_poll_at_ms",
                                                    "usual_interval_ms", "gaps", "longest_gap_ms",
                                                    "uncovered_ms"};
  for (auto& [place, polled] : read_polls(question, reader)) {
    find_gaps(polled, gap_ms);
    if (!each_gap) {
      table.rows.push_back({place.first, place.second,
                            static_cast<std::int64_t>(polled.at_ms.size()), polled.capped,
                            polled.at_ms.front(), polled.at_ms.back(), polled.usual_ms,
                            static_cast<std::int64_t>(polled.gaps.size()), polled.longest_ms,
                            polled.uncovered_ms});
      continue;
    }
    for (const Gap& gap : polled.gaps) {
      table.rows.push_back(
          {place.first, place.second, gap.from_ms, gap.to_ms, gap.to_ms - gap.from_ms});
    }
  }
  return table;
}

}  // namespace fleetmeter::api
