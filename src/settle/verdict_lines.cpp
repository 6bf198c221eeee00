#include "settle/verdict_lines.hpp"

#include <algorithm>
#include <cctype>

#include "settle/explanations.hpp"
#include "settle/scope_verdicts.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using model::InvoiceLine;
using model::LineKind;
using model::Product;
using reconcile::Fit;
using reconcile::Side;
using reconcile::Weighed;

constexpr int kQuantityDigits = 6;

Int128 size_of(Int128 value) {
  return value < 0 ? -value : value;
}

Side side_of(Int128 value, const Bounded<Int128>& bounds) {
  return value > bounds.hi ? Side::above : value < bounds.lo ? Side::below : Side::within;
}

/// The rate of a tax that a text names, in percent: 19 of `VAT 19%`.
std::optional<Decimal> percent_in(const std::string& text) {
  const std::size_t sign = text.find('%');
  if (sign == std::string::npos) {
    return std::nullopt;
  }
  std::size_t end = sign;
  while (end > 0 && text[end - 1] == ' ') {
    --end;
  }
  std::size_t begin = end;
  while (begin > 0 && (std::isdigit(static_cast<unsigned char>(text[begin - 1])) != 0 ||
                       text[begin - 1] == '.')) {
    --begin;
  }
  return Decimal::parse(text.substr(begin, end - begin));
}

/// All sums that some of the amounts come to.
std::vector<Int128> sums_of_some(const std::vector<Int128>& amounts) {
  std::vector<Int128> sums{0};
  for (const Int128 amount : amounts) {
    const std::size_t before = sums.size();
    for (std::size_t i = 0; i < before; ++i) {
      sums.push_back(sums[i] + amount);
    }
  }
  return sums;
}

}  // namespace

std::vector<ReconciliationLine> VerdictLines::give() {
  if (comparison_.only_total()) {
    give_total();
    return std::move(rows_);
  }
  give_product(comparison_.compute());
  give_product(comparison_.egress());
  give_others();
  give_tax();
  Int128 discount = bill_.discount;
  for (const auto& [kind, product] : bill_.products) {
    discount += product.discount;
  }
  give_stated(
      "discount", -discount,
      is_share_wrong(LineKind::discount, bases(false)) ? Verdict::bad_arithmetic : Verdict::stated);
  give_stated("credit", -bill_.credit);
  give_due();
  return std::move(rows_);
}

/// The vendor's usage limits tell quantities, and bill nothing: what they leave out was not
/// charged.
bool VerdictLines::is_of_quantities_alone() const {
  return !bill_.due && std::all_of(bill_.lines.begin(), bill_.lines.end(),
                                   [](const auto& line) { return !line.charge; });
}

Verdict VerdictLines::verdict_of(const Compared& one, const reconcile::Tolerance& tolerance) const {
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  if (one.invoiced == nullptr) {
    // Nothing charged for what comes to nothing agrees.
    return metered.amount.point == 0  ? Verdict::match
           : is_of_quantities_alone() ? Verdict::stated
           : metered.amount.lo == 0   ? Verdict::within_bounds
                                      : Verdict::not_on_invoice;
  }
  const bool is_metered = metered.amount != Bounded<Int128>{} || one.open;
  if (!is_metered && one.invoiced->amount.value_or(1) != 0) {
    return Verdict::not_metered;
  }
  Weighed weighed;
  weighed.open = one.open;
  weighed.side = reconcile::side_of(metered, *one.invoiced, comparison_.contract());
  weighed.tolerance = tolerance;
  weighed.explained = one.explained;
  weighed.agrees = reconcile::fit_of(one.candidates.front(), *one.invoiced,
                                     comparison_.contract()) == Fit::exact;
  weighed.metered = metered.amount;
  weighed.passes = weighing_.passes(metered.amount.point);
  weighing_.weigh_lines(weighing_.prices_of(one.product), weighing_.lines_of(kind_of(one.product)),
                        weighed);
  weighed.price_differs = weighed.price_differs || weighing_.costs_other_than_tiers(one);
  if (one.invoiced->amount) {
    weighed.invoiced = *one.invoiced->amount;
    return reconcile::verdict_of(weighed);
  }
  return verdict_of_quantity(weighed);
}

void VerdictLines::give_product(const Compared& one) {
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  const VendorCase& vendor = comparison_.vendor();
  const bool on_invoice = one.invoiced != nullptr;
  const bool is_metered = metered.amount != Bounded<Int128>{} || vendor.unbounded(one.product) > 0;
  if (!on_invoice && !is_metered) {
    return;
  }
  const auto amount = on_invoice ? one.invoiced->amount : std::nullopt;
  const reconcile::Tolerance tolerance =
      reconcile::tolerance_of(vendor.processes(one.product), on_invoice ? one.invoiced->lines : 0);
  ReconciliationLine& line = rows_.emplace_back();
  line.product = one.name;
  if (metered.unit) {
    line.unit = rate::unit_name(*metered.unit, comparison_.terms().policy);
  }
  compare_quantities(one, line);
  line.unit_price = metered.unit_price;
  line.unit_price_invoiced = one.quantity.unit_price;
  line.amount = weighing_.money(metered.amount);
  if (amount) {
    line.amount_invoiced = weighing_.money(*amount);
    line.variance = weighing_.money(*amount - metered.amount.point);
    line.unit_price_of_quantity = price_by(line.amount_invoiced, one.quantity.sum.value_or(0));
    line.unit_price_of_metered =
        metered.quantity ? price_by(line.amount_invoiced, metered.quantity->point) : std::nullopt;
  }
  line.tolerance = weighing_.money(tolerance.focus);
  line.own_tolerance = weighing_.money(tolerance.own);
  line.status = verdict_of(one, tolerance);
  // What is wrong with the invoice's own numbers explains the difference already.
  const bool is_own_fault = line.status == Verdict::bad_arithmetic ||
                            line.status == Verdict::duplicate ||
                            (line.status == Verdict::wrong_price && !weighing_.explains_price(one));
  line.explained_by = is_own_fault ? "" : explanation(one, comparison_);
  line.open_processes = vendor.unbounded(one.product);
  give_scopes(one, weighing_, scoped_, rows_);
}

void VerdictLines::compare_quantities(const Compared& one, ReconciliationLine& line) const {
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  const auto& invoiced = one.quantity.sum;
  line.quantity_invoiced = one.quantity.shown;
  if (metered.quantity) {
    line.quantity = {metered.quantity->point.round(kQuantityDigits),
                     metered.quantity->lo.round(kQuantityDigits),
                     metered.quantity->hi.round(kQuantityDigits)};
  }
  if (invoiced && metered.quantity) {
    line.quantity_variance = (*invoiced - metered.quantity->point).round(kQuantityDigits);
  }
  if (invoiced && one.quantity.unit_price && metered.unit_price) {
    const Ratio more = Ratio(*one.quantity.unit_price) - Ratio(*metered.unit_price);
    line.price_variance = (*invoiced * more).round(comparison_.terms().book.card().minor_digits);
  }
}

/// Whether a line that is no usage takes something off, or is itself taken off by another.
bool VerdictLines::is_taken_off(std::size_t line) const {
  const Int128 charge = bill_.lines[line].charge.value_or(0);
  if (charge <= 0) {
    return charge < 0;
  }
  // The lines before this one that charge as much use up what takes off as much.
  std::ptrdiff_t balance = 0;
  for (const std::size_t i : weighing_.lines_of(LineKind::other)) {
    const Int128 other = bill_.lines[i].charge.value_or(0);
    balance += other == -charge ? 1 : 0;
    balance -= other == charge && i < line ? 1 : 0;
  }
  return balance > 0;
}

/// What is neither usage nor tax nor taken off: a row each, named as the invoice does.
void VerdictLines::give_others() {
  for (const std::size_t i : weighing_.lines_of(LineKind::other)) {
    const InvoiceLine& invoiced = comparison_.stored().invoice.lines[i];
    const reconcile::LineReading& read = bill_.lines[i];
    ReconciliationLine& line = rows_.emplace_back();
    line.product = "other";
    line.description = invoiced.description;
    line.quantity_invoiced = invoiced.quantity;
    line.unit_price_invoiced = invoiced.unit_price;
    if (read.charge) {
      line.amount_invoiced = weighing_.money(*read.charge);
    }
    line.status = read.charge == Int128(0)                          ? Verdict::match
                  : read.repeats                                    ? Verdict::duplicate
                  : read.arithmetic != reconcile::Arithmetic::right ? Verdict::bad_arithmetic
                  : is_taken_off(i)                                 ? Verdict::stated
                                                                    : Verdict::not_metered;
  }
}

Int128 VerdictLines::tax_at(const Decimal& percent) const {
  const Int128 base = bill_.itemised - bill_.tax;
  return (Ratio(base) * Ratio(percent) / Ratio(100)).round(0).digits();
}

Int128 VerdictLines::tax() const {
  if (!weighing_.given().tax || comparison_.only_total()) {
    return bill_.tax;
  }
  return weighing_.given().tax->is_percent ? tax_at(weighing_.given().tax->value)
                                           : weighing_.minor(weighing_.given().tax->value);
}

bool VerdictLines::is_tax_twice(const std::vector<std::size_t>& lines) const {
  return std::any_of(lines.begin(), lines.end(),
                     [&](std::size_t i) { return bill_.lines[i].repeats.has_value(); });
}

/// Whether some line names its share, in percent, and is that share of none of the bases.
bool VerdictLines::is_share_wrong(LineKind kind, const std::vector<Int128>& bases) const {
  const std::vector<std::size_t> lines = weighing_.lines_of(kind);
  return std::any_of(lines.begin(), lines.end(), [&](std::size_t i) {
    const auto percent = percent_in(comparison_.stored().invoice.lines[i].description);
    return percent && std::none_of(bases.begin(), bases.end(), [&](Int128 base) {
             const Int128 share = (Ratio(base) * Ratio(*percent) / Ratio(100)).round(0).digits();
             return size_of(size_of(bill_.lines[i].adds) - size_of(share)) <= 1;
           });
  });
}

/// What a share may be of: of the usage of some products, before or after what is taken off.
std::vector<Int128> VerdictLines::bases(bool may_be_less) const {
  std::vector<Int128> amounts;
  Int128 discounts = bill_.discount;
  for (const auto& [of, product] : bill_.products) {
    amounts.push_back(product.amount.value_or(0));
    discounts += product.discount;
  }
  if (may_be_less) {
    amounts.push_back(-discounts);
    amounts.push_back(-bill_.credit);
  }
  return sums_of_some(amounts);
}

/// What the lines of tax ought to be together, where one of them names its rate and is wrong.
Int128 VerdictLines::tax_by_rates(const std::vector<std::size_t>& lines) const {
  Int128 sum = 0;
  for (const std::size_t i : lines) {
    const auto percent = percent_in(comparison_.stored().invoice.lines[i].description);
    sum += percent ? tax_at(*percent) : bill_.lines[i].adds;
  }
  return sum;
}

void VerdictLines::give_tax() {
  const std::vector<std::size_t> lines = weighing_.lines_of(LineKind::tax);
  const Int128 lacking = bill_.due ? *bill_.due - bill_.itemised : 0;
  // Tax that no line itemises is in the sum due.
  const bool is_in_due = lines.empty() && weighing_.given().tax && size_of(lacking - tax()) <= 1;
  if (lines.empty() && !weighing_.given().tax) {
    return;
  }
  ReconciliationLine& line = rows_.emplace_back();
  line.product = "tax";
  const Int128 invoiced = is_in_due ? lacking : bill_.tax;
  line.amount_invoiced = weighing_.money(invoiced);
  line.status = is_share_wrong(LineKind::tax, bases(true)) ? Verdict::bad_arithmetic
                : is_tax_twice(lines)                      ? Verdict::duplicate
                                                           : Verdict::stated;
  if (lines.size() == 1) {
    line.description = comparison_.stored().invoice.lines[lines.front()].description;
  }
  if (line.status == Verdict::bad_arithmetic) {
    const Int128 right = tax_by_rates(lines);
    line.amount = weighing_.money(Bounded<Int128>{right, right, right});
    line.variance = weighing_.money(invoiced - right);
  }
  if (weighing_.given().tax) {
    const auto most = static_cast<Int128>(std::max<std::size_t>(1, lines.size()));
    line.amount = weighing_.money(Bounded<Int128>{tax(), tax(), tax()});
    line.variance = weighing_.money(invoiced - tax());
    line.status = size_of(invoiced - tax()) <= most ? Verdict::match
                  : invoiced > tax()                ? Verdict::overbilled
                                                    : Verdict::underbilled;
  }
}

void VerdictLines::give_stated(const char* name, Int128 adds, Verdict status) {
  if (adds != 0) {
    ReconciliationLine& line = rows_.emplace_back();
    line.product = name;
    line.amount_invoiced = weighing_.money(adds);
    line.status = status;
  }
}

Int128 VerdictLines::beside_usage() const {
  Int128 sum = tax() - bill_.discount - bill_.credit;
  for (const auto& [kind, product] : bill_.products) {
    sum += (kind == LineKind::other ? product.amount.value_or(0) : 0) - product.discount;
  }
  return sum;
}

void VerdictLines::give_due() {
  if (!bill_.due) {
    return;
  }
  const bool has_tax_line = !weighing_.lines_of(LineKind::tax).empty();
  const Int128 itemised = bill_.itemised + (has_tax_line || !weighing_.given().tax ? 0 : tax());
  const auto most = static_cast<Int128>(has_tax_line || !weighing_.given().tax ? 0 : 1);
  const Int128 lacking = *bill_.due - itemised;
  if (size_of(lacking) > most) {
    ReconciliationLine& line = rows_.emplace_back();
    line.product = "not itemised";
    line.amount_invoiced = weighing_.money(lacking);
    line.status = Verdict::not_itemised;
  }
  const Compared& compute = comparison_.compute();
  const Compared& egress = comparison_.egress();
  Bounded<Int128> due =
      compute.candidates.front().outcome.amount + egress.candidates.front().outcome.amount;
  due += Bounded<Int128>{beside_usage(), beside_usage(), beside_usage()};
  const VendorCase& vendor = comparison_.vendor();
  Weighed weighed;
  weighed.invoiced = *bill_.due;
  weighed.metered = due;
  weighed.open = compute.open || egress.open;
  weighed.side = side_of(*bill_.due, due);
  weighed.tolerance = reconcile::tolerance_of(vendor.processes(Product::compute),
                                              std::max<std::size_t>(2, bill_.lines.size()));
  weighed.agrees = *bill_.due == due.point;
  weighed.explained = compute.explained || egress.explained;
  weighed.passes = weighing_.passes(due.point);
  ReconciliationLine& line = rows_.emplace_back();
  line.product = "due";
  line.amount_invoiced = weighing_.money(*bill_.due);
  line.amount = weighing_.money(due);
  line.variance = weighing_.money(*bill_.due - due.point);
  line.tolerance = weighing_.money(weighed.tolerance.focus);
  line.own_tolerance = weighing_.money(weighed.tolerance.own);
  line.status = reconcile::verdict_of(weighed);
  line.open_processes = vendor.unbounded(Product::compute) + vendor.unbounded(Product::egress);
}

void VerdictLines::give_total() {
  const Compared& compute = comparison_.compute();
  const Compared& egress = comparison_.egress();
  const Bounded<Int128> sum =
      compute.candidates.front().outcome.amount + egress.candidates.front().outcome.amount;
  const Int128 invoiced = comparison_.usage_in_total();
  const VendorCase& vendor = comparison_.vendor();
  Weighed weighed;
  weighed.invoiced = invoiced;
  weighed.metered = sum;
  weighed.open = compute.open || egress.open;
  weighed.side = side_of(invoiced, sum);
  weighed.tolerance = reconcile::tolerance_of(vendor.processes(Product::compute), 1);
  weighed.agrees = invoiced == sum.point;
  weighed.explained = compute.explained || egress.explained;
  weighed.passes = weighing_.passes(sum.point);
  ReconciliationLine& line = rows_.emplace_back();
  line.product = "total";
  line.amount_invoiced = weighing_.money(invoiced);
  line.amount = weighing_.money(sum);
  line.variance = weighing_.money(invoiced - sum.point);
  line.tolerance = weighing_.money(weighed.tolerance.focus);
  line.own_tolerance = weighing_.money(weighed.tolerance.own);
  line.status = reconcile::verdict_of(weighed);
  line.explained_by = explanation_of_total(comparison_);
  line.open_processes = vendor.unbounded(Product::compute) + vendor.unbounded(Product::egress);
  give_stated("tax", bill_.tax);
  give_stated("discount", -bill_.discount);
  give_stated("credit", -bill_.credit);
}

}  // namespace fleetmeter::settle
