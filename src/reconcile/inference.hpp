#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "reconcile/hypotheses.hpp"
#include "reconcile/invoiced.hpp"
#include "reconcile/outcome.hpp"

namespace fleetmeter::reconcile {

/// Another quantity than the contract's, where all is charged at one price: factor * quantity +
/// more, such as all usage but that of one region.
struct Alteration {
  std::string text;  ///< what was done, in words
  base::Ratio factor = 1;
  Bounded<base::Ratio> more;
};

/// One way in which the vendor may have counted, and what usage comes to by it.
struct Candidate {
  Choice choice;
  std::optional<Alteration> altered;
  std::optional<Resize> resize;
  std::optional<Decimal> unit_price;  ///< other than the contract's
  Outcome outcome;
  std::size_t deviations = 0;  ///< in how many ways it differs from the contract
};

/// A unit price that may have been used instead of the contract's, and where it comes from.
struct OtherPrice {
  Decimal unit_price;
  std::string source;
};

/// A product whose invoiced quantity or amount is to be explained.
struct Case {
  model::Product product = model::Product::compute;
  const Pricer* pricer = nullptr;
  std::function<Metered(const Choice&)> metered;
  std::vector<Resize> resizes;
  std::vector<OtherPrice> prices;
  std::vector<Alteration> alterations;  ///< tried one at a time, beside no other difference
};

/// What is the same for all products.
struct Contract {
  const Dimensions* dimensions = nullptr;
  const model::Policy* policy = nullptr;
  int minor_digits = 2;
};

/// Every combination of the dimensions. Those that differ in one of them, or in none, are also
/// tried with another size of a deployment. The first is the contract's own.
[[nodiscard]] std::vector<Candidate> all_candidates(const Case& product, const Contract& contract);

/// What one candidate comes to, one that was made up or changed.
[[nodiscard]] Outcome outcome_of(const Candidate& candidate, const Case& product,
                                 const Contract& contract);

/// How well a candidate explains what was invoiced.
enum class Fit {
  exact,   ///< to the smallest unit of the currency, and to the last digit of the quantity
  bounds,  ///< what was invoiced lies within its bounds
  none,
};
[[nodiscard]] Fit fit_of(const Candidate& candidate, const Invoiced& invoiced,
                         const Contract& contract);

/// Whether what was invoiced is what usage comes to, quantity and amount, each as closely as its
/// digits tell.
[[nodiscard]] bool agrees(const Outcome& outcome, const Invoiced& invoiced,
                          const Contract& contract);

/// Where the invoiced figure lies, as far as its digits tell. An amount that was computed from its
/// own printed quantity tells no more than that quantity does.
enum class Side { below, within, above };
[[nodiscard]] Side side_of(const Outcome& outcome, const Invoiced& invoiced,
                           const Contract& contract);

/// How many of the candidates that differ from the contract in at most so many ways would fit a
/// figure drawn at random: where that is not small, that one of them fits proves nothing. Counted
/// are the different figures that they come to, over all of their spread and near the invoiced one,
/// whichever is denser; each fits as closely as the invoice tells its own figure, or anywhere
/// within its bounds and `more` of itself above them.
[[nodiscard]] base::Ratio accidents(const std::vector<Candidate>& candidates,
                                    std::size_t deviations, Fit fit, const Invoiced& invoiced,
                                    const Contract& contract, const base::Ratio& more = {});

/// The candidates that fit as wanted, those that differ least first. A candidate is left out when a
/// simpler one fits and everything in which that one differs is also part of this one: then it
/// explains nothing further. When "rounded up to the minute" fits, "rounded up to the minute, and
/// months of New York" is left out.
[[nodiscard]] std::vector<Candidate> explanations(const std::vector<Candidate>& candidates,
                                                  Fit wanted, const Invoiced& invoiced,
                                                  const Contract& contract);

/// Pairs of a candidate for compute and one for egress, of one month, whose amounts sum to a total.
struct Pair {
  Candidate compute;
  Candidate egress;
  [[nodiscard]] std::size_t deviations() const;
};
[[nodiscard]] std::vector<Pair> explanations_of_total(const std::vector<Candidate>& compute,
                                                      const std::vector<Candidate>& egress,
                                                      Int128 total);

/// What a candidate says, in words; "as the contract" for the first.
[[nodiscard]] std::string describe(const Candidate& candidate, const Contract& contract);

/// The policy that a choice makes of the contract's.
[[nodiscard]] model::Policy policy_of(const Choice& choice, const Contract& contract);

}  // namespace fleetmeter::reconcile
