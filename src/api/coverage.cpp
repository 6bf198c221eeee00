#include <algorithm>
#include <limits>

#include "api/answer.hpp"
#include "api/evidence.hpp"
#include "base/time_text.hpp"

namespace fleetmeter::api {

namespace {

constexpr std::int64_t kUsualTimes = 3;  // a gap is longer than so many usual distances

/// A span between two polls that is too long.
struct Gap {
  std::int64_t from_ms = 0;
  std::int64_t to_ms = 0;
};

/// The polls of one app and region, the lives of its processes, and what is missing between polls.
struct Polled {
  bool of_many = false;  ///< several keys read as this place, so that its polls are not in order
  std::vector<std::int64_t> at_ms;
  std::vector<meter::Window> lives;  ///< by start; then `to_ms` is the latest end so far
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

/// Sorts lives by start and lets each end at the latest end so far, so that one look tells whether
/// anything lived in a span.
void prepare_lives(std::vector<meter::Window>& lives) {
  std::sort(lives.begin(), lives.end(),
            [](const meter::Window& a, const meter::Window& b) { return a.from_ms < b.from_ms; });
  for (std::size_t i = 1; i < lives.size(); ++i) {
    lives[i].to_ms = std::max(lives[i].to_ms, lives[i - 1].to_ms);
  }
}

bool anything_lived_in(const std::vector<meter::Window>& lives, const Gap& span) {
  const auto later = std::lower_bound(
      lives.begin(), lives.end(), span.to_ms,
      [](const meter::Window& life, std::int64_t at_ms) { return life.from_ms < at_ms; });
  return later != lives.begin() && std::prev(later)->to_ms > span.from_ms;
}

/// A long span is a gap when some process was there to be seen: alive more than one usual distance
/// after the poll before and before the poll after.
void find_gaps(Polled& polled, std::int64_t gap_ms) {
  prepare_lives(polled.lives);
  polled.usual_ms = usual_distance(polled.at_ms);
  const std::int64_t longest_ms = gap_ms > 0 ? gap_ms : polled.usual_ms * kUsualTimes;
  for (std::size_t i = 1; i < polled.at_ms.size(); ++i) {
    const std::int64_t distance_ms = polled.at_ms[i] - polled.at_ms[i - 1];
    const Gap unseen{polled.at_ms[i - 1] + polled.usual_ms, polled.at_ms[i] - polled.usual_ms};
    if (distance_ms > longest_ms && anything_lived_in(polled.lives, unseen)) {
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
  reader.each_poll(
      question.scan, window.window.from_ms, window.window.to_ms, [&](const store::Poll& poll) {
        const auto key = [](std::int64_t label_key) {
          return label_key == 0 ? std::nullopt : std::optional(label_key);
        };
        model::ProcessFacts place;
        place.app_key = key(poll.place.app_key);
        place.region_key = key(poll.place.region_key);
        if (filter.passes_place(place)) {
          Polled& polled = places[{reader.label(place.app_key), reader.label(place.region_key)}];
          polled.of_many = polled.of_many ||
                           (!polled.at_ms.empty() && polled.at_ms.back() >= poll.observed_at_ms);
          polled.at_ms.push_back(poll.observed_at_ms);
          polled.capped += poll.capped ? 1 : 0;
        }
      });
  reader.each_process(question.scan, [&](const model::ProcessFacts& facts) {
    const auto place = places.find({reader.label(facts.app_key), reader.label(facts.region_key)});
    if (place != places.end()) {
      const model::Life& life = facts.life;
      const std::int64_t from_ms =
          life.starting_at_ms.value_or(life.started_at_ms.value_or(life.first_seen_ms));
      const std::int64_t to_ms =
          life.terminated_at_ms.value_or(life.stopping_at_ms.value_or(life.last_seen_ms));
      place->second.lives.push_back({from_ms, to_ms});
    }
  });
  for (auto& [place, polled] : places) {
    if (polled.of_many) {
      std::sort(polled.at_ms.begin(), polled.at_ms.end());
      polled.at_ms.erase(std::unique(polled.at_ms.begin(), polled.at_ms.end()), polled.at_ms.end());
    }
  }
  return places;
}

}  // namespace

Coverage cover(const Question& question, std::int64_t gap_ms, store::Reader& reader) {
  Coverage coverage;
  coverage.places.names = {"app_id",
                           "region",
                           "polls",
                           "capped_polls",
                           "first_poll_at_ms",
                           "last_poll_at_ms",
                           "usual_interval_ms",
                           "gaps",
                           "longest_gap_ms",
                           "uncovered_ms"};
  coverage.gaps.names = {"app_id", "region", "from_ms", "to_ms", "gap_ms"};
  for (auto& [place, polled] : read_polls(question, reader)) {
    find_gaps(polled, gap_ms);
    coverage.places.rows.push_back(
        {place.first, place.second, static_cast<std::int64_t>(polled.at_ms.size()), polled.capped,
         polled.at_ms.front(), polled.at_ms.back(), polled.usual_ms,
         static_cast<std::int64_t>(polled.gaps.size()), polled.longest_ms, polled.uncovered_ms});
    for (const Gap& gap : polled.gaps) {
      coverage.gaps.rows.push_back(
          {place.first, place.second, gap.from_ms, gap.to_ms, gap.to_ms - gap.from_ms});
    }
  }
  return coverage;
}

Table ask_coverage(const Question& question, std::int64_t gap_ms, bool each_gap,
                   store::Reader& reader) {
  Coverage coverage = cover(question, gap_ms, reader);
  return std::move(each_gap ? coverage.gaps : coverage.places);
}

std::vector<meter::Window> unpolled(const meter::Window& window, store::Reader& reader) {
  const store::StoreSpan span = reader.span();
  std::vector<std::int64_t> at_ms;
  reader.each_snapshot(std::numeric_limits<std::int64_t>::min(),
                       span.latest_observed_ms.value_or(0),
                       [&](std::int64_t observed_at_ms, bool) { at_ms.push_back(observed_at_ms); });
  at_ms.erase(std::unique(at_ms.begin(), at_ms.end()), at_ms.end());
  std::vector<meter::Window> parts;
  const auto add = [&](std::int64_t from_ms, std::int64_t to_ms) {
    const meter::Window part{std::max(from_ms, window.from_ms), std::min(to_ms, window.to_ms)};
    if (part.from_ms < part.to_ms) {
      parts.push_back(part);
    }
  };
  if (at_ms.empty()) {
    return {window};
  }
  const std::int64_t longest_ms = usual_distance(at_ms) * kUsualTimes;
  if (at_ms.front() - window.from_ms > longest_ms) {
    add(window.from_ms, at_ms.front());
  }
  for (std::size_t i = 1; i < at_ms.size(); ++i) {
    if (at_ms[i] - at_ms[i - 1] > longest_ms) {
      add(at_ms[i - 1], at_ms[i]);
    }
  }
  if (window.to_ms - at_ms.back() > longest_ms) {
    add(at_ms.back(), window.to_ms);
  }
  return parts;
}

std::string coverage_summary(const meter::Window& window, store::Reader& reader) {
  Polled fleet;
  reader.each_snapshot(window.from_ms, window.to_ms, [&](std::int64_t at_ms, bool capped) {
    if (fleet.at_ms.empty() || fleet.at_ms.back() != at_ms) {
      fleet.at_ms.push_back(at_ms);
    }
    fleet.capped += capped ? 1 : 0;
  });
  if (fleet.at_ms.empty()) {
    return "no snapshots";
  }
  fleet.lives = {window};
  find_gaps(fleet, 0);
  return std::to_string(fleet.at_ms.size()) + " polls from " +
         base::format_utc(fleet.at_ms.front()) + " to " + base::format_utc(fleet.at_ms.back()) +
         ", " + std::to_string(fleet.capped) + " capped, " + std::to_string(fleet.gaps.size()) +
         " gaps of together " + base::format_duration(fleet.uncovered_ms);
}

}  // namespace fleetmeter::api
