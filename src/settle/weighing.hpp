#pragma once

#include <optional>
#include <vector>

#include "fleetmeter/reconciliation.hpp"
#include "reconcile/line_check.hpp"
#include "reconcile/verdict.hpp"
#include "settle/comparison.hpp"

namespace fleetmeter::settle {

/// What every row of a reconciliation is weighed with. What it is given must outlive it.
class Weighing {
 public:
  Weighing(const Comparison& comparison, const ReconcileGiven& given)
      : comparison_(comparison), given_(given) {}

  [[nodiscard]] const Comparison& comparison() const { return comparison_; }
  [[nodiscard]] const ReconcileGiven& given() const { return given_; }

  /// The lines of the invoice of one kind, by their places.
  [[nodiscard]] std::vector<std::size_t> lines_of(model::LineKind kind) const;

  /// Notes what is wrong with lines of the invoice by themselves: their price, their arithmetic,
  /// that they stand there twice.
  void weigh_lines(const reconcile::Prices& prices, const std::vector<std::size_t>& lines,
                   reconcile::Weighed& weighed) const;

  /// Whether a product that has one rate, with tiers, costs another amount than its own quantity
  /// does by these.
  [[nodiscard]] bool costs_other_than_tiers(const Compared& one) const;

  /// Whether the reading that explains a product explains its price, too: by another price, or
  /// because what was charged at the contract's is counted in GB of another size.
  [[nodiscard]] bool explains_price(const Compared& one) const;

  /// The prices of the contract for a product, wherever and whenever they hold.
  [[nodiscard]] reconcile::Prices prices_of(model::Product product) const;

  /// How much the user lets pass of an amount, if anything.
  [[nodiscard]] std::optional<Int128> passes(Int128 metered) const;

  // Amounts of the currency, from and to its smallest unit.
  [[nodiscard]] Int128 minor(const Decimal& amount) const;
  [[nodiscard]] Decimal money(Int128 minor) const;
  [[nodiscard]] Bounded<Decimal> money(const Bounded<Int128>& minor) const;

 private:
  const Comparison& comparison_;
  const ReconcileGiven& given_;
};

[[nodiscard]] model::LineKind kind_of(model::Product product);

/// What an amount is by a quantity, 6 decimals; absent where that tells nothing.
[[nodiscard]] std::optional<Decimal> price_by(const std::optional<Decimal>& amount,
                                              const base::Ratio& quantity);

/// What is said of quantities that have no amounts: as their digits tell.
[[nodiscard]] Verdict verdict_of_quantity(const reconcile::Weighed& weighed);

}  // namespace fleetmeter::settle
