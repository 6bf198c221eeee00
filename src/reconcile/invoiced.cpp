#include "reconcile/invoiced.hpp"

#include <algorithm>

namespace fleetmeter::reconcile {

namespace {

using model::InvoiceLine;
using model::LineKind;

/// An amount in the smallest unit; one with more places, as generated invoices have, is rounded.
Int128 minor(const Decimal& amount, int minor_digits) {
  return base::Ratio(amount).round(minor_digits).digits();
}

/// What a line takes off itself; some write it as less than nothing.
Int128 discount_of(const InvoiceLine& line, int minor_digits) {
  const Int128 discount = line.discount ? minor(*line.discount, minor_digits) : 0;
  return discount < 0 ? -discount : discount;
}

/// A line's charge before its own discount. The vendor does not say whether `amount` is before or
/// after it: quantity times price tells.
std::optional<Int128> charge_of(const InvoiceLine& line, int minor_digits) {
  const bool rated = line.quantity && line.unit_price;
  const std::optional<Int128> gross =
      rated ? std::optional(minor_product(*line.quantity, *line.unit_price, minor_digits))
            : std::nullopt;
  if (!line.amount) {
    return gross;
  }
  const Int128 amount = minor(*line.amount, minor_digits);
  const Int128 discount = discount_of(line, minor_digits);
  return gross && discount != 0 && amount + discount == *gross ? *gross : amount;
}

Decimal sum(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  return (base::Ratio(a) + base::Ratio(b)).round(scale);
}

void add(const InvoiceLine& line, int minor_digits, Invoiced& to) {
  const std::optional<Int128> charge = charge_of(line, minor_digits);
  if (to.lines == 0) {
    to.quantity = line.quantity;
    to.unit_price = line.unit_price;
    to.amount = charge;
  } else {
    to.quantity = to.quantity && line.quantity ? std::optional(sum(*to.quantity, *line.quantity))
                                               : std::nullopt;
    to.unit_price = to.unit_price == line.unit_price ? to.unit_price : std::nullopt;
    to.amount = to.amount && charge ? std::optional(*to.amount + *charge) : std::nullopt;
  }
  to.lines += 1;
  to.discount += discount_of(line, minor_digits);
}

}  // namespace

Int128 minor_product(const Decimal& quantity, const Decimal& price, int minor_digits) {
  return (base::Ratio(quantity) * base::Ratio(price)).round(minor_digits).digits();
}

Bill take_apart(const model::Invoice& invoice, int minor_digits) {
  Bill bill;
  for (const InvoiceLine& line : invoice.lines) {
    const Int128 charge = charge_of(line, minor_digits).value_or(0);
    if (line.kind == LineKind::tax) {
      bill.tax += charge;
    } else if (line.kind == LineKind::discount) {
      bill.discount += charge < 0 ? -charge : charge;
    } else {
      add(line, minor_digits, bill.products[line.kind]);
    }
  }
  for (const auto& [kind, product] : bill.products) {
    bill.itemised += product.amount.value_or(0) - product.discount;
  }
  bill.itemised += bill.tax - bill.discount;
  if (invoice.amount_due) {
    bill.due = minor(*invoice.amount_due, minor_digits);
  }
  return bill;
}

}  // namespace fleetmeter::reconcile
