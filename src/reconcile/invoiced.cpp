#include "reconcile/invoiced.hpp"

#include <algorithm>
#include <vector>

#include "reconcile/line_check.hpp"

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
  const bool as_written = factor == Ratio(1);
  to.error += printed_error(written) * factor;
  if (!to.sum) {
    to.sum = quantity;
    to.shown = as_written ? std::optional(written) : std::nullopt;
    return;
  }
  *to.sum += quantity;
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

void add(const InvoiceLine& line, const LineReading& read, Invoiced& to) {
  const bool is_first = to.lines == 0;
  for (std::size_t i = 0; i < kMeasures; ++i) {
    add(line, factor(line.unit, static_cast<Measure>(i)), is_first, to.measured[i]);
  }
  if (line.quantity) {
    to.units.insert(line.unit);
  }
  add(line, to.units.size() > 1 ? std::nullopt : std::optional(Ratio(1)), is_first, to.as_written);
  const std::optional<Int128>& charge = read.charge;
  to.amount = is_first              ? charge
              : to.amount && charge ? std::optional(*to.amount + *charge)
                                    : std::nullopt;
  to.lines += 1;
  to.discount += read.discount;
}

void show(Quantity& quantity) {
  if (quantity.sum && !quantity.shown) {
    quantity.shown = trimmed(quantity.sum->round(kShownDigits));
  }
}

bool takes_off(LineKind kind) {
  return kind == LineKind::discount || kind == LineKind::credit;
}

/// What a discount or a credit adds to the sum. A credit is what its amount says. Where all
/// discounts have one sign, that is how the vendor writes them; where they have both, the sign says
/// which way they go.
Int128 added_by(LineKind kind, Int128 charge, bool signs_differ, Signs signs) {
  switch (signs) {
    case Signs::usual:
      return kind == LineKind::credit || signs_differ ? charge : -size_of(charge);
    case Signs::as_written:
      return charge;
    case Signs::taken_off:
      return -size_of(charge);
    case Signs::opposite:
      break;
  }
  return -charge;
}

/// Reads the signs of all discounts and credits. When one way to read them comes to the sum that is
/// due, that way counts.
void read_signs(const model::Invoice& invoice, Int128 others, Bill& bill) {
  std::vector<Int128> charges;
  for (std::size_t i = 0; i < bill.lines.size(); ++i) {
    if (invoice.lines[i].kind == LineKind::discount) {
      charges.push_back(bill.lines[i].charge.value_or(0));
    }
  }
  const bool signs_differ = have_both_signs(charges);
  const auto sum_of = [&](Signs signs) {
    Int128 sum = 0;
    for (std::size_t i = 0; i < bill.lines.size(); ++i) {
      const LineKind kind = invoice.lines[i].kind;
      sum += takes_off(kind) ? added_by(kind, bill.lines[i].charge.value_or(0), signs_differ, signs)
                             : 0;
    }
    return sum;
  };
  Signs& meant = bill.signs;
  for (const Signs signs : {Signs::opposite, Signs::taken_off, Signs::as_written, Signs::usual}) {
    if (bill.due && others + sum_of(signs) == *bill.due) {
      meant = signs;
    }
  }
  for (std::size_t i = 0; i < bill.lines.size(); ++i) {
    const LineKind kind = invoice.lines[i].kind;
    if (takes_off(kind)) {
      LineReading& line = bill.lines[i];
      line.adds = added_by(kind, line.charge.value_or(0), signs_differ, meant);
      (kind == LineKind::credit ? bill.credit : bill.discount) -= line.adds;
    }
  }
}

/// Reads each line by itself, and beside those before it.
std::vector<LineReading> read_lines(const model::Invoice& invoice, int minor_digits) {
  const Reading reading(invoice, minor_digits);
  std::vector<LineReading> lines;
  for (std::size_t i = 0; i < invoice.lines.size(); ++i) {
    const InvoiceLine& line = invoice.lines[i];
    LineReading& read = lines.emplace_back();
    read.charge = reading.charge_of(line);
    read.discount =
        takes_off(line.kind) || line.kind == LineKind::tax ? 0 : reading.discount_of(line);
    read.adds = read.charge.value_or(0) - read.discount;
    read.arithmetic = arithmetic_of(line, minor_digits);
    const auto same =
        std::find_if(invoice.lines.begin(), invoice.lines.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const InvoiceLine& other) { return is_repeated(line, other); });
    if (same != invoice.lines.begin() + static_cast<std::ptrdiff_t>(i)) {
      read.repeats = static_cast<std::size_t>(same - invoice.lines.begin());
    }
  }
  return lines;
}

}  // namespace

Int128 minor_product(const Ratio& quantity, const Decimal& price, int minor_digits) {
  return (quantity * Ratio(price)).round(minor_digits).digits();
}

Bill take_apart(const model::Invoice& invoice, int minor_digits) {
  Bill bill;
  bill.lines = read_lines(invoice, minor_digits);
  Int128 others = 0;
  for (std::size_t i = 0; i < bill.lines.size(); ++i) {
    const InvoiceLine& line = invoice.lines[i];
    if (line.kind == LineKind::tax) {
      bill.tax += bill.lines[i].adds;
    } else if (!takes_off(line.kind)) {
      add(line, bill.lines[i], bill.products[line.kind]);
    }
    others += takes_off(line.kind) ? 0 : bill.lines[i].adds;
  }
  for (auto& [kind, product] : bill.products) {
    std::for_each(product.measured.begin(), product.measured.end(), show);
  }
  if (invoice.amount_due) {
    bill.due = minor(*invoice.amount_due, minor_digits);
  }
  read_signs(invoice, others, bill);
  bill.itemised = others - bill.discount - bill.credit;
  return bill;
}

}  // namespace fleetmeter::reconcile
