#pragma once

#include <cstdint>
#include <optional>

#include "fleetmeter/reconciliation.hpp"
#include "reconcile/inference.hpp"

namespace fleetmeter::reconcile {

/// How far an amount may be off by rounding alone, in the smallest unit of the currency.
struct Tolerance {
  Int128 focus = 0;  ///< FOCUS: the greater of 100 and half the square root of the rows
  Int128 own = 0;    ///< what rounding each of an invoice's lines once can make
};
[[nodiscard]] Tolerance tolerance_of(std::int64_t rows, std::size_t lines);

/// What is to be said of one product. The first of these that fits is said: nothing charged for
/// nothing; another price than the contract's; wrong arithmetic; a line that is there twice; price,
/// quantity and amount agree; above the upper bound; below the lower bound; within the tolerance;
/// explained by a policy; above what was seen, where nothing bounds it; within the bounds.
struct Weighed {
  Int128 invoiced = 0;
  Bounded<Int128> metered;
  bool open = false;         ///< nothing bounds it from above
  Side side = Side::within;  ///< as far as the invoice's digits tell
  Tolerance tolerance;
  bool explained = false;
  bool agrees = false;         ///< quantity and amount are those metered, as far as digits tell
  bool price_differs = false;  ///< some line has a unit price that the contract has not
  bool arithmetic_is_wrong = false;
  bool repeats = false;          ///< some line stands there twice
  std::optional<Int128> passes;  ///< the user lets so much pass
};
[[nodiscard]] Verdict verdict_of(const Weighed& weighed);

}  // namespace fleetmeter::reconcile
