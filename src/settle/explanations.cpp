#include "settle/explanations.hpp"

#include <algorithm>

namespace fleetmeter::settle {

namespace {

using reconcile::Candidate;
using reconcile::Fit;

constexpr std::size_t kMost = 10;
constexpr std::size_t kMostWithinBounds = 20;  // more can be, where little is known
constexpr std::size_t kNearest = 3;
constexpr std::size_t kMostMonths = 6;
constexpr int kAccidentDigits = 3;

/// A candidate to show of one product, and how it fits.
struct Shown {
  const char* fit;
  Fit accidental;  ///< in which way one may fit by accident
  Candidate candidate;
};

/// The nearest to the invoiced figure first: to the quantity, where it can be compared.
void sort_by_distance(std::vector<Candidate>& candidates, const Compared& one) {
  const auto distance = [&](const Candidate& candidate) {
    const auto& quantity = candidate.outcome.quantity;
    const bool by_quantity = one.quantity.sum && quantity;
    const base::Ratio off =
        by_quantity
            ? *one.quantity.sum - quantity->point
            : base::Ratio(one.invoiced->amount.value_or(0) - candidate.outcome.amount.point);
    return off < base::Ratio() ? base::Ratio() - off : off;
  };
  std::stable_sort(
      candidates.begin(), candidates.end(),
      [&](const Candidate& a, const Candidate& b) { return distance(a) < distance(b); });
}

/// Those that come nearest, with one difference at most. With more differences, something always
/// comes near.
std::vector<Candidate> nearest(const Compared& one) {
  std::vector<Candidate> plain;
  for (const Candidate& candidate : one.candidates) {
    if (candidate.deviations <= 1) {
      plain.push_back(candidate);
    }
  }
  sort_by_distance(plain, one);
  plain.resize(std::min(plain.size(), kNearest));
  return plain;
}

/// Those within whose bounds the figure lies, with one difference at most, the nearest first. Where
/// nothing bounds usage from above, a figure above all that was seen lies within them.
std::vector<Candidate> within_bounds(const Compared& one, const reconcile::Contract& contract) {
  std::vector<Candidate> found;
  for (const Candidate& candidate : one.candidates) {
    if (candidate.deviations <= 1 && holds(one, candidate, contract)) {
      found.push_back(candidate);
    }
  }
  sort_by_distance(found, one);
  // Months of many zones come near each other: they would hide what else fits. Nobody lives in a
  // bare offset.
  std::size_t months = 0;
  std::erase_if(found, [&](const Candidate& candidate) {
    const bool is_other_month = candidate.choice.month != 0;
    return is_other_month &&
           (contract.dimensions->months[candidate.choice.month].zone.starts_with("Etc/") ||
            ++months > kMostMonths);
  });
  return found;
}

/// The exact ones; then, because an exact fit of many differences may be an accident, those within
/// bounds; when there is neither, the nearest.
std::vector<Shown> shown_of(const Compared& one, const reconcile::Contract& contract) {
  std::vector<Shown> shown;
  const auto show = [&](const char* fit, Fit accidental, const std::vector<Candidate>& all) {
    const std::size_t most = accidental == Fit::exact ? kMost : kMostWithinBounds;
    for (std::size_t i = 0; i < std::min(all.size(), most); ++i) {
      shown.push_back({fit, accidental, all[i]});
    }
  };
  show("exact", Fit::exact, one.exact);
  if (one.exact.empty() || one.exact.front().deviations > 1) {
    show("within bounds", Fit::bounds, within_bounds(one, contract));
  }
  if (shown.empty()) {
    show("nearest", Fit::bounds, nearest(one));
  }
  return shown;
}

Decimal money(Int128 minor, const Comparison& comparison) {
  return {minor, comparison.terms().book.card().minor_digits};
}

void add_product(const Compared& one, const Comparison& comparison,
                 std::vector<ReconciliationPolicy>& to) {
  if (one.invoiced == nullptr) {
    return;
  }
  const std::vector<Shown> all = shown_of(one, comparison.contract());
  for (const Shown& shown : all) {
    const Candidate& candidate = shown.candidate;
    const Int128 amount = candidate.outcome.amount.point;
    ReconciliationPolicy& policy = to.emplace_back();
    policy.product = one.name;
    policy.fit = shown.fit;
    policy.policy = reconcile::describe(candidate, comparison.contract());
    policy.differences = static_cast<std::int64_t>(candidate.deviations);
    policy.amount = money(amount, comparison);
    if (one.invoiced->amount) {
      policy.variance = money(*one.invoiced->amount - amount, comparison);
    }
    policy.fitting = shown.accidental == Fit::exact
                         ? std::ssize(one.exact)
                         : std::count_if(all.begin(), all.end(), [&](const Shown& other) {
                             return other.accidental == shown.accidental;
                           });
    policy.tried = static_cast<std::int64_t>(one.candidates.size());
    policy.accidents = reconcile::accidents(one.candidates, candidate.deviations, shown.accidental,
                                            *one.invoiced, comparison.contract(), one.open_share)
                           .round(kAccidentDigits, base::Rounding::half_up);
  }
}

void add_pairs(const Comparison& comparison, std::vector<ReconciliationPolicy>& to) {
  const std::vector<reconcile::Pair>& pairs = comparison.pairs();
  const std::size_t tried =
      comparison.compute().candidates.size() * comparison.egress().candidates.size();
  for (std::size_t i = 0; i < std::min(pairs.size(), kMost); ++i) {
    const reconcile::Pair& pair = pairs[i];
    const Int128 sum = pair.compute.outcome.amount.point + pair.egress.outcome.amount.point;
    to.push_back({.product = "total",
                  .fit = "exact",
                  .policy = "compute " + reconcile::describe(pair.compute, comparison.contract()) +
                            "; egress " + reconcile::describe(pair.egress, comparison.contract()),
                  .differences = static_cast<std::int64_t>(pair.deviations()),
                  .amount = money(sum, comparison),
                  .variance = money(*comparison.bill().due - sum, comparison),
                  .fitting = static_cast<std::int64_t>(pairs.size()),
                  .tried = static_cast<std::int64_t>(tried),
                  .accidents = std::nullopt});
  }
}

/// Says how many others fit and differ in as little. Then nobody can tell which of them the vendor
/// used.
template <class Fitting, class Deviations>
std::string others_as_plain(const std::vector<Fitting>& fitting, std::size_t deviations,
                            Deviations&& deviations_of) {
  const auto as_plain = std::count_if(fitting.begin(), fitting.end(), [&](const Fitting& one) {
    return deviations_of(one) == deviations;
  });
  return as_plain < 2    ? ""
         : as_plain == 2 ? " (1 other fits as well)"
                         : " (" + std::to_string(as_plain - 1) + " others fit as well)";
}

}  // namespace

std::string explanation(const Compared& one, const Comparison& comparison) {
  if (!one.explained) {
    return "";
  }
  if (one.within_bounds) {
    return reconcile::describe(*one.chosen, comparison.contract()) + ", within bounds";
  }
  return reconcile::describe(*one.chosen, comparison.contract()) +
         others_as_plain(one.exact, one.chosen->deviations,
                         [](const Candidate& other) { return other.deviations; });
}

std::string explanation_of_total(const Comparison& comparison) {
  std::string text;
  for (const Compared* const one : {&comparison.compute(), &comparison.egress()}) {
    if (one->explained) {
      text += (text.empty() ? "" : "; ") + std::string(one->name) + ' ' +
              reconcile::describe(*one->chosen, comparison.contract());
    }
  }
  return text.empty() ? text
                      : text + others_as_plain(
                                   comparison.pairs(), comparison.pairs().front().deviations(),
                                   [](const reconcile::Pair& other) { return other.deviations(); });
}

std::vector<ReconciliationPolicy> policies_of(const Comparison& comparison) {
  std::vector<ReconciliationPolicy> all;
  if (comparison.only_total()) {
    add_pairs(comparison, all);
  } else {
    add_product(comparison.compute(), comparison, all);
    add_product(comparison.egress(), comparison, all);
  }
  return all;
}

}  // namespace fleetmeter::settle
