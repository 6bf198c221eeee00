#pragma once

#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/ratio.hpp"
#include "model/invoice.hpp"
#include "reconcile/line_check.hpp"
#include "reconcile/units.hpp"

namespace fleetmeter::reconcile {

/// The quantities of some lines, added up in one measure. All members are absent when some line has
/// no quantity, or one in a unit that cannot be converted.
struct Quantity {
  std::optional<base::Ratio> sum;     ///< exact
  base::Ratio error;                  ///< how far its printed numbers can be off together
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

/// How the signs of an invoice's discounts and credits are meant.
enum class Signs {
  usual,       ///< credits are what they say; discounts of one sign take off
  as_written,  ///< the sum due says that they add what they say
  taken_off,   ///< the sum due says that they take off, whatever their sign
  opposite,    ///< the sum due says that they take off what they say
};

/// How a line of an invoice is read. Amounts are in the smallest unit of the currency.
struct LineReading {
  std::optional<Int128> charge;  ///< before its own discount; absent: it has no amount
  Int128 discount = 0;           ///< taken off by the line itself
  Int128 adds = 0;  ///< what it adds to the sum of the lines, below 0 when it takes off
  Arithmetic arithmetic = Arithmetic::right;
  std::optional<std::size_t> repeats;  ///< an earlier line, to which it is the same in everything
};

/// An invoice taken apart.
struct Bill {
  std::vector<LineReading> lines;  ///< one for each line
  Signs signs = Signs::usual;
  std::map<model::LineKind, Invoiced>
      products;  ///< compute, egress and other, where there are lines
  Int128 tax = 0;
  Int128 discount = 0;        ///< of lines that are discounts, above 0 when they take off
  Int128 credit = 0;          ///< of lines that are credits, likewise
  std::optional<Int128> due;  ///< what is to be paid, where the invoice says so
  Int128 itemised = 0;        ///< what its lines come to
};

/// What has more places than the currency is rounded, half-even.
[[nodiscard]] Bill take_apart(const model::Invoice& invoice, int minor_digits);

/// quantity * price in the smallest unit of the currency, rounded once, half-even.
[[nodiscard]] Int128 minor_product(const base::Ratio& quantity, const Decimal& price,
                                   int minor_digits);

}  // namespace fleetmeter::reconcile
