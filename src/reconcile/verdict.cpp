#include "reconcile/verdict.hpp"

#include <algorithm>

namespace fleetmeter::reconcile {

namespace {

std::int64_t whole_root(std::int64_t value) {
  std::int64_t root = 0;
  while ((root + 1) * (root + 1) <= value) {
    ++root;
  }
  return root;
}

}  // namespace

Tolerance tolerance_of(std::int64_t rows, std::size_t lines) {
  // Half of a root is the root of a quarter; it is rounded down.
  return {std::max<std::int64_t>(100, whole_root(rows / 4)), static_cast<std::int64_t>(lines)};
}

Verdict verdict_of(const Weighed& weighed) {
  if (weighed.invoiced == 0 && weighed.metered.point == 0) {
    return Verdict::match;
  }
  if (weighed.price_differs) {
    return Verdict::wrong_price;
  }
  if (weighed.arithmetic_is_wrong) {
    return Verdict::bad_arithmetic;
  }
  if (weighed.repeats && !weighed.agrees) {
    return Verdict::duplicate;
  }
  if (weighed.agrees) {
    return Verdict::match;
  }
  const Int128 over = weighed.invoiced - weighed.metered.hi;
  const Int128 under = weighed.metered.lo - weighed.invoiced;
  const Int128 variance = weighed.invoiced - weighed.metered.point;
  const Int128 off = std::max(variance, -variance);
  if (weighed.passes && off <= *weighed.passes) {
    return Verdict::within_tolerance;
  }
  const bool is_above = weighed.side == Side::above && over > weighed.tolerance.own;
  if (is_above && !weighed.open) {
    return Verdict::overbilled;
  }
  if (weighed.side == Side::below && under > weighed.tolerance.own) {
    return Verdict::underbilled;
  }
  if (off <= weighed.tolerance.focus) {
    return Verdict::within_tolerance;
  }
  return weighed.explained ? Verdict::explained
         : is_above        ? Verdict::unbounded
                           : Verdict::within_bounds;
}

}  // namespace fleetmeter::reconcile
