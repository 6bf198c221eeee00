#include <algorithm>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include "ask/answer.hpp"
#include "ask/evidence.hpp"
#include "ask/place_lists.hpp"
#include "ask/poll_times.hpp"
#include "ask/present.hpp"
#include "base/ratio.hpp"
#include "base/time_text.hpp"
#include "fleetmeter/error.hpp"
#include "model/label_key.hpp"

namespace fleetmeter {

std::vector<CoverageGap> Coverage::missing() const {
  std::vector<CoverageGap> all = gaps;
  all.insert(all.end(), holes.begin(), holes.end());
  std::sort(all.begin(), all.end(), [](const CoverageGap& a, const CoverageGap& b) {
    return std::tie(a.app_id, a.region, a.from_ms, a.to_ms, a.kind) <
           std::tie(b.app_id, b.region, b.from_ms, b.to_ms, b.kind);
  });
  return all;
}

}  // namespace fleetmeter

namespace fleetmeter::ask {

namespace {

constexpr int kPercentDigits = 2;

/// So many polls of a window tell their usual distance. Two may be the ends of an outage.
constexpr std::size_t kFewestPolls = 3;

/// The polls of one app and region, the lives of its processes, and what is missing between polls.
struct Polled {
  std::vector<std::int64_t> at_ms;         ///< the window's, and those around it
  std::vector<std::int64_t> capped_at_ms;  ///< of them, those at which some list was cut
  std::vector<ListInstant> lists;          ///< likewise, and the nearest ones around those
  std::vector<meter::Window> lives;        ///< by start; then `to_ms` is the latest end so far
  std::int64_t usual_ms = 0;
  std::int64_t longest_ms = 0;       ///< what is longer is a gap
  std::vector<meter::Window> gaps;   ///< what of them is in the window
  std::vector<meter::Window> holes;  ///< likewise
  std::int64_t seen_ms = 0;          ///< of the window: every process would have been seen
  std::int64_t unpolled_ms = 0;      ///< far from any of its polls, whatever lived
};

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

std::int64_t longest_of(const std::vector<meter::Window>& spans) {
  std::int64_t longest_ms = 0;
  for (const meter::Window& span : spans) {
    longest_ms = std::max(longest_ms, span.to_ms - span.from_ms);
  }
  return longest_ms;
}

/// A long span is a gap when some process was there to be seen: it was alive more than one usual
/// distance after the poll before, and before the poll after. Of a gap that reaches out of the
/// window, the part inside counts.
void find_gaps(Polled& polled, const meter::Window& window, std::int64_t gap_ms) {
  prepare_lives(polled.lives);
  const auto own = polls_in(window, polled.at_ms);
  polled.usual_ms = usual_distance(own.size() >= kFewestPolls ? own : std::span(polled.at_ms));
  polled.longest_ms = gap_ms > 0 ? gap_ms : polled.usual_ms * kUsualTimes;
  polled.unpolled_ms = length_of(far_from(polled.at_ms, polled.longest_ms, window));
  for (std::size_t i = 1; i < polled.at_ms.size(); ++i) {
    const meter::Window span{polled.at_ms[i - 1], polled.at_ms[i]};
    const meter::Window unseen =
        part_in(window, {span.from_ms + polled.usual_ms, span.to_ms - polled.usual_ms});
    if (span.to_ms - span.from_ms > polled.longest_ms && unseen.from_ms < unseen.to_ms &&
        anything_lived_in(polled.lives, unseen)) {
      polled.gaps.push_back(part_in(window, span));
    }
  }
}

/// Lists that do not continue those before leave a hole. Between two lists that follow closely, the
/// later of which continues the earlier, every process would have been seen.
void find_holes(Polled& polled, const meter::Window& window) {
  for (std::size_t i = 1; i < polled.lists.size(); ++i) {
    const ListInstant& before = polled.lists[i - 1];
    const ListInstant& now = polled.lists[i];
    const meter::Window part = part_in(window, {before.at_ms, now.at_ms});
    if (part.from_ms >= part.to_ms) {
      continue;
    }
    if (!now.continues(before)) {
      polled.holes.push_back(part);
    } else if (now.at_ms - before.at_ms <= polled.longest_ms) {
      polled.seen_ms += part.to_ms - part.from_ms;
    }
  }
}

/// The polls in and around a window, by place: what was seen, and what lists speak for.
class PolledPlaces {
 public:
  PolledPlaces(const Question& question, const ResolvedWindow& window, store::Reader& reader)
      : question_(question),
        window_(window),
        reader_(reader),
        filter_(question, reader),
        reach_(around(window)),
        lists_(reader, question.scan, reach_, window.belief.as_of_ms, [&](const PlaceName& name) {
          return filter_.passes_place(name.first, name.second);
        }) {
    read_sightings();
    for (const PlaceName& name : lists_.places()) {
      places_.try_emplace(name);
    }
    read_lives();
  }

  /// Calls `use` for every place in the order of names. A list of all regions of an app is a part
  /// of each place only while that one is looked at.
  void each(const std::function<void(const PlaceName&, Polled&)>& use) {
    for (auto& [name, polled] : places_) {
      Polled one = std::exchange(polled, {});
      add_lists(name, one);
      put_in_order(one.at_ms);
      put_in_order(one.capped_at_ms);
      use(name, one);
    }
  }

 private:
  void read_sightings() {
    const auto use = [&](const store::Poll& poll) {
      const PlaceName name{reader_.label(model::label_of(poll.place.app_key)),
                           reader_.label(model::label_of(poll.place.region_key))};
      if (filter_.passes_place(name.first, name.second)) {
        Polled& polled = places_[name];
        polled.at_ms.push_back(poll.observed_at_ms);
        if (poll.capped) {
          polled.capped_at_ms.push_back(poll.observed_at_ms);
        }
      }
    };
    reader_.each_poll(question_.scan, reach_.from_ms, reach_.to_ms, use);
  }

  void read_lives() {
    each_present(
        question_, window_, reader_,
        [&](const model::ProcessFacts& facts, const store::RolledProcess*) {
          const auto place =
              places_.find({reader_.label(facts.app_key), reader_.label(facts.region_key)});
          if (place == places_.end()) {
            return;
          }
          const model::Life& life = facts.life;
          place->second.lives.push_back(
              {life.starting_at_ms.value_or(life.started_at_ms.value_or(life.first_seen_ms)),
               life.terminated_at_ms.value_or(life.stopping_at_ms.value_or(life.last_seen_ms))});
        });
  }

  /// A list is a poll, also one that holds no process of the place. The nearest one before or after
  /// the window may be farther away than other polls are looked at.
  void add_lists(const PlaceName& name, Polled& polled) const {
    polled.lists = instants_of(lists_.of(name));
    for (const ListInstant& list : polled.lists) {
      if (list.at_ms >= reach_.from_ms && list.at_ms <= reach_.to_ms) {
        polled.at_ms.push_back(list.at_ms);
        if (list.some_was_cut) {
          polled.capped_at_ms.push_back(list.at_ms);
        }
      }
    }
  }

  const Question& question_;
  const ResolvedWindow& window_;
  store::Reader& reader_;
  Filter filter_;
  meter::Window reach_;
  PlaceLists lists_;
  std::map<PlaceName, Polled> places_;
};

std::int64_t lists_in(const meter::Window& window, const std::vector<ListInstant>& lists) {
  std::int64_t count = 0;
  for (const ListInstant& list : lists) {
    count += list.at_ms >= window.from_ms && list.at_ms <= window.to_ms ? list.lists : 0;
  }
  return count;
}

PlaceCoverage coverage_of(const PlaceName& name, const Polled& polled,
                          const meter::Window& window) {
  const auto own = polls_in(window, polled.at_ms);
  const std::int64_t length_ms = std::max<std::int64_t>(window.to_ms - window.from_ms, 1);
  return {.app_id = name.first,
          .region = name.second,
          .polls = static_cast<std::int64_t>(own.size()),
          .capped_polls = static_cast<std::int64_t>(polls_in(window, polled.capped_at_ms).size()),
          .first_poll_at_ms = own.empty() ? std::nullopt : std::optional(own.front()),
          .last_poll_at_ms = own.empty() ? std::nullopt : std::optional(own.back()),
          .usual_interval_ms = polled.usual_ms,
          .gaps = static_cast<std::int64_t>(polled.gaps.size()),
          .longest_gap_ms = longest_of(polled.gaps),
          .uncovered_ms = length_of(polled.gaps),
          .unpolled_ms = polled.unpolled_ms,
          .lists = lists_in(window, polled.lists),
          .holes = static_cast<std::int64_t>(polled.holes.size()),
          .longest_hole_ms = longest_of(polled.holes),
          .hole_ms = length_of(polled.holes),
          .seen_ms = polled.seen_ms,
          .seen_share = base::Ratio(Int128{polled.seen_ms} * 100, length_ms)
                            .round(kPercentDigits, base::Rounding::down)};
}

void add_spans(const PlaceName& name, CoverageGap::Kind kind,
               const std::vector<meter::Window>& spans, std::vector<CoverageGap>& all) {
  for (const meter::Window& span : spans) {
    all.push_back({.app_id = name.first,
                   .region = name.second,
                   .from_ms = span.from_ms,
                   .to_ms = span.to_ms,
                   .kind = kind});
  }
}

}  // namespace

Coverage cover(const Question& question, std::int64_t gap_ms, store::Reader& reader) {
  Coverage coverage;
  const ResolvedWindow window = resolve(question, reader.span());
  PolledPlaces places(question, window, reader);
  places.each([&](const PlaceName& name, Polled& polled) {
    find_gaps(polled, window.window, gap_ms);
    find_holes(polled, window.window);
    const bool is_near = !polled.at_ms.empty();
    if (!polls_in(window.window, polled.at_ms).empty() || !polled.gaps.empty() ||
        !polled.holes.empty() || polled.seen_ms > 0 || (is_near && polled.unpolled_ms > 0)) {
      coverage.places.push_back(coverage_of(name, polled, window.window));
      add_spans(name, CoverageGap::Kind::gap, polled.gaps, coverage.gaps);
      add_spans(name, CoverageGap::Kind::hole, polled.holes, coverage.holes);
    }
  });
  return coverage;
}

Coverage coverage(const Question& question, std::int64_t gap_ms, store::Reader& reader) {
  if (question.from_ms) {
    expect_begun("coverage", *question.from_ms, question, reader.span());
  }
  return cover(question, gap_ms, reader);
}

void expect_begun(const std::string& command, std::int64_t from_ms, const Question& question,
                  const store::StoreSpan& span) {
  const auto as_of_ms = as_of(question, span);
  if (as_of_ms && from_ms >= *as_of_ms) {
    throw Error(ErrorKind::usage, command + ": the window has not begun: it begins at " +
                                      base::format_utc(from_ms) + ", and the as-of is " +
                                      base::format_utc(*as_of_ms));
  }
}

}  // namespace fleetmeter::ask
