#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "base/ratio.hpp"
#include "model/invoice.hpp"
#include "reconcile/units.hpp"

namespace fleetmeter::reconcile {

/// The quantities of some lines, added up in one measure. All members are absent when some line has
/// no quantity, or one in a unit that cannot be converted.
struct Quantity {
  std::optional<base::Ratio> sum;     ///< exact
  base::Ratio last_place;             ///< what one in the last place of the finest line is worth
  std::optional<Decimal> shown;       ///< as it was written where nothing was converted
  std::optional<Decimal> unit_price;  ///< absent when the lines do not agree
  std::set<std::string> left_out;     ///< units, as they were written, that do not convert
};

/// What an invoice says of one product, its lines added up. Amounts are in the smallest unit of the
/// currency.
struct Invoiced {
  std::size_t lines = 0;
  std::array<Quantity, kMeasures> measured;
  std::set<std::string> units;   ///< of the lines that have a quantity, as they were written
  Quantity as_written;           ///< not converted; absent when the lines' units differ
  std::optional<Int128> amount;  ///< before discounts; absent when a line has none
  Int128 discount = 0;           ///< taken off by the lines themselves

  [[nodiscard]] const Quantity& in(Measure measure) const {
    return measured[static_cast<std::size_t>(measure)];
  }
};

/// An invoice taken apart.
struct Bill {
  std::map<model::LineKind, Invoiced>
      products;  ///< compute, egress and other, where there are lines
  Int128 tax = 0;
  Int128 discount = 0;        ///< of lines that are discounts, at least 0 when they take off
  std::optional<Int128> due;  ///< what is to be paid, where the invoice says so
  Int128 itemised = 0;        ///< what its lines come to
};

/// What has more places than the currency is rounded, half-even.
[[nodiscard]] Bill take_apart(const model::Invoice& invoice, int minor_digits);

/// quantity * price in the smallest unit of the currency, rounded once, half-even.
[[nodiscard]] Int128 minor_product(const base::Ratio& quantity, const Decimal& price,
                                   int minor_digits);

}  // namespace fleetmeter::reconcile
