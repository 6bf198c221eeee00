#pragma once

#include <string>
#include <vector>

#include "fleetmeter/question.hpp"
#include "model/policy.hpp"
#include "rate/price_book.hpp"
#include "rate/rater.hpp"
#include "store/reader.hpp"

namespace fleetmeter::settle {

/// A billing month, and how much of it is asked for.
struct BillingMonth {
  meter::Window whole;
  meter::Window asked;
};

/// The billing months of a window, in order.
[[nodiscard]] std::vector<BillingMonth> billing_months(const meter::Window& window,
                                                       const std::string& zone);

/// What was used in one billing month, of which the window of `question` is a part or the whole.
struct MonthUsage {
  /// By the question's groups and by price. Usage refers to the prices that it was given.
  std::vector<rate::Usage> by_price;
  /// Of each scope, whatever it cost: bounds of the whole are closer than the sums of the bounds at
  /// each price. Without a price, and empty unless the price of some scope changes in the window.
  std::vector<rate::Usage> by_scope;
};

/// `prices` are those of the whole billing month.
[[nodiscard]] MonthUsage compute_usage(const Question& question, const model::Policy& policy,
                                       rate::Prices& prices, store::Reader& reader);
[[nodiscard]] MonthUsage egress_usage(const Question& question, rate::Prices& prices,
                                      store::Reader& reader);

}  // namespace fleetmeter::settle
