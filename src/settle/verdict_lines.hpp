#pragma once

#include <vector>

#include "fleetmeter/reconciliation.hpp"
#include "reconcile/verdict.hpp"
#include "settle/comparison.hpp"
#include "settle/scoped_usage.hpp"
#include "settle/weighing.hpp"

namespace fleetmeter::settle {

/// The section `lines` of a reconciliation: a row for each product and, where lines of the invoice
/// are about one app, deployment, region or price alone, for each of these; then everything else
/// that the invoice says, and its sum. What it is given must outlive it.
class VerdictLines {
 public:
  VerdictLines(const Comparison& comparison, const ReconcileGiven& given, const ScopedUsage& scoped)
      : comparison_(comparison),
        weighing_(comparison, given),
        scoped_(scoped),
        bill_(comparison.bill()) {}

  [[nodiscard]] std::vector<ReconciliationLine> give();

 private:
  void give_product(const Compared& one);
  void compare_quantities(const Compared& one, ReconciliationLine& line) const;
  [[nodiscard]] Verdict verdict_of(const Compared& one,
                                   const reconcile::Tolerance& tolerance) const;
  void give_others();
  void give_tax();
  void give_stated(const char* name, Int128 adds, Verdict status = Verdict::stated);
  [[nodiscard]] bool is_tax_twice(const std::vector<std::size_t>& lines) const;
  [[nodiscard]] bool is_share_wrong(model::LineKind kind, const std::vector<Int128>& bases) const;
  [[nodiscard]] std::vector<Int128> bases(bool may_be_less) const;
  [[nodiscard]] Int128 tax_by_rates(const std::vector<std::size_t>& lines) const;
  [[nodiscard]] bool is_taken_off(std::size_t line) const;
  [[nodiscard]] bool is_of_quantities_alone() const;
  void give_due();
  void give_total();
  /// The tax that is due: what the user says, else what the invoice does.
  [[nodiscard]] Int128 tax() const;
  /// The tax on what the lines come to, at a rate in percent.
  [[nodiscard]] Int128 tax_at(const Decimal& percent) const;
  /// What is due beside usage, as the invoice says.
  [[nodiscard]] Int128 beside_usage() const;

  const Comparison& comparison_;
  Weighing weighing_;
  const ScopedUsage& scoped_;
  const reconcile::Bill& bill_;
  std::vector<ReconciliationLine> rows_;
};

}  // namespace fleetmeter::settle
