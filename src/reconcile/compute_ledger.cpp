#include "reconcile/compute_ledger.hpp"

#include <algorithm>

#include "rate/charge.hpp"

namespace fleetmeter::reconcile {

namespace {

using meter::Window;

std::int64_t overlap(const Window& span, const Window& window) {
  return std::max<std::int64_t>(
      0, std::min(span.to_ms, window.to_ms) - std::max(span.from_ms, window.from_ms));
}

}  // namespace

ComputeLedger::ComputeLedger(const Dimensions& dimensions, const model::Policy& policy,
                             const meter::Belief& belief, std::vector<std::int64_t> changes_ms)
    : dimensions_(dimensions),
      policy_(policy),
      belief_(belief),
      changes_ms_(std::move(changes_ms)),
      core_(dimensions.months.front().window),
      reach_(core_) {
  for (const Step& step : dimensions.steps) {
    model::Policy& one = step_policies_.emplace_back(policy);
    one.step_ms = step.step_ms;
    one.step_per = step.per;
    one.minimum_ms = step.minimum_ms;
    one.step_direction = step.direction;
  }
  for (const Month& month : dimensions.months) {
    core_.from_ms = std::max(core_.from_ms, month.window.from_ms);
    core_.to_ms = std::min(core_.to_ms, month.window.to_ms);
    reach_.from_ms = std::min(reach_.from_ms, month.window.from_ms);
    reach_.to_ms = std::max(reach_.to_ms, month.window.to_ms);
  }
}

ComputeLedger::Spans ComputeLedger::spans_of(const model::Life& life, const Clock& clock) const {
  model::Policy read = policy_;
  read.clock_start = clock.start;
  read.clock_stop = clock.stop;
  read.orphan = model::OpenRule::point;
  const meter::BillableSpan span = rate::charged_span(life, read, belief_);
  Spans spans{span.rule == meter::BillingRule::orphan,
              span.rule == meter::BillingRule::gone,
              span.windows.point,
              span.windows.lo,
              span.windows.hi,
              span.windows.hi};
  if (belief_.as_of_ms < reach_.to_ms && span.windows.hi.to_ms >= belief_.as_of_ms) {
    // A process that was alive at the as-of may go on. It goes on no longer than it can live, as
    // one does that is lost at the as-of.
    meter::Belief later = belief_;
    later.as_of_ms = reach_.to_ms;
    spans.hi.to_ms =
        std::max(spans.hi.to_ms, rate::charged_span(life, read, later).windows.hi.to_ms);
  }
  return spans;
}

Window ComputeLedger::stretch_in(std::size_t stretch, const Window& month) const {
  return {
      stretch == 0 ? month.from_ms : std::max(month.from_ms, changes_ms_[stretch - 1]),
      stretch == changes_ms_.size() ? month.to_ms : std::min(month.to_ms, changes_ms_[stretch])};
}

/// Whether a process lies inside every month and in one stretch. Then it counts alike in all
/// months.
bool ComputeLedger::is_inside(const Spans& spans, std::size_t& stretch) const {
  const auto next = std::upper_bound(changes_ms_.begin(), changes_ms_.end(), spans.hi.from_ms);
  stretch = static_cast<std::size_t>(next - changes_ms_.begin());
  return spans.hi.from_ms >= core_.from_ms && spans.hi.to_ms <= core_.to_ms &&
         (next == changes_ms_.end() || spans.hi.to_ms <= *next);
}

/// Adds one process's time in a window to the sums of every way to round.
void ComputeLedger::add_to(const Spans& spans, const Window& window, Sums* of_steps) const {
  const std::int64_t point = overlap(spans.point, window);
  const std::int64_t lo = overlap(spans.lo, window);
  const std::int64_t longest = overlap(spans.longest, window);
  const std::int64_t hi = overlap(spans.hi, window);
  if (hi == 0) {
    return;
  }
  for (std::size_t step = 0; step < step_policies_.size(); ++step) {
    const model::Policy& policy = step_policies_[step];
    const std::int64_t charged_hi = rate::charged_ms(hi, policy);
    const std::int64_t charged = point == hi ? charged_hi : rate::charged_ms(point, policy);
    Sums& sums = of_steps[step];
    if (spans.is_orphan) {
      sums.orphan += charged;
      sums.orphan_longest += longest == hi ? charged_hi : rate::charged_ms(longest, policy);
    } else {
      sums.sure += charged;
    }
    const std::int64_t charged_lo = lo == point ? charged : rate::charged_ms(lo, policy);
    if (spans.is_gone) {
      sums.gone_longer += charged_hi - charged;
      sums.gone_shorter += charged - charged_lo;
    }
    sums.lo += charged_lo;
    sums.hi += charged_hi;
  }
}

std::size_t ComputeLedger::inside(std::size_t clock, std::size_t stretch) const {
  return (clock * stretches() + stretch) * step_policies_.size();
}

std::size_t ComputeLedger::edge(std::size_t clock, std::size_t month, std::size_t stretch) const {
  return ((clock * dimensions_.months.size() + month) * stretches() + stretch) *
         step_policies_.size();
}

void ComputeLedger::grow(std::size_t class_no) {
  const std::size_t one = dimensions_.clocks.size() * stretches() * step_policies_.size();
  for (; classes_ <= class_no; ++classes_) {
    inside_.emplace_back(one);
    edges_.emplace_back(one * dimensions_.months.size());
  }
}

void ComputeLedger::add(const model::Life& life, std::size_t class_no) {
  grow(class_no);
  for (std::size_t clock = 0; clock < dimensions_.clocks.size(); ++clock) {
    const Spans spans = spans_of(life, dimensions_.clocks[clock]);
    if (spans.hi.to_ms <= reach_.from_ms || spans.hi.from_ms >= reach_.to_ms) {
      continue;
    }
    std::size_t stretch = 0;
    if (is_inside(spans, stretch)) {
      add_to(spans, reach_, &inside_[class_no][inside(clock, stretch)]);
      continue;
    }
    for (std::size_t month = 0; month < dimensions_.months.size(); ++month) {
      for (std::size_t at = 0; at < stretches(); ++at) {
        add_to(spans, stretch_in(at, dimensions_.months[month].window),
               &edges_[class_no][edge(clock, month, at)]);
      }
    }
  }
}

Bounded<Int128> ComputeLedger::metered(const Choice& choice, std::size_t stretch,
                                       std::size_t class_no) const {
  Sums sums = inside_[class_no][inside(choice.clock, stretch) + choice.step];
  const Sums& at_edge = edges_[class_no][edge(choice.clock, choice.month, stretch) + choice.step];
  sums.sure += at_edge.sure;
  sums.orphan += at_edge.orphan;
  sums.orphan_longest += at_edge.orphan_longest;
  sums.gone_longer += at_edge.gone_longer;
  sums.gone_shorter += at_edge.gone_shorter;
  sums.lo += at_edge.lo;
  sums.hi += at_edge.hi;
  const model::OpenRule rule = dimensions_.orphans[choice.orphan];
  Bounded<Int128> all;
  all.point = Int128(sums.sure) + (rule == model::OpenRule::point     ? sums.orphan
                                   : rule == model::OpenRule::longest ? sums.orphan_longest
                                                                      : 0);
  all.point += choice.gone == Choice::Gone::longest    ? sums.gone_longer
               : choice.gone == Choice::Gone::shortest ? -sums.gone_shorter
                                                       : 0;
  all.lo = std::min(Int128(sums.lo), all.point);
  all.hi = std::max(Int128(sums.hi), all.point);
  return all;
}

}  // namespace fleetmeter::reconcile
