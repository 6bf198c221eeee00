#include "reconcile/compute_ledger.hpp"

#include <algorithm>

#include "rate/charge.hpp"

namespace fleetmeter::reconcile {

namespace {

using meter::Window;

std::int64_t overlap(const Window& span, const std::vector<Window>& when, const Window& month) {
  std::int64_t sum = 0;
  for (const Window& window : when) {
    sum += meter::overlap_ms(span, meter::common(window, month));
  }
  return sum;
}

}  // namespace

ComputeLedger::ComputeLedger(const Dimensions& dimensions, const model::Policy& policy,
                             const meter::Belief& belief)
    : dimensions_(dimensions),
      policy_(policy),
      belief_(belief),
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

/// The price of a process that has one all along and lies inside every month: then it counts alike
/// in all months.
std::optional<std::size_t> ComputeLedger::only_price(const Spans& spans, const OfClass& of) const {
  if (spans.hi.from_ms < core_.from_ms || spans.hi.to_ms > core_.to_ms) {
    return std::nullopt;
  }
  for (std::size_t price = 0; price < of.prices.size(); ++price) {
    for (const Window& window : of.prices[price].when) {
      if (window.from_ms <= spans.hi.from_ms && spans.hi.to_ms <= window.to_ms) {
        return price;
      }
    }
  }
  return std::nullopt;
}

/// Adds one process's time at a price in a month to the sums of every way to round.
void ComputeLedger::add_to(const Spans& spans, const std::vector<Window>& when, const Window& month,
                           Sums* of_steps) const {
  const std::int64_t point = overlap(spans.point, when, month);
  const std::int64_t lo = overlap(spans.lo, when, month);
  const std::int64_t longest = overlap(spans.longest, when, month);
  const std::int64_t hi = overlap(spans.hi, when, month);
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

std::size_t ComputeLedger::inside(const OfClass& of, std::size_t clock, std::size_t price) const {
  return (clock * of.prices.size() + price) * step_policies_.size();
}

std::size_t ComputeLedger::edge(const OfClass& of, std::size_t clock, std::size_t month,
                                std::size_t price) const {
  return ((clock * dimensions_.months.size() + month) * of.prices.size() + price) *
         step_policies_.size();
}

void ComputeLedger::add_class(std::vector<rate::PricedTime> prices) {
  OfClass& one = classes_.emplace_back();
  one.prices = std::move(prices);
  const std::size_t sums = dimensions_.clocks.size() * one.prices.size() * step_policies_.size();
  one.inside.resize(sums);
  one.edges.resize(sums * dimensions_.months.size());
}

void ComputeLedger::add(const model::Life& life, std::size_t class_no) {
  OfClass& of = classes_[class_no];
  for (std::size_t clock = 0; clock < dimensions_.clocks.size(); ++clock) {
    const Spans spans = spans_of(life, dimensions_.clocks[clock]);
    if (spans.hi.to_ms <= reach_.from_ms || spans.hi.from_ms >= reach_.to_ms) {
      continue;
    }
    if (const auto price = only_price(spans, of)) {
      add_to(spans, of.prices[*price].when, reach_, &of.inside[inside(of, clock, *price)]);
      continue;
    }
    for (std::size_t month = 0; month < dimensions_.months.size(); ++month) {
      for (std::size_t price = 0; price < of.prices.size(); ++price) {
        add_to(spans, of.prices[price].when, dimensions_.months[month].window,
               &of.edges[edge(of, clock, month, price)]);
      }
    }
  }
}

Bounded<Int128> ComputeLedger::metered(const Choice& choice, std::size_t price,
                                       std::size_t class_no) const {
  const OfClass& of = classes_[class_no];
  Sums sums = of.inside[inside(of, choice.clock, price) + choice.step];
  const Sums& at_edge = of.edges[edge(of, choice.clock, choice.month, price) + choice.step];
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
