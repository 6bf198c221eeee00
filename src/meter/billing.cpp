#include "meter/billing.hpp"

#include <algorithm>

#include "base/invariant.hpp"

namespace fleetmeter::meter {

namespace {

/// [start, end) with its end clipped to the as-of and never before the start.
Window clipped(std::int64_t start_ms, std::int64_t end_ms, const Belief& belief) {
  return {start_ms, std::max(start_ms, std::min(end_ms, belief.as_of_ms))};
}

BillableSpan span_to(BillingRule rule, std::int64_t start_ms, std::int64_t point_ms,
                     std::int64_t lo_ms, std::int64_t hi_ms, const Belief& belief) {
  return {rule,
          {clipped(start_ms, point_ms, belief), clipped(start_ms, lo_ms, belief),
           clipped(start_ms, hi_ms, belief)}};
}

BillableSpan without_stop_order(const Life& life, std::int64_t start_ms, const Belief& belief) {
  const std::int64_t terminated_ms = *life.terminated_at_ms;
  const std::int64_t lo_ms = std::min(life.last_alive_ms.value_or(start_ms), terminated_ms);
  return span_to(BillingRule::no_stop_order, start_ms, terminated_ms, lo_ms, terminated_ms, belief);
}

/// It stopped between its last sight and the first list that ought to hold it and does not. The
/// point is the middle, but no later than the grace after the last sight.
BillableSpan gone(const Life& life, std::int64_t start_ms, std::int64_t longest_ms,
                  const Belief& belief) {
  const std::int64_t seen_ms = life.last_seen_ms;
  const std::int64_t gone_ms = std::clamp(*life.gone_ms, seen_ms, std::max(seen_ms, longest_ms));
  const std::int64_t after_ms = std::min((gone_ms - seen_ms) / 2, belief.grace_ms);
  return span_to(BillingRule::gone, start_ms, seen_ms + after_ms, seen_ms, gone_ms, belief);
}

BillableSpan still_open(const Life& life, std::int64_t start_ms, const Belief& belief,
                        Believed believed) {
  const std::int64_t seen_ms = life.last_seen_ms;
  const std::int64_t as_of_ms = belief.as_of_ms;
  const std::int64_t longest_ms = std::max(seen_ms, start_ms + belief.max_lifespan_ms);
  if (life.gone_ms) {
    return gone(life, start_ms, longest_ms, belief);
  }
  if (believed == Believed::running) {
    return span_to(BillingRule::running, start_ms, as_of_ms, std::min(seen_ms, as_of_ms), as_of_ms,
                   belief);
  }
  return span_to(BillingRule::orphan, start_ms, seen_ms, seen_ms, longest_ms, belief);
}

}  // namespace

BillableSpan billable_span(const Life& life, const Belief& belief, Believed believed) {
  if (!life.started_at_ms) {
    if (life.stopping_at_ms || life.terminated_at_ms) {
      return {BillingRule::never_started, {}};
    }
    const std::int64_t longest_ms = life.last_seen_ms + belief.max_lifespan_ms;
    return {BillingRule::starting, {{}, {}, clipped(life.last_seen_ms, longest_ms, belief)}};
  }
  const std::int64_t start_ms = *life.started_at_ms;
  const Instant known_end = life.stopping_at_ms ? life.stopping_at_ms : life.terminated_at_ms;
  if (known_end && *known_end < start_ms) {
    return {BillingRule::inverted, {}};
  }
  if (life.stopping_at_ms) {
    const std::int64_t stop_ms = *life.stopping_at_ms;
    return span_to(BillingRule::complete, start_ms, stop_ms, stop_ms, stop_ms, belief);
  }
  return life.terminated_at_ms ? without_stop_order(life, start_ms, belief)
                               : still_open(life, start_ms, belief, believed);
}

Bounded<std::int64_t> billable_in(const BillableSpan& span, const Window& window) {
  const Bounded<std::int64_t> billable{overlap_ms(span.windows.point, window),
                                       overlap_ms(span.windows.lo, window),
                                       overlap_ms(span.windows.hi, window)};
  base::check_in_tests([&] { return is_ordered(billable); },
                       "the truth about billable time lies between lo and hi, and so does point");
  return billable;
}

std::optional<Flag> flag_of(BillingRule rule) {
  switch (rule) {
    case BillingRule::complete:
      break;
    case BillingRule::inverted:
      return Flag::inverted;
    case BillingRule::never_started:
      return Flag::never_started;
    case BillingRule::starting:
      return Flag::starting;
    case BillingRule::no_stop_order:
      return Flag::no_stop_order;
    case BillingRule::gone:
      return Flag::gone;
    case BillingRule::running:
      return Flag::running;
    case BillingRule::orphan:
      return Flag::orphan;
  }
  return std::nullopt;
}

}  // namespace fleetmeter::meter
