// How wide the bounds of billable time would be, had somebody polled otherwise.
//
// What polling more rarely does is measured: every second poll (or every fourth) of each app and
// region is kept, and the meter is asked again, with what the kept observations say and with the
// kept lists. What polling better does cannot be measured, because nobody saw it. It is computed
// from the widths of the archive as it is. The point stays, and each of the two bounds comes nearer
// to it:
//   twice as often, four times as often   what processes that are gone leave open is as much
//                                         smaller, because it is the time between two polls;
//   with a region filter                  each document is asked for once for every app and region
//                                         that it speaks for, and none is cut any more. An orphan
//                                         that a list of its place followed is then gone, and as
//                                         wide as the processes that are gone are on average;
//   with finals fetched                   each process that is gone or an orphan is asked for once
//                                         more, and its end is known.

#include <algorithm>
#include <array>
#include <optional>

#include "ask/evidence.hpp"
#include "ask/thinned_polls.hpp"
#include "base/ratio.hpp"
#include "meter/absence.hpp"
#include "meter/billing.hpp"
#include "store/folding.hpp"

namespace fleetmeter::ask {

namespace {

using Basis = PollingAdvice::Basis;
constexpr std::size_t kWays = ThinnedPolls::kWays;
constexpr int kPercentDigits = 2;

/// What some processes leave open, below the point and above it.
struct Widths {
  std::int64_t processes = 0;
  Int128 below = 0;
  Int128 above = 0;

  void add(const Bounded<std::int64_t>& time) {
    processes += 1;
    below += time.point - time.lo;
    above += time.hi - time.point;
  }
  [[nodiscard]] Int128 all() const { return below + above; }
};

/// Goes through every observation once, and keeps a life of each process for every way of thinning.
class Measuring {
 public:
  Measuring(const Question& question, const ResolvedWindow& window, const ThinnedPolls& polls,
            store::Reader& reader)
      : window_(window), polls_(polls), reader_(reader), filter_(question, reader) {
    // Polled more rarely, the end of a process may not be known.
    reader.each_observation({window.window.from_ms - window.belief.max_lifespan_ms, window.belief},
                            [&](const store::Observation& row) { take(row); });
    finish_process();
  }

  [[nodiscard]] const Bounded<Int128>& billable(std::size_t way) const { return billable_[way]; }
  [[nodiscard]] std::int64_t missed(std::size_t way) const { return missed_[way]; }
  // Of the archive as it is:
  [[nodiscard]] const Widths& gone() const { return gone_; }
  [[nodiscard]] const Widths& orphans() const { return orphans_; }
  /// Of the orphans, those that a list of their place followed.
  [[nodiscard]] const Widths& cut_off() const { return cut_off_; }

 private:
  void take(const store::Observation& row) {
    if (process_key_ != row.process_key) {
      finish_process();
      process_key_ = row.process_key;
      for (std::size_t way = 0; way < kWays; ++way) {
        folding_[way].start(row.process_key);
      }
    }
    number_ = polls_.number_of(
        {model::key_part(row.told->app_key), model::key_part(row.told->region_key)},
        row.observed_at_ms, number_ + 1);
    for (std::size_t way = 0; way < kWays; ++way) {
      if (ThinnedPolls::keeps(way, number_)) {
        folding_[way].take(row);
      }
    }
  }

  void finish_process() {
    if (!process_key_ || !filter_.passes(folding_[0].folded().facts())) {
      return;
    }
    const Bounded<std::int64_t> whole = add(0);
    for (std::size_t way = 1; way < kWays; ++way) {
      if (folding_[way].folded().any()) {
        add(way);
      } else {
        missed_[way] += whole.hi > 0 ? 1 : 0;
      }
    }
  }

  Bounded<std::int64_t> add(std::size_t way) {
    model::Life life = folding_[way].folded().facts().life;
    life.gone_ms = gone_ms(way, life);
    const meter::BillableSpan span = meter::billable_span(life, window_.belief);
    const Bounded<std::int64_t> time = meter::billable_in(span, window_.window);
    billable_[way] += time;
    if (way == 0 && time.hi > time.lo) {
      note(span.rule, time, life);
    }
    return time;
  }

  void note(meter::BillingRule rule, const Bounded<std::int64_t>& time, const model::Life& life) {
    if (rule == meter::BillingRule::gone) {
      gone_.add(time);
    } else if (rule == meter::BillingRule::orphan) {
      orphans_.add(time);
      // If it had started later than all that a list shows, every list would speak for it.
      model::Life latest = life;
      latest.starting_at_ms = latest.started_at_ms = meter::kNever_ms;
      if (first_list(0, latest, std::max(life.last_seen_ms + 1, *life.started_at_ms))) {
        cut_off_.add(time);
      }
    }
  }

  [[nodiscard]] model::Instant gone_ms(std::size_t way, const model::Life& life) {
    const model::Instant from_ms = meter::may_be_gone_from(life);
    return from_ms ? first_list(way, life, *from_ms) : std::nullopt;
  }

  /// The first list kept that speaks for such a life in the places of the process.
  [[nodiscard]] model::Instant first_list(std::size_t way, const model::Life& life,
                                          std::int64_t from_ms) {
    model::Instant found;
    if (reader_.has_lists()) {
      const std::vector<store::Place>& places = folding_[way].folded().places();
      reader_.lists().each_for(life, places, from_ms, meter::kNever_ms,
                               [&](const store::ProvingList& list) {
                                 if (polls_.keeps_list(way, places, list.observed_at_ms)) {
                                   found = list.observed_at_ms;
                                 }
                                 return found.has_value();
                               });
    }
    return found;
  }

  const ResolvedWindow& window_;
  const ThinnedPolls& polls_;
  store::Reader& reader_;
  Filter filter_;
  std::optional<std::int64_t> process_key_;
  std::size_t number_ = 0;  ///< of the poll that the last observation was made at
  std::array<store::FoldingRuns, kWays> folding_;
  std::array<Bounded<Int128>, kWays> billable_;
  std::array<std::int64_t, kWays> missed_{};
  Widths gone_;
  Widths orphans_;
  Widths cut_off_;
};

/// What is left of a width when it shrinks to one part of so many, rounded up.
Int128 part_of(Int128 width, std::int64_t parts) {
  return base::divide(width, parts, base::Rounding::up);
}

/// A row without a share yet, with the bounds of the archive as it is.
PollingAdvice row_of(const char* advice, Basis basis, const ThinnedPolls& polls,
                     const Measuring& measured, std::size_t way = 0) {
  return {.advice = advice,
          .basis = basis,
          .interval_ms = polls.usual_ms(way),
          .billable_ms = measured.billable(way),
          .width_share = {},
          .polls_per_day = polls.documents_per_day(way),
          .processes_missed = measured.missed(way)};
}

PollingAdvice more_often(const char* advice, std::int64_t times, const ThinnedPolls& polls,
                         const Measuring& measured) {
  PollingAdvice row = row_of(advice, Basis::computed, polls, measured);
  const Widths& gone = measured.gone();
  row.interval_ms /= times;
  row.billable_ms.lo += gone.below - part_of(gone.below, times);
  row.billable_ms.hi -= gone.above - part_of(gone.above, times);
  row.polls_per_day *= times;
  return row;
}

/// Without any process that is gone to take the average of, it is the usual distance between polls.
/// Nothing becomes wider than it is.
PollingAdvice by_region(const ThinnedPolls& polls, const Measuring& measured) {
  PollingAdvice row = row_of("with a region filter", Basis::computed, polls, measured);
  const Widths& gone = measured.gone();
  const Widths& cut_off = measured.cut_off();
  const Int128 width = gone.processes > 0
                           ? base::divide(base::multiply(gone.all(), cut_off.processes),
                                          gone.processes, base::Rounding::up)
                           : base::multiply(row.interval_ms, cut_off.processes);
  const Int128 saved = cut_off.all() - std::min(cut_off.all(), width);
  const Int128 saved_above = std::min(saved, cut_off.above);
  row.billable_ms.hi -= saved_above;
  row.billable_ms.lo += saved - saved_above;
  row.polls_per_day = polls.documents_by_place_per_day();
  return row;
}

PollingAdvice with_finals(const ThinnedPolls& polls, const Measuring& measured) {
  PollingAdvice row = row_of("with finals fetched", Basis::computed, polls, measured);
  for (const Widths* const open : {&measured.gone(), &measured.orphans()}) {
    row.billable_ms.lo += open->below;
    row.billable_ms.hi -= open->above;
  }
  row.polls_per_day += polls.per_day(measured.gone().processes + measured.orphans().processes);
  return row;
}

}  // namespace

std::vector<PollingAdvice> advise(const Question& question, store::Reader& reader) {
  if (question.from_ms) {
    expect_begun("coverage", *question.from_ms, question, reader.span());
  }
  const ResolvedWindow window = resolve(question, reader.span());
  const ThinnedPolls polls(question, window.window, reader);
  const Measuring measured(question, window, polls, reader);
  std::vector<PollingAdvice> rows{row_of("as polled", Basis::measured, polls, measured, 0),
                                  row_of("half as often", Basis::measured, polls, measured, 1),
                                  row_of("a quarter as often", Basis::measured, polls, measured, 2),
                                  more_often("twice as often", 2, polls, measured),
                                  more_often("four times as often", 4, polls, measured),
                                  by_region(polls, measured),
                                  with_finals(polls, measured)};
  for (PollingAdvice& row : rows) {
    const Bounded<Int128>& time = row.billable_ms;
    if (time.point > 0) {
      row.width_share = base::Ratio(base::multiply(time.hi - time.lo, 100), time.point)
                            .round(kPercentDigits, base::Rounding::up);
    }
  }
  return rows;
}

}  // namespace fleetmeter::ask
