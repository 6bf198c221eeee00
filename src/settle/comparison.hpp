#pragma once

#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "reconcile/inference.hpp"
#include "reconcile/invoiced.hpp"
#include "settle/scoped_usage.hpp"
#include "settle/terms.hpp"
#include "settle/vendor_case.hpp"
#include "store/price_reader.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// A product on its way through the comparison.
struct Compared {
  model::Product product = model::Product::compute;
  const char* name = "";
  reconcile::Case usage;
  std::vector<reconcile::Candidate> candidates;
  const reconcile::Invoiced* invoiced = nullptr;  ///< null: not on the invoice
  reconcile::Quantity quantity;                   ///< invoiced, in the unit of the rates
  std::vector<reconcile::Candidate> exact;
  const reconcile::Candidate* chosen = nullptr;  ///< what explains it, else the contract
  bool explained = false;
  bool within_bounds = false;  ///< what explains it has it within its bounds, and not exactly
  bool open = false;
  /// The share of its processes whose usage nothing bounds: about as much more they may have used.
  base::Ratio open_share;
};

/// Whether the invoiced figure lies within the bounds of a reading; above them is within, where
/// nothing bounds usage.
[[nodiscard]] bool holds(const Compared& one, const reconcile::Candidate& candidate,
                         const reconcile::Contract& contract);

/// An invoice beside what was metered in its month: the candidates that there are, and the one that
/// explains each product. What it is given must outlive it.
class Comparison {
 public:
  Comparison(const store::StoredInvoice& stored, const Question& question, const Terms& terms,
             const ScopedUsage& scoped, store::Reader& reader, store::PriceReader& prices);
  Comparison(const Comparison&) = delete;
  Comparison& operator=(const Comparison&) = delete;

  [[nodiscard]] const store::StoredInvoice& stored() const { return stored_; }
  [[nodiscard]] const Terms& terms() const { return terms_; }
  [[nodiscard]] const reconcile::Bill& bill() const { return bill_; }
  [[nodiscard]] const VendorCase& vendor() const { return vendor_; }
  [[nodiscard]] const reconcile::Contract& contract() const { return contract_; }
  [[nodiscard]] const Compared& compute() const { return compute_; }
  [[nodiscard]] const Compared& egress() const { return egress_; }
  /// What explains the sum, when the invoice is nothing but a sum.
  [[nodiscard]] const std::vector<reconcile::Pair>& pairs() const { return pairs_; }
  [[nodiscard]] bool only_total() const { return bill_.due && bill_.products.empty(); }
  /// What of the sum is for usage: tax left out, and what was taken off put back.
  [[nodiscard]] Int128 usage_in_total() const {
    return *bill_.due - bill_.tax + bill_.discount + bill_.credit;
  }

 private:
  void compare(Compared& one, model::Product product, const char* name, model::LineKind kind);
  void explain_total();
  [[nodiscard]] base::Ratio accidents_of_total(Int128 total) const;
  void agree_on_month();
  void choose(Compared& one, const reconcile::Candidate* found);
  void choose_within_bounds(Compared& one) const;
  [[nodiscard]] bool is_likely(const Compared& one, const reconcile::Candidate& candidate) const;
  [[nodiscard]] bool is_told_by_other(const Compared& other, std::size_t month) const;

  const store::StoredInvoice& stored_;
  const Terms& terms_;
  const ScopedUsage& scoped_;
  reconcile::Bill bill_;
  VendorCase vendor_;
  reconcile::Contract contract_;
  Compared compute_;
  Compared egress_;
  std::vector<reconcile::Pair> pairs_;
};

}  // namespace fleetmeter::settle
