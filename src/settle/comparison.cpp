#include "settle/comparison.hpp"

#include <algorithm>
#include <set>

namespace fleetmeter::settle {

namespace {

/// The invoiced quantity in the unit in which the rates of a product are. When the rates have
/// several units, or none, it is as it was written.
reconcile::Quantity quantity_in_rates(const reconcile::Invoiced& invoiced, const Terms& terms,
                                      model::Product product) {
  std::set<model::RateUnit> units;
  for (const model::Rate& rate : terms.book.card().rates) {
    if (rate.product == product) {
      units.insert(rate.unit);
    }
  }
  return units.size() == 1
             ? invoiced.in(reconcile::measure_of(*units.begin(), terms.policy.gb_is_gib))
             : invoiced.as_written;
}

}  // namespace

using model::LineKind;
using model::Product;
using reconcile::Candidate;
using reconcile::Fit;

Comparison::Comparison(const store::StoredInvoice& stored, const Question& question,
                       const Terms& terms, store::Reader& reader, store::PriceReader& prices)
    : stored_(stored),
      terms_(terms),
      bill_(reconcile::take_apart(stored.invoice, terms.book.card().minor_digits)),
      vendor_(question, *stored.invoice.month, terms, reader, prices),
      contract_(vendor_.contract()) {
  compare(compute_, Product::compute, "compute", LineKind::compute);
  compare(egress_, Product::egress, "egress", LineKind::egress);
  if (only_total()) {
    explain_total();
  } else {
    agree_on_month();
  }
}

void Comparison::compare(Compared& one, Product product, const char* name, LineKind kind) {
  const auto found = bill_.products.find(kind);
  one.product = product;
  one.name = name;
  one.invoiced = found == bill_.products.end() ? nullptr : &found->second;
  one.quantity = one.invoiced != nullptr ? quantity_in_rates(*one.invoiced, terms_, product)
                                         : reconcile::Quantity{};
  one.usage = vendor_.of(product, one.quantity.unit_price);
  one.candidates = reconcile::all_candidates(one.usage, contract_);
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  if (one.invoiced != nullptr && metered.unit) {
    one.quantity = one.invoiced->in(reconcile::measure_of(*metered.unit, metered.gb_is_gib));
  }
  one.open = vendor_.unbounded(product) > 0 || vendor_.unseen_ms() > 0;
  one.chosen = &one.candidates.front();
  if (one.invoiced != nullptr) {
    one.exact = reconcile::explanations(one.candidates, Fit::exact, *one.invoiced, contract_);
  }
}

void Comparison::choose(Compared& one, const Candidate* found) {
  if (found != nullptr && found->deviations > 0) {
    // Inside the bounds only a plain explanation counts, because among many explanations some fit
    // by accident.
    const Fit own = one.invoiced == nullptr
                        ? Fit::none
                        : reconcile::fit_of(one.candidates.front(), *one.invoiced, contract_);
    if (own == Fit::none || found->deviations == 1) {
      one.chosen = found;
      one.explained = true;
    }
  }
}

/// Of several explanations of both products together, those that are of one month and differ least.
void Comparison::agree_on_month() {
  const Candidate* best[2] = {nullptr, nullptr};
  std::size_t least = 0;
  const auto first_of = [](const Compared& one, std::size_t month) -> const Candidate* {
    const auto found = std::find_if(one.exact.begin(), one.exact.end(),
                                    [&](const Candidate& c) { return c.choice.month == month; });
    return found == one.exact.end() ? nullptr : &*found;
  };
  for (std::size_t month = 0; month < contract_.dimensions->months.size(); ++month) {
    const Candidate* const compute = first_of(compute_, month);
    const Candidate* const egress = first_of(egress_, month);
    if (compute == nullptr || egress == nullptr) {
      continue;
    }
    const std::size_t count = reconcile::Pair{*compute, *egress}.deviations();
    if (best[0] == nullptr || count < least) {
      best[0] = compute;
      best[1] = egress;
      least = count;
    }
  }
  const auto own = [](const Compared& one) {
    return one.exact.empty() ? nullptr : &one.exact.front();
  };
  choose(compute_, best[0] != nullptr ? best[0] : own(compute_));
  choose(egress_, best[1] != nullptr ? best[1] : own(egress_));
}

void Comparison::explain_total() {
  const Int128 total = usage_in_total();
  pairs_ = reconcile::explanations_of_total(compute_.candidates, egress_.candidates, total);
  if (pairs_.empty()) {
    return;
  }
  const reconcile::Pair& best = pairs_.front();
  const Bounded<Int128>& c = compute_.candidates.front().outcome.amount;
  const Bounded<Int128>& e = egress_.candidates.front().outcome.amount;
  const bool inside =
      c.lo + e.lo <= total && (total <= c.hi + e.hi || compute_.open || egress_.open);
  if (best.deviations() > 0 && (!inside || best.deviations() == 1)) {
    compute_.chosen = &best.compute;
    compute_.explained = best.compute.deviations > 0;
    egress_.chosen = &best.egress;
    egress_.explained = best.egress.deviations > 0;
  }
}

}  // namespace fleetmeter::settle
