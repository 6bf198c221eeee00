#include "settle/explanations.hpp"

#include <algorithm>

namespace fleetmeter::settle {

namespace {

using reconcile::Candidate;
using reconcile::Fit;

constexpr std::size_t kMost = 10;
constexpr std::size_t kNearest = 3;

/// The candidates to show of one product, and how they fit.
struct Shown {
  const char* fit = "exact";
  std::vector<Candidate> candidates;
};

/// Those that come nearest, with one difference at most. With more differences, something always
/// comes near.
std::vector<Candidate> nearest(const Compared& one) {
  std::vector<Candidate> plain;
  for (const Candidate& candidate : one.candidates) {
    if (candidate.deviations <= 1) {
      plain.push_back(candidate);
    }
  }
  const auto distance = [&](const Candidate& candidate) {
    const Int128 off = one.invoiced->amount.value_or(0) - candidate.outcome.amount.point;
    return off < 0 ? -off : off;
  };
  std::stable_sort(plain.begin(), plain.end(), [&](const Candidate& a, const Candidate& b) {
    return distance(a) < distance(b);
  });
  plain.resize(std::min(plain.size(), kNearest));
  return plain;
}

Shown shown_of(const Compared& one, const reconcile::Contract& contract) {
  if (!one.exact.empty()) {
    return {"exact", one.exact};
  }
  Shown shown{"within bounds",
              reconcile::explanations(one.candidates, Fit::bounds, *one.invoiced, contract)};
  std::erase_if(shown.candidates, [](const Candidate& c) { return c.deviations > 1; });
  return shown.candidates.empty() ? Shown{"nearest", nearest(one)} : shown;
}

Decimal money(Int128 minor, const Comparison& comparison) {
  return {minor, comparison.terms().book.card().minor_digits};
}

void add_product(const Compared& one, const Comparison& comparison,
                 std::vector<ReconciliationPolicy>& to) {
  if (one.invoiced == nullptr) {
    return;
  }
  const Shown shown = shown_of(one, comparison.contract());
  for (std::size_t i = 0; i < std::min(shown.candidates.size(), kMost); ++i) {
    const Candidate& candidate = shown.candidates[i];
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
    policy.fitting = static_cast<std::int64_t>(shown.candidates.size());
    policy.tried = static_cast<std::int64_t>(one.candidates.size());
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
                  .tried = static_cast<std::int64_t>(tried)});
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
