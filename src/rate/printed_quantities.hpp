#pragma once

#include <vector>

#include "base/ratio.hpp"
#include "fleetmeter/decimal.hpp"

namespace fleetmeter::rate {

/// How many places printed quantities have.
inline constexpr int kPrintedPlaces = 9;

/// The exact product of two decimals. Throws Error(data) when it has too many digits.
[[nodiscard]] Decimal product_of(const Decimal& a, const Decimal& b);

/// The quantities of the rows of one price, as they are printed for programs that read decimals as
/// doubles: such a program multiplies each with the price and compares the product with the printed
/// cost, which is the exact product, without any tolerance. So a quantity differs by a few 10^-9,
/// where that makes the two equal, and the next row of the price makes up for it.
///
/// The quantities sum to the sum of the exact ones, rounded. Only where no digits of the last row
/// allow for that, it is off by what the last row differs.
[[nodiscard]] std::vector<Decimal> printed_quantities(const std::vector<base::Ratio>& exact,
                                                      const Decimal& unit_price);

}  // namespace fleetmeter::rate
