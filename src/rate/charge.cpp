#include "rate/charge.hpp"

#include <algorithm>

namespace fleetmeter::rate {

namespace {

using meter::BillableSpan;
using meter::BillingRule;
using model::ClockField;
using model::OpenRule;
using model::Policy;

model::Instant field(const model::Life& life, ClockField name) {
  switch (name) {
    case ClockField::starting_at:
      return life.starting_at_ms;
    case ClockField::scheduled_at:
      return life.scheduled_at_ms;
    case ClockField::booted_at:
      return life.booted_at_ms;
    case ClockField::started_at:
      return life.started_at_ms;
    case ClockField::stopping_at:
      return life.stopping_at_ms;
    case ClockField::terminated_at:
      break;
  }
  return life.terminated_at_ms;
}

std::int64_t rounded(std::int64_t ms, std::int64_t step_ms, base::Rounding direction) {
  const std::int64_t rest = ms % step_ms;
  const bool is_up = direction == base::Rounding::up
                         ? rest > 0
                         : direction != base::Rounding::down && 2 * rest >= step_ms;
  return ms - rest + (is_up ? step_ms : 0);
}

OpenRule rule_of(BillingRule rule, const Policy& policy) {
  return rule == BillingRule::running  ? policy.running
         : rule == BillingRule::orphan ? policy.orphan
                                       : OpenRule::point;
}

}  // namespace

model::Life clocked(const model::Life& life, const Policy& policy) {
  model::Life read = life;
  read.started_at_ms = field(life, policy.clock_start);
  read.stopping_at_ms = field(life, policy.clock_stop);
  if (policy.clock_stop != ClockField::stopping_at) {
    read.gone_ms.reset();  // a list proves the order to stop, and nothing later
  }
  return read;
}

BillableSpan charged_span(const model::Life& life, const Policy& policy,
                          const meter::Belief& belief) {
  BillableSpan span = meter::billable_span(clocked(life, policy), belief);
  switch (rule_of(span.rule, policy)) {
    case OpenRule::point:
      break;
    case OpenRule::longest:
      span.windows.point = span.windows.hi;
      break;
    case OpenRule::excluded:
      span.windows.point.to_ms = span.windows.point.from_ms;
      span.windows.lo = span.windows.point;
      break;
  }
  return span;
}

std::int64_t charged_ms(std::int64_t ms, const Policy& policy) {
  if (ms <= 0) {
    return 0;
  }
  if (policy.step_ms > 0 && policy.step_per == Policy::Per::process) {
    ms = rounded(ms, policy.step_ms, policy.step_direction);
  }
  return std::max(ms, policy.minimum_ms);
}

bool charges_as_metered(const Policy& policy) {
  return policy.clock_start == ClockField::started_at &&
         policy.clock_stop == ClockField::stopping_at && policy.minimum_ms == 0 &&
         (policy.step_ms == 0 || policy.step_per == Policy::Per::line) &&
         policy.running == OpenRule::point && policy.orphan == OpenRule::point;
}

}  // namespace fleetmeter::rate
