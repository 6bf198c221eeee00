#include "settle/scope_verdicts.hpp"

#include <algorithm>

#include "reconcile/line_check.hpp"

namespace fleetmeter::settle {

namespace {

using base::Ratio;
using model::InvoiceLine;

constexpr int kQuantityDigits = 6;

/// Lines of the invoice that are about one thing.
struct ScopeLines {
  LineScope scope;
  std::vector<std::size_t> lines;
};

/// One scope of a product on its way to a row.
class ScopeRow {
 public:
  ScopeRow(const Compared& one, const ScopeLines& about, const Weighing& weighing,
           const ScopedUsage& scoped)
      : one_(one),
        about_(about),
        weighing_(weighing),
        terms_(weighing.comparison().terms()),
        prices_(weighing.prices_of(one.product)),
        metered_(scoped.of(one.product, about.scope)) {
    // Of a place in which something was metered, the prices are those that held there.
    if (!metered_.prices.empty()) {
      prices_.flat = metered_.prices;
    }
    for (const std::size_t i : about.lines) {
      part_.lines.push_back(weighing.comparison().stored().invoice.lines[i]);
    }
    invoiced_ = reconcile::take_apart(part_, terms_.book.card().minor_digits)
                    .products.at(kind_of(one.product));
    outcome_.quantity = metered_.quantity;
    outcome_.amount = metered_.amount.value_or(Bounded<Int128>{});
    outcome_.unit = one.candidates.front().outcome.unit;
    outcome_.gb_is_gib = terms_.policy.gb_is_gib;
    outcome_.unit_price = about.scope.unit_price     ? about.scope.unit_price
                          : prices_.flat.size() == 1 ? std::optional(prices_.flat.front())
                                                     : std::nullopt;
    tolerance_ = reconcile::tolerance_of(metered_.processes, invoiced_.lines);
  }

  [[nodiscard]] ReconciliationLine row() const {
    ReconciliationLine line;
    line.product = one_.name;
    line.is_part = true;
    line.app_id = about_.scope.app_id;
    line.deployment_id = about_.scope.deployment_id;
    line.region = about_.scope.region;
    line.description = part_.lines.size() == 1 ? part_.lines.front().description : "";
    if (outcome_.unit) {
      line.unit = rate::unit_name(*outcome_.unit, terms_.policy);
    }
    put_quantities(line);
    put_amounts(line);
    line.tolerance = weighing_.money(tolerance_.focus);
    line.own_tolerance = weighing_.money(tolerance_.own);
    line.open_processes = metered_.open_processes;
    line.status = verdict();
    return line;
  }

 private:
  [[nodiscard]] bool has_amounts() const { return invoiced_.amount && metered_.amount; }
  [[nodiscard]] const reconcile::Quantity& quantity() const {
    return invoiced_.in(prices_.measure);
  }

  void put_quantities(ReconciliationLine& line) const {
    const Bounded<Ratio>& used = metered_.quantity;
    line.quantity_invoiced = quantity().shown;
    line.quantity = {used.point.round(kQuantityDigits), used.lo.round(kQuantityDigits),
                     used.hi.round(kQuantityDigits)};
    if (quantity().sum) {
      line.quantity_variance = (*quantity().sum - used.point).round(kQuantityDigits);
    }
  }

  void put_amounts(ReconciliationLine& line) const {
    line.unit_price = outcome_.unit_price;
    line.unit_price_invoiced = quantity().unit_price;
    if (metered_.amount) {
      line.amount = weighing_.money(*metered_.amount);
    }
    if (invoiced_.amount) {
      line.amount_invoiced = weighing_.money(*invoiced_.amount);
      line.unit_price_of_quantity = price_by(line.amount_invoiced, quantity().sum.value_or(0));
      line.unit_price_of_metered = price_by(line.amount_invoiced, metered_.quantity.point);
    }
    if (has_amounts()) {
      line.variance = weighing_.money(*invoiced_.amount - metered_.amount->point);
    }
  }

  [[nodiscard]] Verdict verdict() const {
    reconcile::Weighed weighed;
    weighed.open = metered_.open_processes > 0 || weighing_.comparison().vendor().unseen_ms() > 0;
    const bool is_metered = metered_.quantity != Bounded<Ratio>{} || weighed.open;
    if (!is_metered && invoiced_.amount.value_or(1) != 0) {
      return Verdict::not_metered;
    }
    weighed.metered = outcome_.amount;
    weighed.tolerance = tolerance_;
    weighing_.weigh_lines(prices_, about_.lines, weighed);
    reconcile::Invoiced compared = invoiced_;
    if (!has_amounts()) {
      compared.amount.reset();
    }
    const reconcile::Contract& contract = weighing_.comparison().contract();
    weighed.side = reconcile::side_of(outcome_, compared, contract);
    weighed.agrees = reconcile::agrees(outcome_, compared, contract);
    if (!has_amounts()) {
      return verdict_of_quantity(weighed);
    }
    weighed.invoiced = *invoiced_.amount;
    weighed.passes = weighing_.passes(outcome_.amount.point);
    return reconcile::verdict_of(weighed);
  }

  const Compared& one_;
  const ScopeLines& about_;
  const Weighing& weighing_;
  const Terms& terms_;
  reconcile::Prices prices_;
  MeteredScope metered_;
  model::Invoice part_;
  reconcile::Invoiced invoiced_;
  reconcile::Outcome outcome_;
  reconcile::Tolerance tolerance_;
};

}  // namespace

void give_scopes(const Compared& one, const Weighing& weighing, const ScopedUsage& scoped,
                 std::vector<ReconciliationLine>& rows) {
  const Terms& terms = weighing.comparison().terms();
  const reconcile::Prices prices =
      reconcile::prices_of(terms.book.card(), one.product, terms.policy.gb_is_gib);
  std::vector<ScopeLines> all;
  for (const std::size_t i : weighing.lines_of(kind_of(one.product))) {
    const InvoiceLine& line = weighing.comparison().stored().invoice.lines[i];
    LineScope scope = scoped.scope_of(line);
    if (prices.flat.size() > 1 && line.unit_price) {
      reconcile::Prices there = prices;
      if (std::vector<Decimal> held = scoped.of(one.product, scope).prices; !held.empty()) {
        there.flat = std::move(held);
      }
      scope.unit_price = reconcile::price_in(there, line, terms.book.card().minor_digits);
    }
    const auto known = std::find_if(all.begin(), all.end(),
                                    [&](const ScopeLines& other) { return other.scope == scope; });
    (known == all.end() ? all.emplace_back(ScopeLines{scope, {}}) : *known).lines.push_back(i);
  }
  for (const ScopeLines& about : all) {
    if (!about.scope.is_all()) {
      rows.push_back(ScopeRow(one, about, weighing, scoped).row());
    }
  }
}

}  // namespace fleetmeter::settle
