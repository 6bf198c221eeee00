#include "reconcile/parts_of_whole.hpp"

#include <algorithm>
#include <numeric>

namespace fleetmeter::reconcile {

namespace {

/// Moves parts from one of their bounds towards the other, those of the least weight first, by
/// `rest` together.
std::vector<Int128> moved(const std::vector<UsedPart>& parts, Int128 Bounded<Int128>::*from,
                          Int128 Bounded<Int128>::*towards, Int128 rest) {
  std::vector<std::size_t> order(parts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return parts[a].weight < parts[b].weight; });
  std::vector<Int128> all(parts.size());
  for (const std::size_t i : order) {
    const Int128 room = parts[i].used.*towards - parts[i].used.*from;
    const Int128 step = std::min(rest, room < 0 ? -room : room);
    all[i] = parts[i].used.*from + (room < 0 ? -step : step);
    rest -= step;
  }
  return all;
}

Int128 sum_of(const std::vector<UsedPart>& parts, Int128 Bounded<Int128>::*bound) {
  Int128 sum = 0;
  for (const UsedPart& part : parts) {
    sum += part.used.*bound;
  }
  return sum;
}

}  // namespace

std::vector<Int128> least_parts(const std::vector<UsedPart>& parts, const Bounded<Int128>& whole) {
  const Int128 lacking = whole.lo - sum_of(parts, &Bounded<Int128>::lo);
  return moved(parts, &Bounded<Int128>::lo, &Bounded<Int128>::hi, std::max(lacking, Int128{0}));
}

std::vector<Int128> most_parts(const std::vector<UsedPart>& parts, const Bounded<Int128>& whole) {
  const Int128 beyond = sum_of(parts, &Bounded<Int128>::hi) - whole.hi;
  return moved(parts, &Bounded<Int128>::hi, &Bounded<Int128>::lo, std::max(beyond, Int128{0}));
}

Bounded<base::Ratio> closer_by(const std::vector<UsedPart>& parts, const Bounded<Int128>& whole) {
  const std::vector<Int128> least = least_parts(parts, whole);
  const std::vector<Int128> most = most_parts(parts, whole);
  Bounded<base::Ratio> closer;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    closer.lo += base::Ratio(least[i] - parts[i].used.lo) * parts[i].weight;
    closer.hi += base::Ratio(most[i] - parts[i].used.hi) * parts[i].weight;
  }
  return closer;
}

void narrow(Bounded<Int128>& amount, const base::Ratio& least, const base::Ratio& most,
            std::size_t lines, base::Rounding rounding) {
  using base::Ratio;
  using base::Rounding;
  // A line is rounded by half a unit, or by less than a whole one in one direction.
  const Ratio all(static_cast<Int128>(lines));
  const bool is_nearest = rounding != Rounding::up && rounding != Rounding::down;
  const auto rounded = [&](Rounding direction) {
    return is_nearest ? all / Ratio(2) : rounding == direction ? all : Ratio();
  };
  const Ratio lo = std::max(least - rounded(Rounding::down), Ratio());
  const Ratio hi = most + rounded(Rounding::up);
  amount.lo = std::max(amount.lo, lo.round(0, Rounding::up).digits());
  amount.hi = std::min(amount.hi, hi.round(0, Rounding::down).digits());
}

}  // namespace fleetmeter::reconcile
