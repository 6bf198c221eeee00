#pragma once

#include <string>
#include <vector>

#include "reconcile/inference.hpp"

namespace fleetmeter::reconcile {

/// One step from what was invoiced to what was metered: `amount` is added, and gives `balance`.
struct WaterfallStep {
  std::string product;  ///< compute, egress, or "" for the whole invoice
  std::string step;
  Int128 amount = 0;
  Int128 balance = 0;
  std::string note;
};

/// The steps of an invoice, in the smallest unit of the currency. Each balance is the one before it
/// plus the step's own amount, so the steps sum exactly to the difference.
class Waterfall {
 public:
  explicit Waterfall(Int128 invoiced);

  void step(const std::string& product, const std::string& name, Int128 amount,
            const std::string& note = "");

  /// The steps of one product: from the candidate that explains it back to the contract, one
  /// dimension after another, and then what is left over. `open`: nothing bounds the product from
  /// above.
  void product(const Case& product, const std::string& name, Int128 invoiced,
               const Candidate& chosen, const Contract& contract, bool open);

  /// Ends at what was metered.
  [[nodiscard]] std::vector<WaterfallStep> finish();

 private:
  void explain_rest(const Case& product, const std::string& name, Int128 rest,
                    const Candidate& metered, const Contract& contract, bool open);

  std::vector<WaterfallStep> steps_;
};

}  // namespace fleetmeter::reconcile
