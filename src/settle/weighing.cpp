#include "settle/weighing.hpp"

#include <algorithm>

#include "reconcile/line_check.hpp"

namespace fleetmeter::settle {

using base::Ratio;
using model::InvoiceLine;
using model::LineKind;
using model::Product;
using reconcile::Side;
using reconcile::Weighed;

namespace {

constexpr int kPriceDigits = 6;

}  // namespace

Decimal Weighing::money(Int128 minor) const {
  return {minor, comparison_.terms().book.card().minor_digits};
}

Bounded<Decimal> Weighing::money(const Bounded<Int128>& minor) const {
  return {money(minor.point), money(minor.lo), money(minor.hi)};
}

Int128 Weighing::minor(const Decimal& amount) const {
  return Ratio(amount).round(comparison_.terms().book.card().minor_digits).digits();
}

std::optional<Int128> Weighing::passes(Int128 metered) const {
  if (!given_.tolerance) {
    return std::nullopt;
  }
  const Decimal& value = given_.tolerance->value;
  return given_.tolerance->is_percent
             ? (Ratio(metered < 0 ? -metered : metered) * Ratio(value) / Ratio(100))
                   .round(0)
                   .digits()
             : minor(value);
}

std::vector<std::size_t> Weighing::lines_of(LineKind kind) const {
  std::vector<std::size_t> found;
  const auto& lines = comparison_.stored().invoice.lines;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == kind) {
      found.push_back(i);
    }
  }
  return found;
}

void Weighing::weigh_lines(const reconcile::Prices& prices, const std::vector<std::size_t>& lines,
                           Weighed& weighed) const {
  using reconcile::Arithmetic;
  using reconcile::PriceSays;
  const int digits = comparison_.terms().book.card().minor_digits;
  for (const std::size_t i : lines) {
    const InvoiceLine& line = comparison_.stored().invoice.lines[i];
    const reconcile::LineReading& read = comparison_.bill().lines[i];
    const bool charges = read.charge.value_or(1) != 0;
    const PriceSays says = reconcile::price_says(prices, line, digits);
    weighed.price_differs = weighed.price_differs || (charges && says == PriceSays::other);
    // A price that was rounded to be printed makes another product than the amount, and free units
    // and tiers make a line cost less than that.
    const bool is_excused = (says == PriceSays::contract && !prices.most) ||
                            (read.arithmetic == Arithmetic::too_low && prices.most);
    weighed.arithmetic_is_wrong =
        weighed.arithmetic_is_wrong || (read.arithmetic != Arithmetic::right && !is_excused);
    weighed.repeats = weighed.repeats || read.repeats.has_value();
  }
}

bool Weighing::costs_other_than_tiers(const Compared& one) const {
  const model::Rate* only = nullptr;
  for (const model::Rate& rate : comparison_.terms().book.card().rates) {
    if (rate.product == one.product && only != nullptr) {
      return false;
    }
    only = rate.product == one.product ? &rate : only;
  }
  if (only == nullptr || only->tiers.size() < 2 || !one.quantity.sum || !one.invoiced->amount) {
    return false;
  }
  const Ratio minor(power_of_ten(comparison_.terms().book.card().minor_digits));
  const Ratio off =
      Ratio(*one.invoiced->amount) - reconcile::worth_of(*only, *one.quantity.sum) * minor;
  Ratio most;
  for (const model::RateTier& tier : only->tiers) {
    most = std::max(most, Ratio(tier.unit_price));
  }
  const Ratio within =
      Ratio(static_cast<Int128>(one.invoiced->lines)) + one.quantity.error * most * minor;
  return off > within || Ratio() - off > within;
}

bool Weighing::explains_price(const Compared& one) const {
  const reconcile::Choice& choice = one.chosen->choice;
  if (one.chosen->unit_price || !choice.other_gb) {
    return one.chosen->unit_price.has_value();
  }
  const bool gb_is_gib = reconcile::policy_of(choice, comparison_.contract()).gb_is_gib;
  Weighed weighed;
  weigh_lines(reconcile::prices_of(comparison_.terms().book.card(), one.product, gb_is_gib),
              lines_of(kind_of(one.product)), weighed);
  return !weighed.price_differs;
}

reconcile::Prices Weighing::prices_of(Product product) const {
  const Terms& terms = comparison_.terms();
  return reconcile::prices_of(terms.book.card(), product, terms.policy.gb_is_gib);
}

LineKind kind_of(Product product) {
  return product == Product::compute ? LineKind::compute : LineKind::egress;
}

std::optional<Decimal> price_by(const std::optional<Decimal>& amount, const Ratio& quantity) {
  return amount && quantity > Ratio()
             ? std::optional((Ratio(*amount) / quantity).round(kPriceDigits))
             : std::nullopt;
}

Verdict verdict_of_quantity(const Weighed& weighed) {
  return weighed.price_differs         ? Verdict::wrong_price
         : weighed.arithmetic_is_wrong ? Verdict::bad_arithmetic
         : weighed.agrees              ? Verdict::match
         : weighed.repeats             ? Verdict::duplicate
         : weighed.side == Side::above ? (weighed.open ? Verdict::unbounded : Verdict::overbilled)
         : weighed.side == Side::below ? Verdict::underbilled
                                       : Verdict::within_bounds;
}

}  // namespace fleetmeter::settle
