#include "reconcile/status.hpp"

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
  // Half of a root is rounded down: the root of a quarter.
  return {std::max<std::int64_t>(100, whole_root(rows / 4)), static_cast<std::int64_t>(lines / 2)};
}

const char* status_of(const Standing& standing) {
  const Int128 over = standing.invoiced - standing.metered.hi;
  const Int128 under = standing.metered.lo - standing.invoiced;
  const Int128 variance = standing.invoiced - standing.metered.point;
  if (variance == 0) {
    return "MATCH";
  }
  const bool is_above = standing.side == Side::above && over > standing.tolerance.own;
  if (is_above && !standing.open) {
    return "OVERBILLED";
  }
  if (standing.side == Side::below && under > standing.tolerance.own) {
    return "UNDERBILLED";
  }
  if (std::max(variance, -variance) <= standing.tolerance.focus) {
    return "WITHIN_TOLERANCE";
  }
  return standing.explained ? "EXPLAINED" : is_above ? "UNBOUNDED" : "WITHIN_BOUNDS";
}

bool agrees(const std::string& status) {
  return status == "MATCH" || status == "WITHIN_TOLERANCE" || status == "WITHIN_BOUNDS" ||
         status == "UNBOUNDED";
}

}  // namespace fleetmeter::reconcile
