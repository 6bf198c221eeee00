#include <algorithm>
#include <span>

#include "ask/answer.hpp"
#include "ask/evidence.hpp"
#include "ask/present.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "model/label_key.hpp"

namespace fleetmeter::ask {

namespace {

constexpr std::int64_t kUsualTimes = 3;  // a gap is longer than so many usual distances

/// The polls of one app and region, the lives of its processes, and what is missing between polls.
struct Polled {
  std::vector<std::int64_t> at_ms;   ///< the window's, and those around it
  std::vector<meter::Window> lives;  ///< by start; then `to_ms` is the latest end so far
  std::int64_t capped = 0;
  std::int64_t usual_ms = 0;
  std::vector<meter::Window> gaps;  ///< what of them is in the window
  std::int64_t longest_ms = 0;
  std::int64_t uncovered_ms = 0;
  std::int64_t unpolled_ms = 0;  ///< far from any of its polls, whatever lived
};

/// The polls in a window. The window's end counts as inside, because the last poll stands at the
/// as-of itself.
std::span<const std::int64_t> polls_in(const meter::Window& window,
                                       const std::vector<std::int64_t>& at_ms) {
  const auto from = std::lower_bound(at_ms.begin(), at_ms.end(), window.from_ms);
  return {from, std::upper_bound(from, at_ms.end(), window.to_ms)};
}

/// The median distance between polls; the lower of two middle ones.
std::int64_t usual_distance(std::span<const std::int64_t> at_ms) {
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

/// Sorts lives by their start and sets the end of each to the latest end so far. Then one look
/// tells whether anything lived in a span.
void prepare_lives(std::vector<meter::Window>& lives) {
  std::sort(lives.begin(), lives.end(),
            [](const meter::Window& a, const meter::Window& b) { return a.from_ms < b.from_ms; });
  for (std::size_t i = 1; i < lives.size(); ++i) {
    lives[i].to_ms = std::max(lives[i].to_ms, lives[i - 1].to_ms);
  }
}

bool anything_lived_in(const std::vector<meter::Window>& lives, const meter::Window& span) {
  const auto later = std::lower_bound(
      lives.begin(), lives.end(), span.to_ms,
      [](const meter::Window& life, std::int64_t at_ms) { return life.from_ms < at_ms; });
  return later != lives.begin() && std::prev(later)->to_ms > span.from_ms;
}

/// How much of a window lies in spans without a poll that are too long. The spans before the first
/// poll and after the last count, too.
std::vector<meter::Window> far_from(const std::vector<std::int64_t>& at_ms, std::int64_t longest_ms,
                                    const meter::Window& window) {
  std::vector<meter::Window> parts;
  const auto add = [&](std::int64_t from_ms, std::int64_t to_ms) {
    const meter::Window part{std::max(from_ms, window.from_ms), std::min(to_ms, window.to_ms)};
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

std::int64_t length_of(const std::vector<meter::Window>& parts) {
  std::int64_t length_ms = 0;
  for (const meter::Window& part : parts) {
    length_ms += part.to_ms - part.from_ms;
  }
  return length_ms;
}

/// A long span is a gap when some process was there to be seen: it was alive more than one usual
/// distance after the poll before, and before the poll after. Of a gap that reaches out of the
/// window, the part inside counts.
void find_gaps(Polled& polled, const meter::Window& window, std::int64_t gap_ms) {
  prepare_lives(polled.lives);
  const auto own = polls_in(window, polled.at_ms);
  polled.usual_ms = usual_distance(own.size() > 1 ? own : std::span(polled.at_ms));
  const std::int64_t longest_ms = gap_ms > 0 ? gap_ms : polled.usual_ms * kUsualTimes;
  polled.unpolled_ms = length_of(far_from(polled.at_ms, longest_ms, window));
  for (std::size_t i = 1; i < polled.at_ms.size(); ++i) {
    const std::int64_t distance_ms = polled.at_ms[i] - polled.at_ms[i - 1];
    const auto in_window = [&](std::int64_t from_ms, std::int64_t to_ms) {
      return meter::Window{std::max(from_ms, window.from_ms), std::min(to_ms, window.to_ms)};
    };
    const meter::Window gap = in_window(polled.at_ms[i - 1], polled.at_ms[i]);
    const meter::Window unseen =
        in_window(polled.at_ms[i - 1] + polled.usual_ms, polled.at_ms[i] - polled.usual_ms);
    if (distance_ms > longest_ms && unseen.from_ms < unseen.to_ms &&
        anything_lived_in(polled.lives, unseen)) {
      polled.gaps.push_back(gap);
      polled.longest_ms = std::max(polled.longest_ms, gap.to_ms - gap.from_ms);
      polled.uncovered_ms += gap.to_ms - gap.from_ms;
    }
  }
}

/// A window, and as much before and after it as a process can have lived without being seen, up to
/// what is known.
meter::Window around(const ResolvedWindow& window) {
  const std::int64_t margin_ms = window.belief.max_lifespan_ms;
  return {window.window.from_ms - margin_ms,
          std::max(window.window.to_ms,
                   std::min(window.window.to_ms + margin_ms, window.belief.as_of_ms))};
}

using ByPlace = std::map<std::pair<std::string, std::string>, Polled>;

/// Several keys may be the same place to a reader. Then its polls come in several parts.
void put_in_order(std::vector<std::int64_t>& at_ms) {
  if (!std::is_sorted(at_ms.begin(), at_ms.end())) {
    std::sort(at_ms.begin(), at_ms.end());
  }
  at_ms.erase(std::unique(at_ms.begin(), at_ms.end()), at_ms.end());
}

ByPlace read_polls(const Question& question, const ResolvedWindow& window, store::Reader& reader) {
  Filter filter(question, reader);
  ByPlace places;
  const meter::Window reach = around(window);
  reader.each_poll(question.scan, reach.from_ms, reach.to_ms, [&](const store::Poll& poll) {
    model::ProcessFacts place;
    place.app_key = model::label_of(poll.place.app_key);
    place.region_key = model::label_of(poll.place.region_key);
    if (filter.passes_place(place)) {
      Polled& polled = places[{reader.label(place.app_key), reader.label(place.region_key)}];
      polled.at_ms.push_back(poll.observed_at_ms);
      const bool is_own = poll.observed_at_ms >= window.window.from_ms &&
                          poll.observed_at_ms <= window.window.to_ms;
      polled.capped += is_own && poll.capped ? 1 : 0;
    }
  });
  each_present(
      question, window, reader, [&](const model::ProcessFacts& facts, const store::RolledProcess*) {
        const auto place =
            places.find({reader.label(facts.app_key), reader.label(facts.region_key)});
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
    put_in_order(polled.at_ms);
  }
  return places;
}

}  // namespace

Coverage cover(const Question& question, std::int64_t gap_ms, store::Reader& reader) {
  Coverage coverage;
  const ResolvedWindow window = resolve(question, reader.span());
  for (auto& [place, polled] : read_polls(question, window, reader)) {
    find_gaps(polled, window.window, gap_ms);
    const auto own = polls_in(window.window, polled.at_ms);
    if (own.empty() && polled.gaps.empty()) {
      continue;
    }
    const auto& [app_id, region] = place;
    coverage.places.push_back(
        {.app_id = app_id,
         .region = region,
         .polls = static_cast<std::int64_t>(own.size()),
         .capped_polls = polled.capped,
         .first_poll_at_ms = own.empty() ? std::nullopt : std::optional(own.front()),
         .last_poll_at_ms = own.empty() ? std::nullopt : std::optional(own.back()),
         .usual_interval_ms = polled.usual_ms,
         .gaps = static_cast<std::int64_t>(polled.gaps.size()),
         .longest_gap_ms = polled.longest_ms,
         .uncovered_ms = polled.uncovered_ms,
         .unpolled_ms = polled.unpolled_ms});
    for (const meter::Window& gap : polled.gaps) {
      coverage.gaps.push_back(
          {.app_id = app_id, .region = region, .from_ms = gap.from_ms, .to_ms = gap.to_ms});
    }
  }
  return coverage;
}

Coverage coverage(const Question& question, std::int64_t gap_ms, store::Reader& reader) {
  if (question.from_ms) {
    expect_begun("coverage", *question.from_ms, question, reader.span());
  }
  return cover(question, gap_ms, reader);
}

std::int64_t length_of_gaps(const Coverage& coverage) {
  std::int64_t length_ms = 0;
  for (const CoverageGap& gap : coverage.gaps) {
    length_ms += gap.length_ms();
  }
  return length_ms;
}

void expect_begun(const std::string& command, std::int64_t from_ms, const Question& question,
                  const store::StoreSpan& span) {
  const auto as_of_ms = question.as_of_ms ? question.as_of_ms : span.latest_observed_ms;
  if (as_of_ms && from_ms >= *as_of_ms) {
    throw Error(ErrorKind::usage, command + ": the window has not begun: it begins at " +
                                      base::format_utc(from_ms) + ", and the as-of is " +
                                      base::format_utc(*as_of_ms));
  }
}

std::vector<meter::Window> unpolled(const Question& question, store::Reader& reader) {
  const ResolvedWindow resolved = resolve(question, reader.span());
  const meter::Window reach = around(resolved);
  std::vector<std::int64_t> at_ms;
  reader.each_snapshot(reach.from_ms, reach.to_ms,
                       [&](std::int64_t observed_at_ms, bool) { at_ms.push_back(observed_at_ms); });
  put_in_order(at_ms);
  return far_from(at_ms, usual_distance(at_ms) * kUsualTimes, resolved.window);
}

std::string coverage_summary(const Question& question, store::Reader& reader) {
  std::int64_t polls = 0;
  std::int64_t capped = 0;
  std::int64_t first_ms = 0;
  std::int64_t last_ms = 0;
  reader.each_snapshot(*question.from_ms, *question.to_ms, [&](std::int64_t at_ms, bool is_capped) {
    first_ms = polls == 0 ? at_ms : first_ms;
    polls += polls == 0 || at_ms != last_ms ? 1 : 0;
    last_ms = at_ms;
    capped += is_capped ? 1 : 0;
  });
  if (polls == 0) {
    return "no snapshots";
  }
  const Coverage coverage = cover(question, 0, reader);
  const std::int64_t unpolled_ms = length_of(unpolled(question, reader));
  return std::to_string(polls) + " polls from " + base::format_utc(first_ms) + " to " +
         base::format_utc(last_ms) + ", " + std::to_string(capped) + " capped, " +
         std::to_string(coverage.gaps.size()) + " gaps of together " +
         base::format_duration(length_of_gaps(coverage)) +
         (unpolled_ms == 0 ? "" : ", " + base::format_duration(unpolled_ms) + " without any poll");
}

}  // namespace fleetmeter::ask
