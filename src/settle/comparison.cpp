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

/// Above this many fits by accident, nothing is named.
const base::Ratio kMostAccidents(1, 10);

}  // namespace

using model::LineKind;
using model::Product;
using reconcile::Candidate;
using reconcile::Fit;

bool holds(const Compared& one, const Candidate& candidate, const reconcile::Contract& contract) {
  return reconcile::fit_of(candidate, *one.invoiced, contract) != Fit::none ||
         (one.open &&
          reconcile::side_of(candidate.outcome, *one.invoiced, contract) == reconcile::Side::above);
}

Comparison::Comparison(const store::StoredInvoice& stored, const Question& question,
                       const Terms& terms, const ScopedUsage& scoped, store::Reader& reader,
                       store::PriceReader& prices)
    : stored_(stored),
      terms_(terms),
      scoped_(scoped),
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
  for (reconcile::Alteration& alteration : scoped_.alterations(product)) {
    one.usage.alterations.push_back(std::move(alteration));
  }
  one.candidates = reconcile::all_candidates(one.usage, contract_);
  const reconcile::Outcome& metered = one.candidates.front().outcome;
  if (one.invoiced != nullptr && metered.unit) {
    one.quantity = one.invoiced->in(reconcile::measure_of(*metered.unit, metered.gb_is_gib));
  }
  one.open = vendor_.unbounded(product) > 0 || vendor_.unseen_ms() > 0;
  one.open_share = base::Ratio(vendor_.unbounded(product),
                               std::max<std::int64_t>(1, vendor_.processes(product)));
  one.chosen = &one.candidates.front();
  if (one.invoiced != nullptr) {
    one.exact = reconcile::explanations(one.candidates, Fit::exact, *one.invoiced, contract_);
  }
}

void Comparison::choose(Compared& one, const Candidate* found) {
  if (one.invoiced == nullptr) {
    return;
  }
  const Fit own = reconcile::fit_of(one.candidates.front(), *one.invoiced, contract_);
  if (own == Fit::exact) {
    return;  // the contract explains it
  }
  if (found != nullptr && found->choice.month != 0 &&
      contract_.dimensions->months[found->choice.month].zone.starts_with("Etc/")) {
    found = nullptr;  // nobody bills by a bare offset: it is listed, and not named
  }
  const bool is_printed = found != nullptr && found->deviations == 1 && found->unit_price &&
                          found->unit_price == one.quantity.unit_price;
  if (found != nullptr && found->deviations > 0 && (own == Fit::none || found->deviations == 1) &&
      (is_printed || reconcile::accidents(one.candidates, found->deviations, Fit::exact,
                                          *one.invoiced, contract_) < kMostAccidents)) {
    one.chosen = found;
    one.explained = true;
  } else if (!is_likely(one, one.candidates.front())) {
    choose_within_bounds(one);
  }
}

/// Whether the figure lies within the bounds of a reading, or above them by no more than the share
/// of processes that nothing bounds.
bool Comparison::is_likely(const Compared& one, const Candidate& candidate) const {
  if (reconcile::fit_of(candidate, *one.invoiced, contract_) != Fit::none) {
    return true;
  }
  reconcile::Outcome wider = candidate.outcome;
  const base::Ratio most = base::Ratio(1) + one.open_share;
  if (wider.quantity) {
    wider.quantity->hi = wider.quantity->hi * most;
  }
  wider.amount.hi = (base::Ratio(wider.amount.hi) * most).round(0).digits();
  return reconcile::side_of(wider, *one.invoiced, contract_) == reconcile::Side::within;
}

/// Where the archive knows too little for an exact figure: the only reading with one difference
/// whose bounds hold it, while those of the contract do not. Months of many zones come too near
/// each other to be told by bounds.
void Comparison::choose_within_bounds(Compared& one) const {
  const Candidate* only = nullptr;
  for (const Candidate& candidate : one.candidates) {
    if (candidate.deviations == 1 && candidate.choice.month == 0 && is_likely(one, candidate)) {
      if (only != nullptr) {
        return;
      }
      only = &candidate;
    }
  }
  if (only != nullptr && reconcile::accidents(one.candidates, 1, Fit::bounds, *one.invoiced,
                                              contract_, one.open_share) < kMostAccidents) {
    one.chosen = only;
    one.explained = true;
    one.within_bounds = true;
  }
}

/// Whether the other product, if it is on the invoice, can be of this month too: an invoice is of
/// one month.
bool Comparison::is_told_by_other(const Compared& other, std::size_t month) const {
  return other.invoiced == nullptr ||
         std::any_of(other.candidates.begin(), other.candidates.end(), [&](const Candidate& one) {
           return one.choice.month == month && one.deviations <= 2 &&
                  reconcile::fit_of(one, *other.invoiced, contract_) != Fit::none;
         });
}

/// Of several explanations of both products together, those that are of one month and differ least.
void Comparison::agree_on_month() {
  const Candidate* best[2] = {nullptr, nullptr};
  std::size_t least = 0;  // differences; of equals, what touches all usage alike comes first
  const auto first_of = [this](const Compared& one, std::size_t month) -> const Candidate* {
    const auto found = std::find_if(one.exact.begin(), one.exact.end(),
                                    [&](const Candidate& c) { return c.choice.month == month; });
    if (found != one.exact.end() || one.invoiced == nullptr) {
      return found == one.exact.end() ? nullptr : &*found;
    }
    // One that the contract explains as well is not among the simplest, and is of this month, too.
    const auto same =
        std::find_if(one.candidates.begin(), one.candidates.end(), [&](const Candidate& c) {
          return c.choice.month == month && c.deviations == 1 && month != 0 &&
                 reconcile::fit_of(c, *one.invoiced, contract_) == Fit::exact;
        });
    return same == one.candidates.end() ? nullptr : &*same;
  };
  for (std::size_t month = 0; month < contract_.dimensions->months.size(); ++month) {
    const Candidate* const compute = first_of(compute_, month);
    const Candidate* const egress = first_of(egress_, month);
    if (compute == nullptr || egress == nullptr) {
      continue;
    }
    const std::size_t count = 2 * reconcile::Pair{*compute, *egress}.deviations() +
                              (compute->altered || egress->altered ? 1U : 0U);
    if (best[0] == nullptr || count < least) {
      best[0] = compute;
      best[1] = egress;
      least = count;
    }
  }
  const auto own = [&](const Compared& one, const Compared& other) {
    const auto found = std::find_if(one.exact.begin(), one.exact.end(), [&](const Candidate& c) {
      return c.choice.month == 0 || is_told_by_other(other, c.choice.month);
    });
    return found == one.exact.end() ? nullptr : &*found;
  };
  choose(compute_, best[0] != nullptr ? best[0] : own(compute_, egress_));
  choose(egress_, best[1] != nullptr ? best[1] : own(egress_, compute_));
}

/// How many readings with one difference would fit a sum drawn at random.
base::Ratio Comparison::accidents_of_total(Int128 total) const {
  std::vector<Candidate> sums;
  const auto add = [&](const Compared& one, const Compared& other) {
    for (const Candidate& candidate : one.candidates) {
      if (candidate.deviations <= 1) {
        Candidate& sum = sums.emplace_back(candidate);
        sum.outcome.amount += other.candidates.front().outcome.amount;
        sum.outcome.quantity.reset();
      }
    }
  };
  add(compute_, egress_);
  add(egress_, compute_);
  reconcile::Invoiced invoiced;
  invoiced.lines = 1;
  invoiced.amount = total;
  return reconcile::accidents(sums, 1, Fit::exact, invoiced, contract_);
}

void Comparison::explain_total() {
  const Int128 total = usage_in_total();
  pairs_ = reconcile::explanations_of_total(compute_.candidates, egress_.candidates, total);
  if (pairs_.empty()) {
    return;
  }
  const reconcile::Pair& best = pairs_.front();
  // A sum alone names one difference at most, and only where that is no accident.
  if (best.deviations() == 1 && accidents_of_total(total) < kMostAccidents) {
    compute_.chosen = &best.compute;
    compute_.explained = best.compute.deviations > 0;
    egress_.chosen = &best.egress;
    egress_.explained = best.egress.deviations > 0;
  }
}

}  // namespace fleetmeter::settle
