#include "reconcile/invoiced.hpp"

#include <algorithm>
#include <vector>

namespace fleetmeter::reconcile {

namespace {

using base::Ratio;
using model::InvoiceLine;
using model::LineKind;

constexpr int kShownDigits = 6;

/// An amount in the smallest unit of the currency. Generated invoices have amounts with more
/// places; these are rounded.
Int128 minor(const Decimal& amount, int minor_digits) {
  return Ratio(amount).round(minor_digits).digits();
}

Int128 size_of(Int128 value) {
  return value < 0 ? -value : value;
}

/// Whether some of the values are below 0 and others above. Then their signs mean something. A
/// vendor that writes all of them alike may use either sign.
bool have_both_signs(const std::vector<Int128>& values) {
  return std::any_of(values.begin(), values.end(), [](Int128 value) { return value < 0; }) &&
         std::any_of(values.begin(), values.end(), [](Int128 value) { return value > 0; });
}

/// Reads one invoice's lines.
class Reading {
 public:
  Reading(const model::Invoice& invoice, int minor_digits) : minor_digits_(minor_digits) {
    std::vector<Int128> discounts;
    for (const InvoiceLine& line : invoice.lines) {
      discounts.push_back(line.discount ? minor(*line.discount, minor_digits) : 0);
    }
    discounts_are_signed_ = have_both_signs(discounts);
  }

  /// What a line takes off by itself. Some vendors write it below 0.
  [[nodiscard]] Int128 discount_of(const InvoiceLine& line) const {
    const Int128 discount = line.discount ? minor(*line.discount, minor_digits_) : 0;
    return discounts_are_signed_ ? discount : size_of(discount);
  }

  /// A line's charge before its own discount. The vendor does not say whether `amount` is before or
  /// after the discount; quantity times price tells.
  [[nodiscard]] std::optional<Int128> charge_of(const InvoiceLine& line) const {
    const bool rated = line.quantity && line.unit_price;
    const std::optional<Int128> gross =
        rated ? std::optional(minor_product(Ratio(*line.quantity), *line.unit_price, minor_digits_))
              : std::nullopt;
    if (!line.amount) {
      return gross;
    }
    const Int128 amount = minor(*line.amount, minor_digits_);
    const Int128 discount = discount_of(line);
    return gross && discount != 0 && amount + discount == *gross ? *gross : amount;
  }

 private:
  int minor_digits_;
  bool discounts_are_signed_ = false;
};

/// The price of one unit of a measure, from the price of one unit of the invoice. Absent when it is
/// no decimal.
std::optional<Decimal> price_of(const InvoiceLine& line, const Ratio& factor) {
  if (!line.unit_price || factor == Ratio(1)) {
    return line.unit_price;
  }
  constexpr int kMostDigits = 18;
  const Ratio price = Ratio(*line.unit_price) / factor;
  const Decimal rounded = price.round(kMostDigits);
  return Ratio(rounded) == price ? std::optional(trimmed(rounded)) : std::nullopt;
}

Decimal sum(const Decimal& a, const Decimal& b) {
  const int scale = std::max(a.scale(), b.scale());
  return (Ratio(a) + Ratio(b)).round(scale);
}

void add_quantity(const Decimal& written, const Ratio& factor, Quantity& to) {
  const Ratio quantity = Ratio(written) * factor;
  const Ratio last_place = Ratio(1, power_of_ten(written.scale())) * factor;
  const bool as_written = factor == Ratio(1);
  if (!to.sum) {
    to.sum = quantity;
    to.last_place = last_place;
    to.shown = as_written ? std::optional(written) : std::nullopt;
    return;
  }
  *to.sum += quantity;
  to.last_place = std::min(to.last_place, last_place);
  to.shown = to.shown && as_written ? std::optional(sum(*to.shown, written)) : std::nullopt;
}

/// Adds a line; `factor` absent: its unit cannot be converted.
void add(const InvoiceLine& line, const std::optional<Ratio>& factor, bool is_first, Quantity& to) {
  const auto price = factor ? price_of(line, *factor) : std::nullopt;
  to.unit_price = is_first || to.unit_price == price ? price : std::nullopt;
  if (line.quantity && !factor) {
    to.left_out.insert(line.unit);
  }
  if (line.quantity && factor && (is_first || to.sum)) {
    add_quantity(*line.quantity, *factor, to);
  } else {
    to.sum.reset();
    to.shown.reset();
  }
}

void add(const InvoiceLine& line, const Reading& reading, Invoiced& to) {
  const bool is_first = to.lines == 0;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    add(line, factor(line.unit, static_cast<Measure>(i)), is_first, to.measured[i]);
  }
  if (line.quantity) {
    to.units.insert(line.unit);
  }
  add(line, to.units.size() > 1 ? std::nullopt : std::optional(Ratio(1)), is_first, to.as_written);
  const std::optional<Int128> charge = reading.charge_of(line);
  to.amount = is_first              ? charge
              : to.amount && charge ? std::optional(*to.amount + *charge)
                                    : std::nullopt;
  to.lines += 1;
  to.discount += reading.discount_of(line);
}

void show(Quantity& quantity) {
  if (quantity.sum && !quantity.shown) {
    quantity.shown = trimmed(quantity.sum->round(kShownDigits));
  }
}

/// What the lines that are discounts take off. Where all have one sign, that is how the vendor
/// writes them. Where they have both, those below 0 take off and the others give back. But when one
/// way to read them comes to the sum that is due, that way counts.
Int128 discount_of(const std::vector<Int128>& charges, Int128 others,
                   const std::optional<Int128>& due) {
  Int128 sum = 0;
  Int128 sizes = 0;
  for (const Int128 charge : charges) {
    sum += charge;
    sizes += size_of(charge);
  }
  const Int128 usual = have_both_signs(charges) ? -sum : sizes;
  for (const Int128 discount : {usual, -sum, sizes, sum}) {
    if (due && others - discount == *due) {
      return discount;
    }
  }
  return usual;
}

}  // namespace

Int128 minor_product(const Ratio& quantity, const Decimal& price, int minor_digits) {
  return (quantity * Ratio(price)).round(minor_digits).digits();
}

Bill take_apart(const model::Invoice& invoice, int minor_digits) {
  Bill bill;
  const Reading reading(invoice, minor_digits);
  std::vector<Int128> discounts;
  for (const InvoiceLine& line : invoice.lines) {
    const Int128 charge = reading.charge_of(line).value_or(0);
    if (line.kind == LineKind::tax) {
      bill.tax += charge;
    } else if (line.kind == LineKind::discount) {
      discounts.push_back(charge);
    } else {
      add(line, reading, bill.products[line.kind]);
    }
  }
  for (auto& [kind, product] : bill.products) {
    std::for_each(product.measured.begin(), product.measured.end(), show);
    bill.itemised += product.amount.value_or(0) - product.discount;
  }
  if (invoice.amount_due) {
    bill.due = minor(*invoice.amount_due, minor_digits);
  }
  bill.discount = discount_of(discounts, bill.itemised + bill.tax, bill.due);
  bill.itemised += bill.tax - bill.discount;
  return bill;
}

}  // namespace fleetmeter::reconcile
