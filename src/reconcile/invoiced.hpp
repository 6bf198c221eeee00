#pragma once

#include <map>
#include <optional>

#include "base/ratio.hpp"
#include "model/invoice.hpp"

namespace fleetmeter::reconcile {

/// What an invoice says of one product, its lines added up. Amounts are in the smallest unit of the
/// currency.
struct Invoiced {
  std::size_t lines = 0;
  std::optional<Decimal> quantity;    ///< absent when a line has none, or their units differ
  std::optional<Decimal> unit_price;  ///< absent when the lines do not agree
  std::optional<Int128> amount;       ///< before discounts; absent when a line has none
  Int128 discount = 0;                ///< taken off by the lines themselves
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
[[nodiscard]] Int128 minor_product(const Decimal& quantity, const Decimal& price, int minor_digits);

}  // namespace fleetmeter::reconcile
